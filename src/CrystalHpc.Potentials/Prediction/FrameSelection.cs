using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.Descriptors;

namespace CrystalHpc.Potentials.Prediction;

/// <summary>
/// Structures worth labelling next: each has the atom whose surroundings are farthest from those of all atoms of its element that are known
/// or chosen before (farthest points, Gonzalez 1985, doi 10.1016/0304-3975(85)90224-5), in the inputs of the potential.
/// </summary>
internal sealed class FrameSelection
{
    private readonly PotentialModel _model;
    private readonly DescriptorKernel _kernel;
    private readonly List<Surroundings[]> _frames = [];
    private readonly List<double[]> _distances = [];

    /// <summary>A selection by the inputs of a potential.</summary>
    public FrameSelection(PotentialModel model) => (_model, _kernel) = (model, new DescriptorKernel(model.Set));

    /// <summary>Adds a structure that may be chosen.</summary>
    /// <returns>Why it cannot be; null when it can.</returns>
    public string? Add(AtomFrame frame)
    {
        if (Describe(frame, out string? problem) is not { } atoms)
            return problem;
        _frames.Add(atoms);
        _distances.Add([.. Enumerable.Repeat(double.PositiveInfinity, atoms.Length)]);
        return null;
    }

    /// <summary>Takes a structure as known.</summary>
    /// <returns>Why it cannot be; null when it can.</returns>
    public string? Know(AtomFrame frame)
    {
        if (Describe(frame, out string? problem) is not { } atoms)
            return problem;
        Shorten(atoms);
        return null;
    }

    /// <summary>Chooses structures, the farthest first; the first of equally far ones.</summary>
    /// <param name="count">How many, at most.</param>
    /// <returns>Number of each, in the order in which they were added, and how far it is; infinite for the first where nothing is
    /// known.</returns>
    public IEnumerable<(int Number, double Distance)> Choose(int count)
    {
        var chosen = new HashSet<int>();
        for (; chosen.Count < Math.Min(count, _frames.Count);)
        {
            (int best, double distance) = (-1, -1);
            for (int i = 0; i < _frames.Count; i++)
            {
                double farthest = _distances[i].Max();
                if (!chosen.Contains(i) && farthest > distance)
                    (best, distance) = (i, farthest);
            }

            chosen.Add(best);
            Shorten(_frames[best]);
            yield return (best, distance);
        }
    }

    // Distances to the nearest known atom, after more are known.
    private void Shorten(Surroundings[] known)
    {
        for (int i = 0; i < _frames.Count; i++)
        {
            for (int atom = 0; atom < _frames[i].Length; atom++)
            {
                foreach (Surroundings other in known)
                {
                    if (other.Element == _frames[i][atom].Element)
                        _distances[i][atom] = Math.Min(_distances[i][atom], Distance(other.Inputs, _frames[i][atom].Inputs));
                }
            }
        }
    }

    private static double Distance(double[] left, double[] right)
    {
        double sum = 0;
        for (int f = 0; f < left.Length; f++)
            sum += (left[f] - right[f]) * (left[f] - right[f]);
        return Math.Sqrt(sum);
    }

    private Surroundings[]? Describe(AtomFrame frame, out string? problem)
    {
        if (AtomSurroundings.TryCreate(frame, _model.Set, out problem) is not { } surroundings)
            return null;
        var atoms = new Surroundings[frame.AtomCount];
        foreach (AtomNeighborhood near in surroundings.Neighborhoods())
        {
            _kernel.Evaluate(near, derivatives: false);
            double[] inputs = [.. _kernel.Plan.Places.Select(place => _kernel.Values[place])];
            _model.Scaling[near.CenterElement].Apply(inputs, inputs);
            atoms[near.Center] = new Surroundings(near.CenterElement, inputs);
        }

        return atoms;
    }

    private readonly record struct Surroundings(int Element, double[] Inputs);
}
