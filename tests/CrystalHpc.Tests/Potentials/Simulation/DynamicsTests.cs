using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Parallel;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.Analytic;
using CrystalHpc.Potentials.Prediction;
using CrystalHpc.Potentials.Simulation;
using CrystalHpc.Potentials.Simulation.Dynamics;
using CrystalHpc.Tests.Potentials.Analytic;

namespace CrystalHpc.Tests.Potentials.Simulation;

/// <summary>Motions keep what their ensemble keeps, and go on to the same bytes.</summary>
public sealed class DynamicsTests
{
    private static readonly AtomFrame Copper = MadeFrames.Repeat(MadeFrames.FaceCentered(3.62, "Cu"), 2);

    [Test]
    public void At_constant_energy_nothing_is_lost_and_errors_fall_with_the_square_of_the_step()
    {
        double coarse = Wobble(4, 250), fine = Wobble(2, 500);
        Assert.That(coarse, Is.LessThan(5e-4), "eV an atom");
        Assert.That(coarse / fine, Is.EqualTo(4).Within(1.2));
    }

    [Test]
    public void A_motion_runs_backward_to_where_it_began()
    {
        MolecularDynamics motion = Begin(new() { StepFemtoseconds = 2 });
        double[] start = [.. motion.State.Positions];
        Advance(motion, 50);
        for (int i = 0; i < motion.State.Velocities.Length; i++)
            motion.State.Velocities[i] *= -1;
        Advance(motion, 50);
        Assert.That(motion.State.Positions, Is.EqualTo(start).Within(1e-9));
    }

    [Test]
    public void The_center_of_mass_rests()
    {
        MolecularDynamics motion = Begin(new() { StepFemtoseconds = 2, TemperatureKelvin = 600 });
        Advance(motion, 100);
        DynamicsState state = motion.State;
        for (int axis = 0; axis < 3; axis++)
            Assert.That(Enumerable.Range(0, 32).Sum(atom => state.Masses[atom] * state.Velocities[3 * atom + axis]), Is.Zero.Within(1e-10));
    }

    // The mean of 4,000 steps after 500: 96 coordinates, a correlation time of about 100 steps, thus a standard error near 2 %.
    [TestCase(1, 300)]
    [TestCase(2, 300)]
    public void A_thermostat_keeps_the_temperature(int ensemble, double temperature)
    {
        MolecularDynamics motion = Begin(new() { Ensemble = (Ensemble)ensemble, StepFemtoseconds = 3, TemperatureKelvin = temperature,
            FrictionPerFemtosecond = 0.02 });
        Advance(motion, 500);
        (double sum, double volumes) = (0, 0);
        const int Steps = 4_000;
        for (int i = 0; i < Steps; i++)
        {
            Advance(motion, 1);
            sum += 2 * motion.State.KineticElectronVolt / (96 * 8.617333262e-5) / Steps;
            volumes += motion.State.Volume / Steps;
        }

        Assert.That(sum, Is.EqualTo(temperature).Within(0.08 * temperature));
        Assert.That(volumes, ensemble == 2 ? Is.GreaterThan(Copper.Cell!.Value.Volume) : Is.EqualTo(Copper.Cell!.Value.Volume).Within(1e-9),
            "warm crystals expand");
    }

    [Test]
    public void A_state_that_was_saved_goes_on_to_the_same_bits([Values(0, 1, 2)] int ensemble)
    {
        DynamicsOptions options = new() { Ensemble = (Ensemble)ensemble, StepFemtoseconds = 2 };
        MolecularDynamics whole = Begin(options), half = Begin(options);
        Advance(whole, 60);
        Advance(half, 30);
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        half.State.Save(writer);
        var rest = new MolecularDynamics(new EmbeddedAtomModel(new Gupta()), options, DynamicsState.Load(Copper, bytes.ToArray())!, out _);
        Advance(rest, 30);
        Assert.That(rest.State.Positions, Is.EqualTo(whole.State.Positions));
        Assert.That(rest.State.Velocities, Is.EqualTo(whole.State.Velocities));
    }

    [Test]
    public void Files_of_a_motion_that_was_killed_are_cut_to_its_last_state()
    {
        using var folder = new TemporaryFolder();
        MolecularDynamics motion = Begin(new());
        string table = Path.Combine(folder.Path, "dynamics.csv");
        using (MotionFiles files = MotionFiles.Open(folder.Path, "a motion", out _)!)
        {
            files.Add(DynamicsRow.Of(motion, 1), motion.State.Frame);
            files.Save(motion.State);
            files.Add(DynamicsRow.Of(motion, 1), motion.State.Frame);
        }

        Assert.That(File.ReadAllLines(table), Has.Length.EqualTo(3));
        using (MotionFiles files = MotionFiles.Open(folder.Path, "a motion", out byte[] state)!)
            Assert.That(DynamicsState.Load(Copper, state)!.Positions, Is.EqualTo(motion.State.Positions));
        Assert.That(File.ReadAllLines(table), Has.Length.EqualTo(2));
        Assert.That(MotionFiles.Open(folder.Path, "another motion", out _), Is.Null);
    }

    [Test]
    public void Ranks_that_deal_the_atoms_get_the_same_bits([Values(2, 3)] int ranks)
    {
        AtomFrame frame = MadeFrames.Repeat(SharedFrames.SmallCell(), 4);
        PotentialModel model = PredictionTests.Draw(members: 2);
        PotentialPrediction alone = new PotentialEvaluator(model).Predict(frame, true, out _)!;
        Assert.That(new SpaceShards(frame.AtomCount).Count, Is.EqualTo(3));
        ThreadCommunicator.Run(ranks, world =>
        {
            PotentialPrediction together = new PotentialEvaluator(model).Predict(frame, true, out _, world)!;
            Assert.That(together.EnergyElectronVolt, Is.EqualTo(alone.EnergyElectronVolt));
            Assert.That(together.ForcesElectronVoltPerAngstrom, Is.EqualTo(alone.ForcesElectronVoltPerAngstrom));
            Assert.That(together.StrainDerivativeElectronVolt, Is.EqualTo(alone.StrainDerivativeElectronVolt));
            Assert.That(together.ForceSpreads, Is.EqualTo(alone.ForceSpreads));
            Assert.That(together.Extrapolations.Select(entry => entry.ToString()),
                Is.EqualTo(alone.Extrapolations.Select(entry => entry.ToString())));
        });
    }

    private static double Wobble(double step, int steps)
    {
        MolecularDynamics motion = Begin(new() { StepFemtoseconds = step, TemperatureKelvin = 600 });
        (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
        for (int i = 0; i < steps; i++)
        {
            Advance(motion, 1);
            double total = motion.Energy.EnergyElectronVolt + motion.State.KineticElectronVolt;
            (low, high) = (Math.Min(low, total), Math.Max(high, total));
        }

        return (high - low) / 32;
    }

    private static MolecularDynamics Begin(DynamicsOptions options)
    {
        var motion = new MolecularDynamics(
            new EmbeddedAtomModel(new Gupta()), options, DynamicsState.Draw(Copper, options.TemperatureKelvin, options.Seed),
            out string? problem);
        Assert.That(problem, Is.Null);
        return motion;
    }

    private static void Advance(MolecularDynamics motion, int steps)
    {
        for (int i = 0; i < steps; i++)
            Assert.That(motion.Advance(), Is.Null);
    }
}
