using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Prediction;
using CrystalHpc.Potentials.Simulation;
using CrystalHpc.Potentials.Simulation.Dynamics;

namespace CrystalHpc.Potentials.Commands.Simulation;

/// <summary><c>crystalhpc potential md</c>.</summary>
internal static class MdCommand
{
    // Goes up when the same options mean another motion.
    private const string Format = "motion/1";

    private static readonly TimeSpan StateInterval = TimeSpan.FromMinutes(1);

    public static Command Create(CommandContext context)
    {
        var command = new Command("md", """
            Molecular dynamics at constant energy, temperature, or temperature and pressure. Stopped or killed, the same command
            goes on; more steps go on, too.

            Examples:
              crystalhpc potential md copper.vasp --model gupta --steps 10000 --out motion
              crystalhpc potential md rutile.extxyz --ensemble npt --temperature 600 --pressure 1 --steps 20000 --out hot
            """);
        var input = new Argument<string>("INPUT") { Description = "A structure file; its first structure moves." };
        var output = new Option<string>("--out") { Description = "Folder for dynamics.csv and trajectory.extxyz.", HelpName = "DIR",
            Required = true };
        var ensemble = new Option<Ensemble>("--ensemble") { Description = "What is kept: nve, langevin or npt.", HelpName = "NAME" };
        ensemble.AcceptOnlyFromAmong([.. Enum.GetValues<Ensemble>().Select(SnakeCase.Of)]);
        var steps = Number("--steps", "Steps in all.", "N", 1_000, 1, 1e12);
        var step = Number("--dt", "Time step, fs.", "FS", 1, 1e-3, 100);
        var temperature = Number("--temperature", "Temperature that velocities start with and that is kept, K.", "K", 300, 0, 1e5);
        var pressure = Number("--pressure", "Pressure of npt, GPa.", "GPA", 0, -1e3, 1e5);
        var friction = Number("--friction", "Friction of langevin and npt, 1/ps.", "F", 10, 1e-6, 1e5);
        var every = Number("--every", "Steps from one row and structure to the next.", "N", 100, 1, 1e9);
        var seed = Number("--seed", "Seed of velocities and noise.", "N", 1, 0, 1e15);
        command.Add(input);
        foreach (Option option in (Option[])[output, ensemble, steps, step, temperature, pressure, friction, every, seed])
            command.Add(option);
        var model = new ModelOptions(command, hasLabels: false, takesAnalytic: true);
        context.Runner.AddOptions(command);
        command.SetAction(parsed => context.Runner.Run(parsed, job =>
        {
            var options = new DynamicsOptions
            {
                Ensemble = parsed.GetValue(ensemble), StepFemtoseconds = parsed.GetValue(step),
                    TemperatureKelvin = parsed.GetValue(temperature),
                FrictionPerFemtosecond = parsed.GetValue(friction) / 1_000, Seed = (ulong)parsed.GetValue(seed),
                PressureElectronVoltPerCubicAngstrom = parsed.GetValue(pressure) / Units.GigapascalPerElectronVoltPerCubicAngstrom,
            };
            IEnergyModel energies = model.ReadEnergyModel(parsed, job.World);
            SimulationInput start = SimulationInput.Read([parsed.GetRequiredValue(input)], model.Reader(parsed))[0];
            string decides = JsonSerializer.Serialize(new
            {
                Format, options, Model = model.IdentityOf(parsed), Structure = WholeFile.Digest(parsed.GetRequiredValue(input)),
                    Every = parsed.GetValue(every),
            });

            // Analytic potentials are computed by one rank.
            if (energies is not NeuralEnergyModel)
            {
                if (!job.IsRoot)
                    return ExitCode.Done;
                job = job with { World = new SerialCommunicator() };
            }

            Move(job, energies, start, options, Path.GetFullPath(parsed.GetRequiredValue(output)), decides, (long)parsed.GetValue(steps),
                (long)parsed.GetValue(every));
            return ExitCode.Done;
        }));
        return command;
    }

    // All ranks make the same steps; rank 0 writes.
    private static void Move(
        Job job, IEnergyModel model, SimulationInput start, DynamicsOptions options, string folder, string decides, long steps, long every)
    {
        using DirectoryLock held = DirectoryLock.Take(job, folder, "md");
        MotionFiles? files = null;
        byte[] saved = job.World.OnRankZero(() =>
        {
            files = MotionFiles.Open(folder, decides, out byte[] bytes)
                ?? throw UserException.Unusable($"{folder} holds another motion: name another folder by --out");
            return bytes;
        });
        using (files)
        {
            DynamicsState state = DynamicsState.Load(start.Frame, saved)
                ?? DynamicsState.Draw(start.Frame, options.TemperatureKelvin, options.Seed);
            long first = state.Step;
            job.Say(string.Create(CultureInfo.InvariantCulture,
                $"md       {start.Frame.AtomCount} atoms of {start.Name}, {model.Name}, {SnakeCase.Of(options.Ensemble)}, "
                + $"{options.StepFemtoseconds:0.###} fs")
                + (first > 0 ? FormattableString.Invariant($"; going on from step {first}") : ""));
            var motion = new MolecularDynamics(model, options, state, out string? problem);
            if (problem is not null)
                throw UserException.Unusable($"{start.Name}: {problem}");
            if (saved.Length == 0)
                Write(job, files, motion, options);
            var whole = Stopwatch.StartNew();
            Advance(job, files, motion, options, steps, every);
            job.World.OnRankZero(() => MotionPage.Write(
                folder, $"{Path.GetFileName(start.Name)}, {model.Name}, {SnakeCase.Of(options.Ensemble)}", start.Frame.AtomCount,
                options.Ensemble == Ensemble.Nve));
            if (state.Step > first)
                job.Say(string.Create(CultureInfo.InvariantCulture,
                    $"md       {state.Step - first} steps, "
                    + $"{1e6 * whole.Elapsed.TotalSeconds / (state.Step - first) / start.Frame.AtomCount:0.00} us an atom and step"));
        }
    }

    private static void Advance(Job job, MotionFiles? files, MolecularDynamics motion, DynamicsOptions options, long steps, long every)
    {
        (DynamicsState state, var clock) = (motion.State, Stopwatch.StartNew());
        while (state.Step < steps)
        {
            if (motion.Advance() is { } fault)
                throw UserException.Unusable(FormattableString.Invariant($"step {state.Step}: {fault}"));
            if (state.Step % every == 0)
                Write(job, files, motion, options);

            // All agree: 1 that it is time to save, 2 that the job is to stop.
            int wish = job.Signals?.Requested is not null ? 2 : job.IsRoot && clock.Elapsed >= StateInterval ? 1 : 0;
            int agreed = job.World.Allreduce(wish, ReduceOperation.Max);
            if (agreed == 0)
                continue;
            job.World.OnRankZero(() => files!.Save(state));
            clock.Restart();
            if (agreed == 2)
                throw UserException.Stopped(job.Signals?.Requested ?? "a signal to another rank");
        }

        job.World.OnRankZero(() => files!.Save(state));
    }

    private static void Write(Job job, MotionFiles? files, MolecularDynamics motion, DynamicsOptions options)
    {
        DynamicsRow row = DynamicsRow.Of(motion, options.StepFemtoseconds);
        job.World.OnRankZero(() => files!.Add(row, motion.State.Frame with
        {
            EnergyElectronVolt = motion.Energy.EnergyElectronVolt, ForcesElectronVoltPerAngstrom =
                motion.Energy.ForcesElectronVoltPerAngstrom,
        }));
        job.Say(FormattableString.Invariant(
            $"md       step {row.Step}: {row.TemperatureKelvin:0} K, total energy {row.TotalElectronVolt:0.00000} eV")
            + (row.VolumeCubicAngstrom > 0 ? FormattableString.Invariant(
                $", {row.VolumeCubicAngstrom:0.00} A^3, {row.PressureGigapascal:0.000} GPa") : "")
            + (row.Warnings.Length > 0 ? $"; {row.Warnings}" : ""));
    }

    private static Option<double> Number(string name, string description, string help, double otherwise, double low, double high)
        => new(name)
    {
        Description = description, HelpName = help,
        DefaultValueFactory = _ => otherwise, CustomParser = result => NumberArgument.Parse(result, low, high) ?? otherwise,
    };
}
