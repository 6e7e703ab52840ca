using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.Descriptors;
using CrystalHpc.Potentials.Model.Network;
using CrystalHpc.Potentials.Prediction;

namespace CrystalHpc.Tests.Potentials;

/// <summary>
/// Energies, forces and stress of a potential with drawn weights: slopes of one another, and the same from every point of view.
/// </summary>
public sealed class PredictionTests
{
    private static readonly Element O = Element.Of("O"), Ti = Element.Of("Ti");

    [Test]
    public void Forces_and_stress_are_slopes_of_the_energy([Values(1, 3)] int members)
    {
        const double Step = 2e-4;
        AtomFrame frame = SharedFrames.SmallCell();
        var evaluator = new PotentialEvaluator(Draw(members));
        PotentialPrediction found = Predict(evaluator, frame);
        double Slope(Func<double, AtomFrame> at)
        {
            double[] e = [.. ((double[])[-2 * Step, -Step, Step, 2 * Step])
                .Select(step => Predict(evaluator, at(step)).EnergyElectronVolt)];
            return (8 * (e[2] - e[1]) - (e[3] - e[0])) / (12 * Step);
        }

        double[] forces = [.. Enumerable.Range(0, 9).Select(i => -Slope(step => SharedFrames.Moved(frame, i, step)))];
        double volume = Math.Abs(frame.Cell!.Value.Volume);
        double[] stress = [.. Enumerable.Range(0, 6).Select(i => Slope(step => SharedFrames.Strained(frame, i, step)) / volume)];
        Assert.That(found.ForcesElectronVoltPerAngstrom, Is.EqualTo(forces).Within(PotentialTolerances.Differences));
        Assert.That(found.StressElectronVoltPerCubicAngstrom, Is.EqualTo(stress).Within(PotentialTolerances.Differences));
    }

    [Test]
    public void A_composition_that_no_structure_of_the_training_had_is_warned_about()
    {
        PotentialModel model = Draw();
        AtomFrame frame = SharedFrames.SmallCell();
        model.Compositions = CompositionRange.Of(model.Elements, [frame]);
        Assert.That(Predict(new PotentialEvaluator(model), frame).OddComposition, Is.Empty);
        AtomFrame poor = frame with { Species = frame.Species[..2], PositionsAngstrom = frame.PositionsAngstrom[..6] };
        Assert.That(Predict(new PotentialEvaluator(model), poor).OddComposition, Is.EqualTo(
            ["O makes 50 % of the atoms, 66.7 % in all of the training", "Ti makes 50 % of the atoms, 33.3 % in all of the training"]));
    }

    [Test]
    public void No_net_force_pulls_and_no_torque_turns_a_cluster()
    {
        AtomFrame frame = SharedFrames.SmallCell() with { Cell = null, Periodicity = default };
        double[] forces = Predict(new PotentialEvaluator(Draw()), frame).ForcesElectronVoltPerAngstrom;
        (Cartesian sum, Cartesian torque) = (default, default);
        for (int atom = 0; atom < frame.AtomCount; atom++)
        {
            var force = new Cartesian(forces[3 * atom], forces[3 * atom + 1], forces[3 * atom + 2]);
            (sum, torque) = (sum + force, torque + Cartesian.Cross(frame.PositionOf(atom), force));
        }

        Assert.That(forces.Max(Math.Abs), Is.GreaterThan(1e-3));
        Assert.That((double[])[sum.Length, torque.Length], Is.All.LessThan(PotentialTolerances.Invariance));
    }

    [Test]
    public void Turned_moved_and_reordered_frames_have_the_same_energy_and_turned_forces()
    {
        AtomFrame frame = SharedFrames.SmallCell();
        var evaluator = new PotentialEvaluator(Draw());
        PotentialPrediction expected = Predict(evaluator, frame);
        (double c, double s) = (Math.Cos(0.7), Math.Sin(0.7));
        Cartesian Turn(Cartesian v) => new(c * v.X - s * v.Y, s * v.X + c * v.Y, v.Z);
        PotentialPrediction turned = Predict(evaluator, SharedFrames.Transformed(frame, Turn));
        AssertSame(turned.EnergyElectronVolt, expected.EnergyElectronVolt);
        for (int atom = 0; atom < 3; atom++)
        {
            Cartesian force = Turn(VectorOf(expected, atom)), found = VectorOf(turned, atom);
            Assert.That((force - found).Length, Is.LessThan(PotentialTolerances.Invariance));
        }

        double[] moved = [.. frame.PositionsAngstrom.Select((x, i) => x + (i % 3) - 7.3)];
        AssertSame(Predict(evaluator, frame with { PositionsAngstrom = moved }).EnergyElectronVolt, expected.EnergyElectronVolt);
        AtomFrame reordered = frame with { Species = [O, Ti, O],
            PositionsAngstrom = [.. frame.PositionsAngstrom[6..], .. frame.PositionsAngstrom[..6]] };
        AssertSame(Predict(evaluator, reordered).EnergyElectronVolt, expected.EnergyElectronVolt);
    }

    [Test]
    public void Supercells_and_equivalent_cells_have_the_same_energy_an_atom_and_the_same_stress()
    {
        AtomFrame frame = SharedFrames.SmallCell();
        var evaluator = new PotentialEvaluator(Draw());
        PotentialPrediction expected = Predict(evaluator, frame);
        Basis cell = frame.Cell!.Value;
        AtomFrame doubled = frame with
        {
            Species = [.. frame.Species, .. frame.Species], Cell = cell with { B = 2 * cell.B },
            PositionsAngstrom = [.. frame.PositionsAngstrom, .. frame.PositionsAngstrom.Select((x, i) =>
                x + (i % 3 == 0 ? cell.B.X : i % 3 == 1 ? cell.B.Y : cell.B.Z))],
        };
        PotentialPrediction twice = Predict(evaluator, doubled);
        AssertSame(twice.EnergyElectronVolt / 2, expected.EnergyElectronVolt);
        Assert.That(twice.StressElectronVoltPerCubicAngstrom, Is.EqualTo(expected.StressElectronVoltPerCubicAngstrom!)
            .Within(PotentialTolerances.Invariance));
        AtomFrame equivalent = frame with { Cell = new Basis(cell.A, cell.A + cell.B, cell.C + -2 * cell.B) };
        AssertSame(Predict(evaluator, equivalent).EnergyElectronVolt, expected.EnergyElectronVolt);
        AtomFrame leftHanded = frame with { Cell = new Basis(cell.B, cell.A, cell.C) };
        AssertSame(Predict(evaluator, leftHanded).EnergyElectronVolt, expected.EnergyElectronVolt);
    }

    [Test]
    public void Atoms_closer_than_any_in_the_training_repel_one_another_as_nuclei_do()
    {
        var repulsion = new ShortRange([O, Ti], [2, 1.5, 1.5, 2.4]);
        Assert.That(repulsion.At(0, 1, 1.5), Is.EqualTo((0.0, 0.0)));
        const double R = 0.9;
        double a = 0.8854 * 0.529177 / (Math.Pow(8, 0.23) + Math.Pow(22, 0.23)), x = R / a;
        double screening = 0.18175 * Math.Exp(-3.1998 * x) + 0.50986 * Math.Exp(-0.94229 * x) + 0.28022 * Math.Exp(-0.4029 * x)
            + 0.02817 * Math.Exp(-0.20162 * x);
        Assert.That(repulsion.At(1, 0, R).Energy, Is.EqualTo(14.3996454784 * 8 * 22 / R * screening).Within(1e-10));
        foreach (double r in (double[])[0.7, 1.25, 1.4, 1.4999])
        {
            double slope = (repulsion.At(0, 1, r + 1e-5).Energy - repulsion.At(0, 1, r - 1e-5).Energy) / 2e-5;
            Assert.That(repulsion.At(0, 1, r).Slope, Is.EqualTo(slope).Within(1e-5 * Math.Max(1, Math.Abs(slope))));
        }
    }

    [Test]
    public void A_frame_with_an_element_that_the_potential_does_not_know_has_no_answer()
    {
        AtomFrame frame = SharedFrames.SmallCell() with { Species = [Ti, Element.Of("F"), O] };
        Assert.That(new PotentialEvaluator(Draw()).Predict(frame, true, out string? problem), Is.Null);
        Assert.That(problem, Does.Contain("atom 2 is F"));
    }

    [Test]
    public void Functions_outside_the_range_of_the_training_are_named_with_their_atom()
    {
        PotentialModel model = Draw();
        AtomFrame frame = SharedFrames.SmallCell();
        PotentialPrediction prediction = Predict(new PotentialEvaluator(model),
            frame with { PositionsAngstrom = [.. frame.PositionsAngstrom.Select(x => 0.35 * x)] });
        Assert.That(prediction.Extrapolations, Is.Not.Empty);
        Assert.That(prediction.Extrapolations[0].ToString(), Does.Match("^atom [123]: G. .* outside .* of the training$"));
    }

    [Test]
    public void The_structure_farthest_from_what_is_known_is_chosen_first_and_no_copy_before_others()
    {
        AtomFrame frame = SharedFrames.SmallCell(), near = SharedFrames.Moved(frame, 0, 0.05), far = SharedFrames.Moved(frame, 0, 0.5);
        var selection = new FrameSelection(Draw());
        foreach (AtomFrame candidate in (AtomFrame[])[frame, near, far, far])
            Assert.That(selection.Add(candidate), Is.Null);
        Assert.That(selection.Know(frame), Is.Null);
        (int Number, double Distance)[] chosen = [.. selection.Choose(4)];
        Assert.That(chosen.Select(entry => entry.Number), Is.EqualTo([2, 1, 0, 3]));
        Assert.That(chosen[2].Distance, Is.Zero);
        Assert.That(selection.Add(frame with { Species = [Ti, Element.Of("F"), O] }), Does.Contain("atom 2 is F"));
    }

    /// <summary>A potential with drawn weights whose inputs have the size of one.</summary>
    internal static PotentialModel Draw(int members = 1, bool repels = true)
    {
        FunctionSet set = NamedSets.Create("artrith_urban", [O, Ti], 5);
        InputScaling Scaling(int element)
        {
            int count = set.FunctionsOf(element).Count;
            return new InputScaling(new double[count], [.. Enumerable.Repeat(0.3, count)], new double[count],
                [.. Enumerable.Repeat(2.0, count)]);
        }

        // Distances of the small cell lie on both sides of where the repulsion begins, and some where it is whole.
        var model = new PotentialModel(set, [6, 5], [Scaling(0), Scaling(1)], [-3, -7], 0.8,
            members) { ShortRange = repels ? new ShortRange([O, Ti], [2.9, 2.3, 2.3, 2.1]) : ShortRange.None([O, Ti]) };
        foreach ((int member, ParameterBuffer<double> buffer) in model.Members.Index())
        {
            var random = new CounterRandom(5, (ulong)member);
            foreach (ref double value in buffer.Values)
                value = 0.3 * random.NextNormal();
        }

        return model;
    }

    private static PotentialPrediction Predict(PotentialEvaluator evaluator, AtomFrame frame) =>
        evaluator.Predict(frame, forces: true, out string? problem) ?? throw new AssertionException(problem!);

    private static Cartesian VectorOf(PotentialPrediction prediction, int atom) => new(
        prediction.ForcesElectronVoltPerAngstrom[3 * atom], prediction.ForcesElectronVoltPerAngstrom[3 * atom + 1],
            prediction.ForcesElectronVoltPerAngstrom[3 * atom + 2]);

    private static void AssertSame(double found, double expected) =>
        Assert.That(found, Is.EqualTo(expected).Within(PotentialTolerances.Invariance));
}
