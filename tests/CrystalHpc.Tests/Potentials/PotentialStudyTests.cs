using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Training;
using CrystalHpc.Parallel;
using CrystalHpc.Potentials.Data;
using CrystalHpc.Potentials.Model.Descriptors;
using CrystalHpc.Potentials.Study;
using CrystalHpc.Potentials.Training;

namespace CrystalHpc.Tests.Potentials;

/// <summary>The parts of <c>potential study</c>.</summary>
public sealed class PotentialStudyTests
{
    private static readonly Element[] Elements = [Element.Of("O"), Element.Of("Ti")];
    private static readonly AtomFrame[] Frames = SmallTraining.Frames(12);
    private static readonly double[] Targets = [.. Frames.Select(frame => frame.EnergyElectronVolt!.Value)];

    [Test]
    public void Few_functions_are_fourteen_for_two_elements()
    {
        FunctionSet set = StudySets.Few(Elements, null);
        foreach (int element in (int[])[0, 1])
        {
            Assert.That(set.FunctionsOf(element), Has.Count.EqualTo(14));
            Assert.That(set.FunctionsOf(element).Count(function => function.Kind == FunctionKind.Radial), Is.EqualTo(8));
        }
    }

    [Test]
    public void The_grid_is_that_of_the_paper_for_two_activations() =>
        Assert.That(GridShape.All.GroupBy(shape => shape.Activation).Select(group => group.Count()), Is.EqualTo((int[])[54, 54]));

    [Test]
    public void A_blind_structure_keeps_forces_and_the_energy_without_references()
    {
        var row = new LabelledFrame("a.xyz", 0, 1, Frames[0]);
        LabelledFrame blind = StudySets.Blind(row, Elements[0], new Dictionary<Element, double> { [Elements[0]] = 10,
            [Elements[1]] = 100 });
        Assert.That(blind.Frame.Species, Is.All.EqualTo(Elements[0]));
        Assert.That(blind.Frame.EnergyElectronVolt, Is.EqualTo(Targets[0] - 120).Within(1e-12));
        Assert.That(blind.Frame.ForcesElectronVoltPerAngstrom, Is.SameAs(Frames[0].ForcesElectronVoltPerAngstrom));
    }

    [Test]
    public void The_gradient_of_the_error_of_whole_energies_is_that_of_differences([Values(0, 0.2)] double dropout)
    {
        var task = new TotalEnergyTask<double>(new GridShape(ActivationKind.Tanh, 2, 5, 1e-3, dropout), Table(), Targets);
        var buffer = new ParameterBuffer<double>(task.Parameters);
        task.Initialize(3);
        int[] samples = [0, 2, 5, 7];
        ForwardPass pass = ForwardPass.Training(1, 2, samples);
        buffer.Gradient.Clear();
        task.AddGradient(samples, pass);
        double[] gradient = buffer.Gradient.ToArray(), slopes = new double[gradient.Length];
        for (int i = 0; i < gradient.Length; i++)
            slopes[i] = (At(i, 1e-5) - At(i, -1e-5)) / 2e-5;
        double difference = Math.Sqrt(slopes.Zip(gradient, (a, b) => (a - b) * (a - b)).Sum() / gradient.Sum(g => g * g));
        Assert.That(difference, Is.LessThan(PotentialTolerances.Gradient));

        double At(int i, double step)
        {
            double kept = buffer.Values[i];
            buffer.Values[i] += step;
            double loss = task.AddGradient(samples, pass);
            buffer.Values[i] = kept;
            return loss;
        }
    }

    [Test]
    public void Trainings_on_teams_yield_the_same_on_any_number_of_ranks()
    {
        double[][] one = Train(1);
        Assert.That(one.Distinct().Count(), Is.EqualTo(3));
        foreach (int ranks in (int[])[2, 4, 5])
            Assert.That(Train(ranks), Is.EqualTo(one));
    }

    private static double[][] Train(int ranks)
    {
        var all = new double[ranks][][];
        ThreadCommunicator.Run(ranks, world => all[world.Rank] = TeamWork.Run(
            new Job(world, new JobOptions(IsQuiet: true, Dealing.Static), null), 3, (piece, team) => Train(team, new GridShape(
                ActivationKind.Relu, 2, 4, 1e-3, 0.2 * piece))));
        Assert.That(all, Is.All.EqualTo(all[0]));
        return all[0];
    }

    private static double[] Train(Job team, GridShape shape)
    {
        TotalEnergyTask<float> Create() => new(shape, Table(), Targets);
        TrainingOptions options = TrainingOptions.Default with { Epochs = 2, Batch = 5, Shard = 2 };
        var trainer = new Trainer<float>(Create, Enumerable.Range(0, 9).ToArray(), new[] { 9, 10, 11 }, options, team.World);
        trainer.Run();
        return [.. trainer.Parameters.Values.ToArray().Select(value => (double)value)];
    }

    private static SampleTable Table()
    {
        var table = new SampleTable(StudySets.Few(Elements, 4.5), Frames, hasStrain: false, budgetBytes: 0);
        table.Scale(table.FindScaling(Enumerable.Range(0, Frames.Length)));
        return table;
    }
}
