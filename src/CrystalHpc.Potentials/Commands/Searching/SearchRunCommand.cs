using System.CommandLine;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Potentials.Commands.Searching.Pages;
using CrystalHpc.Potentials.Commands.Simulation;
using CrystalHpc.Potentials.Data;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Search;
using CrystalHpc.Potentials.Search.Methods;
using CrystalHpc.Potentials.Simulation;

namespace CrystalHpc.Potentials.Commands.Searching;

/// <summary><c>crystalhpc search run</c>.</summary>
internal static class SearchRunCommand
{
    // Goes up when the same options mean another search.
    private const string Format = "search/2";

    public static Command Create(CommandContext context)
    {
        var command = new Command("run", """
            Searches as a configuration says; stopped or killed, the same command goes on. The search is the same on any number of ranks.

            Example:
              crystalhpc search run configs/search.json --run my-search
            """);
        RunSelection selection = RunSelection.ByConfiguration(context, command);
        context.Runner.AddOptions(command);
        command.SetAction(parsed => context.Runner.Run(parsed, job =>
        {
            RunConfiguration configuration = selection.ReadConfiguration(job, parsed);
            SearchOptions options =
                configuration.Require(SearchOptions.Section);
            Run(job, Path.GetFullPath(configuration.RunDirectory), options);
            return ExitCode.Done;
        }));
        return command;
    }

    /// <summary>Searches in a folder. A collective call.</summary>
    public static void Run(Job job, string folder, SearchOptions options)
    {
        if (options.Window < job.World.Size)
        {
            throw UserException.Configuration(FormattableString.Invariant(
                $"search.window ({options.Window}) must not be smaller than the number of ranks ({job.World.Size})"));
        }


        IEnergyModel model = EnergyModels.Create(options.Model, TimeSpan.FromSeconds(options.PatienceSeconds), job.World.Rank);
        using var connection = model as IDisposable;
        EnergyModels.Require(model, options.Species!);
        AtomFrame[] files = [];
        job.World.OnRankZero(() => files = FilesOf(options));
        (StructureSearch search, ISearchMethod method) = SearchMethods.Create(job, options, model, files);
        job.Say(FormattableString.Invariant($"search   {options.Atoms}, {model.Name}, {options.Structures} structures by ")
            + SnakeCase.Of(options.Way));
        SearchOptions identity = options with
        {
            Structures = 1, Model = EnergyModels.IdentityOf(options.Model),
            StartFiles = [.. options.StartFiles.SelectMany(FrameData.Files).Select(WholeFile.Digest)],
        };
        SearchFolder.Run(job, folder, Format, identity, search, all => WriteResults(folder, options, method, all));
    }

    private static AtomFrame[] FilesOf(SearchOptions options)
    {
        if (options.StartFiles.Count == 0)
            return [];
        AtomFrame[] frames = [.. SimulationInput.Read(options.StartFiles, FrameReaderOptions.Default).Select(input => input.Frame)];
        Periodicity periodicity = options.Kind == SearchKind.Particle ? Periodicity.Cluster : Periodicity.Crystal;
        return frames.All(frame => frame.Periodicity == periodicity)
            ? options.Kind == SearchKind.Particle ? [.. frames.Select(frame => frame with { Cell = null })] : frames
            : throw UserException.Configuration($"start_files hold other structures than those of kind '{SnakeCase.Of(options.Kind)}'");
    }

    private static void WriteResults(string folder, SearchOptions options, ISearchMethod method, IReadOnlyList<Individual> all)
    {
        Individual[] best = [.. method.Best];
        FrameOutput.Write(Path.Combine(folder, "best.extxyz"), best
            .Select(structure => structure.Frame with { Properties = [.. PropertiesOf(structure)] }));
        double lowest = double.PositiveInfinity;
        SearchedRow[] rows = [.. all.Select(structure =>
        {
            lowest = Math.Min(lowest, structure.Enthalpy);
            return new SearchedRow(
                structure.Number, structure.Operator, string.Join(' ', structure.Parents), structure.IsUsable ? structure.Enthalpy : null,
                    double.IsFinite(lowest) ? lowest : null, structure.Problem);
        })];
        Csv.Write(Path.Combine(folder, "history.csv"), rows);
        SearchPage.Write(folder, $"{options.Atoms}, {options.Model}", all, best);
    }

    private static IEnumerable<FrameProperty> PropertiesOf(Individual structure)
    {
        yield return new FrameProperty("structure", FormattableString.Invariant($"{structure.Number}"));
        yield return new FrameProperty("operator", structure.Operator);
        yield return new FrameProperty("enthalpy", FormattableString.Invariant($"{structure.Enthalpy:R}"));
        if (FrameSymmetry.Find(structure.Frame, FrameSymmetry.RelaxedToleranceAngstrom) is { } symmetry)
            yield return new FrameProperty("space_group", symmetry.Symmetry.Group.ShortSymbol);
    }
}
