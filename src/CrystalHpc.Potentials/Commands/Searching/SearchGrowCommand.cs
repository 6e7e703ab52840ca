using System.CommandLine;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Search.Growth;
using CrystalHpc.Potentials.Simulation;

namespace CrystalHpc.Potentials.Commands.Searching;

/// <summary><c>crystalhpc search grow</c>.</summary>
internal static class SearchGrowCommand
{
    // Goes up when the same options mean other labels.
    private const string Format = "grow/1";

    public static Command Create(CommandContext context)
    {
        var command = new Command("grow", """
            Trains a neural potential, searches with it, labels what it is not sure of, and trains it again, until the networks of its
            committee agree; stopped or killed, the same command goes on.

            Example:
              crystalhpc search grow configs/grow.json --run my-potential
            """);
        RunSelection selection = RunSelection.ByConfiguration(context, command);
        context.Runner.AddOptions(command);
        command.SetAction(parsed => context.Runner.Run(parsed, job =>
        {
            RunConfiguration configuration = selection.ReadConfiguration(job, parsed);
            GrowthOptions options =
                configuration.Require(GrowthOptions.Section);

            // Forces of a committee are what decides.
            PotentialOptions training = configuration.Find(PotentialOptions.Section)
                ?? PotentialOptions.Default with { Members = 3, Refit = true, StressWeight = 20 };
            if (training.Data.Count > 0)
                throw UserException.Configuration("potential.data must be empty: grow trains on what it labels itself");
            if (training.Members < 2)
                throw UserException.Configuration("potential.members must be 2 or more: only a committee has a spread");
            Grow(job, Path.GetFullPath(configuration.RunDirectory), options, training);
            return ExitCode.Done;
        }));
        return command;
    }

    private static void Grow(Job job, string folder, GrowthOptions options, PotentialOptions training)
    {
        IEnergyModel oracle = EnergyModels.Create(options.Oracle, TimeSpan.FromSeconds(options.PatienceSeconds), job.World.Rank);
        using var connection = oracle as IDisposable;
        using DirectoryLock held = DirectoryLock.Take(job, folder, "grow");

        // More rounds make the same potential grow on.
        GrowthOptions identity = options with { Rounds = 1, Oracle = EnergyModels.IdentityOf(options.Oracle) };
        job.World.OnRankZero(() => SearchFolder.RequireSame(folder, Format, identity));
        var growth = new Growth(job, folder, options, training, oracle);
        var rows = new List<GrowthRow>();
        growth.Begin();
        bool isSure = false;
        for (int round = 1; round <= options.Rounds && !isSure; round++)
        {
            GrowthRow row = growth.Round(round);
            rows.Add(row);
            isSure = row.Spread <= options.SpreadElectronVoltPerAngstrom || row.Labelled == 0;
            job.World.OnRankZero(() => Csv.Write(Path.Combine(folder, "rounds.csv"), rows));
            job.Say(FormattableString.Invariant($"grow     round {round}: {row.Trained} labels, spread {row.Spread:0.0000} eV/A, ")
                + FormattableString.Invariant($"{row.Labelled} new")
                + (row.EnergyError is { } error ? FormattableString.Invariant($", off by {1_000 * error:0.0} meV/atom") : ""));
        }

        job.World.OnRankZero(() => WholeFile.Write(Path.Combine(folder, "model.safetensors"), stream =>
        {
            using FileStream last = File.OpenRead(growth.LastModel);
            last.CopyTo(stream);
        }));
        job.Say($"grow     {Path.Combine(folder, "model.safetensors")}" + (isSure ? ""
            : ": the committee is not sure yet; more rounds may help"));
    }
}
