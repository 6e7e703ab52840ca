using System.CommandLine;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Potentials.Analysis;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Search;
using CrystalHpc.Potentials.Search.Scan;
using CrystalHpc.Potentials.Simulation;

namespace CrystalHpc.Potentials.Commands.Searching;

/// <summary><c>crystalhpc search analyze</c>.</summary>
internal static class SearchAnalyzeCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("analyze", """
            Ranks the structures of a search or a scan on the convex hull, names their symmetry and type, and writes tables, a
            page, and the best as starting points for other programs.

            Example:
              crystalhpc search analyze configs/search.json --run my-search
            """);
        RunSelection selection = RunSelection.ByConfiguration(context, command);
        context.Runner.AddOptions(command);
        command.SetAction(parsed => context.Runner.Run(parsed, job =>
        {
            RunConfiguration configuration = selection.ReadConfiguration(job, parsed);
            (SearchOptions? search, ScanOptions? scan) =
                (configuration.Find(SearchOptions.Section), configuration.Find(ScanOptions.Section));
            string text = search?.Model ?? scan?.Model
                ?? throw UserException.Configuration("the configuration has neither a section 'search' nor 'scan'");
            string folder = Path.GetFullPath(configuration.RunDirectory);
            job.World.OnRankZero(() => SearchFolder.Require(folder));
            using DirectoryLock held = DirectoryLock.Take(job, folder, "analyze");
            IEnergyModel model = EnergyModels.Create(text, TimeSpan.FromSeconds(search?.PatienceSeconds ?? scan!.PatienceSeconds),
                job.World.Rank);
            using var connection = model as IDisposable;
            job.World.OnRankZero(() => AnalysisFiles.Write(
                job, folder, model, search?.PressureGigapascal ?? scan!.PressureGigapascal,
                search is null ? scan!.BondAngstrom : search.BondAngstrom,
                SearchFolder.Read(folder), configuration.Find(AnalysisOptions.Section) ?? AnalysisOptions.Default));
            return ExitCode.Done;
        }));
        return command;
    }
}
