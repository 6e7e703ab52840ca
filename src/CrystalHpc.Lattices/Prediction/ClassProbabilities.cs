using CrystalHpc.Lattices.Data;
using CrystalHpc.Learning.Losses;
using CrystalHpc.Learning.Metrics;

namespace CrystalHpc.Lattices.Prediction;

/// <summary>Probabilities of the three kinds of classes.</summary>
/// <param name="Systems">Of each crystal system.</param>
/// <param name="Bravais">Of each Bravais lattice.</param>
/// <param name="Groups">Of each space group.</param>
internal readonly record struct ClassProbabilities(double[] Systems, double[] Bravais, double[] Groups)
{
    /// <summary>
    /// From the logits of a network, which are lost: those of Bravais lattice and system are means of their own and of the sums over
    /// groups.
    /// </summary>
    public static ClassProbabilities Of(Span<float> logits)
    {
        int lattices = LatticeClasses.Bravais.Count;
        Span<float> group = logits[..LatticeClasses.Groups], lattice = logits.Slice(LatticeClasses.Groups, lattices),
            system = logits[(LatticeClasses.Groups + lattices)..];
        SoftmaxCrossEntropy.Softmax(group);
        SoftmaxCrossEntropy.Softmax(lattice);
        SoftmaxCrossEntropy.Softmax(system);
        double[] groups = new double[group.Length], bravais = new double[lattice.Length], systems = new double[system.Length];
        for (int k = 0; k < lattice.Length; k++)
            bravais[k] = 0.5 * lattice[k];
        for (int k = 0; k < system.Length; k++)
            systems[k] = 0.5 * system[k];
        for (int k = 0; k < group.Length; k++)
        {
            groups[k] = group[k];
            bravais[LatticeClasses.BravaisLatticesOfGroups[k]] += 0.5 * group[k];
            systems[LatticeClasses.SystemsOfGroups[k]] += 0.5 * group[k];
        }

        return new ClassProbabilities(systems, bravais, groups);
    }

    /// <summary>
    /// The mean of the members of a committee, and by how much they differ: the standard deviation of the probability of the class that is
    /// most probable in the mean.
    /// </summary>
    public static (ClassProbabilities Mean, double[] Spreads) Mean(ClassProbabilities[] members)
    {
        (double[] systems, double system) = Mean([.. members.Select(member => member.Systems)]);
        (double[] bravais, double lattice) = Mean([.. members.Select(member => member.Bravais)]);
        (double[] groups, double group) = Mean([.. members.Select(member => member.Groups)]);
        return (new ClassProbabilities(systems, bravais, groups), [system, lattice, group]);
    }

    /// <summary>Applies temperatures of groups, Bravais lattices and systems.</summary>
    public void Temper(double[] temperatures)
    {
        TemperatureScaling.Apply(temperatures[0], Groups);
        TemperatureScaling.Apply(temperatures[1], Bravais);
        TemperatureScaling.Apply(temperatures[2], Systems);
    }

    private static (double[] Mean, double Spread) Mean(double[][] members)
    {
        var mean = new double[members[0].Length];
        foreach (double[] member in members)
        {
            for (int k = 0; k < mean.Length; k++)
                mean[k] += member[k] / members.Length;
        }

        int best = ClassMetrics.MostProbable(mean);
        return (mean, Math.Sqrt(members.Sum(member => (member[best] - mean[best]) * (member[best] - mean[best])) / members.Length));
    }
}
