using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.Descriptors;
using CrystalHpc.Potentials.Model.Network;
using CrystalHpc.Potentials.Prediction;
using CrystalHpc.Potentials.Training;

namespace CrystalHpc.Tests.Potentials;

/// <summary>A few rattled cells and clusters labelled by a potential with drawn weights, so that a training can succeed.</summary>
internal static class SmallTraining
{
    /// <summary>The functions of all tests of trainings.</summary>
    public static FunctionSet Set { get; } = NamedSets.Create("artrith_urban", [Element.Of("O"), Element.Of("Ti")], 4.5);

    /// <summary>Frames with energy, forces and, for crystals, stress; every third is a cluster.</summary>
    public static AtomFrame[] Frames(int count)
    {
        var teacher = new PotentialEvaluator(PredictionTests.Draw());
        var frames = new AtomFrame[count];
        for (int i = 0; i < count; i++)
        {
            var random = new CounterRandom(21, (ulong)i);
            AtomFrame cell = SharedFrames.SmallCell();
            AtomFrame frame = cell with { PositionsAngstrom = [.. cell.PositionsAngstrom.Select(x => x + 0.15 * random.NextNormal())] };
            if (i % 3 == 2)
                frame = frame with { Cell = null, Periodicity = default };
            PotentialPrediction truth = teacher.Predict(frame, true, out _)!;
            frames[i] = frame with
            {
                EnergyElectronVolt = truth.EnergyElectronVolt, ForcesElectronVoltPerAngstrom = truth.ForcesElectronVoltPerAngstrom,
                StressElectronVoltPerCubicAngstrom = truth.StressElectronVoltPerCubicAngstrom,
            };
        }

        return frames;
    }

    /// <summary>Inputs and derivatives of frames.</summary>
    public static SampleTable Table(AtomFrame[] frames, long budgetBytes = 1 << 30)
    {
        var table = new SampleTable(Set, frames, hasStrain: true, budgetBytes);
        table.Scale(table.FindScaling(Enumerable.Range(0, frames.Length)));
        return table;
    }

    /// <summary>A task on energies, forces and stress.</summary>
    public static EnergyForceTask Task(SampleTable table, AtomFrame[] frames) => new(
        new PotentialNetwork(Set, [5, 4]), table,
        [.. frames.Select(frame => new Labels(
            frame.EnergyElectronVolt!.Value + 13, frame.ForcesElectronVoltPerAngstrom, frame.StressElectronVoltPerCubicAngstrom,
                Math.Abs(frame.Cell?.Volume ?? 1)))],
        new LossWeights(1, 0.03, 40), 0.7);
}
