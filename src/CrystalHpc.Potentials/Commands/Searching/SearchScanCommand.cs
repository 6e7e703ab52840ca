using System.CommandLine;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Potentials.Analysis;
using CrystalHpc.Potentials.Commands.Simulation;
using CrystalHpc.Potentials.Data;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Search;
using CrystalHpc.Potentials.Search.Prototypes;
using CrystalHpc.Potentials.Search.Scan;
using CrystalHpc.Potentials.Simulation;

namespace CrystalHpc.Potentials.Commands.Searching;

/// <summary><c>crystalhpc search scan</c>.</summary>
internal static class SearchScanCommand
{
    // Goes up when the same options mean another scan.
    private const string Format = "scan/1";

    public static Command Create(CommandContext context)
    {
        var command = new Command("scan", """
            Puts elements on the sites of structure types, relaxes them, and ranks them on the convex hull; stopped or
            killed, the same command goes on.

            Example:
              crystalhpc search scan configs/scan.json --run my-scan
            """);
        RunSelection selection = RunSelection.ByConfiguration(context, command);
        context.Runner.AddOptions(command);
        command.SetAction(parsed => context.Runner.Run(parsed, job =>
        {
            RunConfiguration configuration = selection.ReadConfiguration(job, parsed);
            ScanOptions options = configuration.Require(ScanOptions.Section);
            Scan(job, Path.GetFullPath(configuration.RunDirectory), options,
                configuration.Find(AnalysisOptions.Section) ?? AnalysisOptions.Default);
            return ExitCode.Done;
        }));
        return command;
    }

    private static void Scan(Job job, string folder, ScanOptions options, AnalysisOptions analysis)
    {
        IEnergyModel model = EnergyModels.Create(options.Model, TimeSpan.FromSeconds(options.PatienceSeconds), job.World.Rank);
        using var connection = model as IDisposable;
        EnergyModels.Require(model, options.Species);
        PrototypeScan? scan = null;
        int[] count = [0];
        job.World.OnRankZero(() =>
        {
            scan = new PrototypeScan(options, PrototypeFiles.Read(options.Prototypes, SimulationInput.Refuse));
            count[0] = scan.Count;
        });
        job.World.Broadcast<int>(count, 0);
        if (count[0] == 0)
            throw UserException.Unusable("no structure type has so few elements and atoms");
        var relaxer = new Relaxer(
            model, Relaxer.OptionsOf(options.LargestForceElectronVoltPerAngstrom, options.MostSteps, options.PressureGigapascal));
        job.Say(FormattableString.Invariant($"scan     {string.Join(", ", options.Species)}, {model.Name}, {count[0]} structures"));
        var search = new StructureSearch(job, scan!, relaxer, count[0], count[0]);
        ScanOptions identity = options with
        {
            Model = EnergyModels.IdentityOf(options.Model),
            Prototypes = [.. options.Prototypes.SelectMany(FrameData.Files).Select(WholeFile.Digest)],
        };
        SearchFolder.Run(
            job, folder, Format, identity, search,
            all => AnalysisFiles.Write(job, folder, model, options.PressureGigapascal, options.BondAngstrom, all, analysis));
    }
}
