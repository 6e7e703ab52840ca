using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Report;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Potentials.Commands.Simulation;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Search;
using CrystalHpc.Potentials.Simulation;

namespace CrystalHpc.Potentials.Commands;

/// <summary><c>crystalhpc search</c>.</summary>
internal static class SearchCommand
{
    // Goes up when the same options mean another search.
    private const string Format = "search/1";

    private const double SymmetryToleranceAngstrom = 0.02;

    private static readonly Frame Frame = new(76, 24, 460, 190);

    public static Command Create(CommandContext context)
    {
        var command = new Command("search", "Searches for structures of low energy: crystals and particles, by evolution.");
        var run = new Command("run", """
            Searches as a configuration says; stopped or killed, the same command goes on. The search is the same on any number of ranks.

            Example:
              crystalhpc search run configs/search.json --run my-search
            """);
        RunSelection selection = RunSelection.ByConfiguration(context, run);
        context.Runner.AddOptions(run);
        run.SetAction(parsed => context.Runner.Run(parsed, job =>
        {
            RunConfiguration configuration = selection.ReadConfiguration(job, parsed);
            SearchOptions options = configuration.Find(SearchOptions.Section) ?? throw UserException.Configuration("the configuration has no section 'search'");
            Search(job, Path.GetFullPath(configuration.RunDirectory), options);
            return ExitCode.Done;
        }));
        command.Add(run);
        return command;
    }

    private static void Search(Job job, string folder, SearchOptions options)
    {
        if (options.Window < job.World.Size)
            throw UserException.Configuration(FormattableString.Invariant($"search.window ({options.Window}) must not be smaller than the number of ranks ({job.World.Size})"));
        IEnergyModel model = EnergyModels.Create(options.Model, TimeSpan.FromSeconds(options.PatienceSeconds), job.World.Rank);
        using var connection = model as IDisposable;
        if (options.Species!.FirstOrDefault(element => !model.Knows(element)) is { AtomicNumber: > 0 } unknown)
            throw UserException.Configuration($"{model.Name} does not know {unknown}");
        using DirectoryLock held = DirectoryLock.Take(job, folder, "search");
        (SearchLog? log, List<Individual> past) = (null, []);
        job.World.OnRankZero(() =>
        {
            RequireSame(folder, options);
            log = SearchLog.Open(Path.Combine(folder, "structures.jsonl"), out past);
        });
        using (log)
        {
            var search = new EvolutionarySearch(job, options, model);
            job.Say(FormattableString.Invariant($"search   {options.Atoms}, {model.Name}, {options.Structures} structures")
                + (past.Count > 0 ? FormattableString.Invariant($"; going on after {past.Count}") : ""));
            (Individual? best, var all) = (past.MinBy(structure => structure.Enthalpy), past);
            string? stop = null;
            search.Run([.. past], structure =>
            {
                log!.Add(structure);
                all.Add(structure);
                if (structure.IsUsable && structure.Enthalpy < (best?.Enthalpy ?? double.PositiveInfinity) - 1e-6)
                {
                    best = structure;
                    job.Say(FormattableString.Invariant($"search   {structure.Number}: {structure.Enthalpy:0.00000} eV by {structure.Operator}"));
                }

                stop = job.Signals?.Requested;
                return stop is null;
            });
            job.World.OnRankZero(() =>
            {
                if (stop is not null)
                    throw UserException.Stopped(stop);
                WriteResults(folder, options, search.Population, all);
                job.Say(best is null ? "search   no structure could be relaxed"
                    : FormattableString.Invariant($"search   {Path.Combine(folder, "best.extxyz")}: the best has {best.Enthalpy:0.00000} eV, structure {best.Number}"));
            });
        }
    }

    // A folder never holds two searches; more structures make the same one longer.
    private static void RequireSame(string folder, SearchOptions options)
    {
        string path = Path.Combine(folder, "search.json");
        string now = new JsonObject { ["format"] = Format, ["options"] = JsonSerializer.SerializeToNode(options with { Structures = 1, Model = EnergyModels.IdentityOf(options.Model) }, ConfigurationFile.Json) }.ToJsonString();
        if (!File.Exists(path))
            WholeFile.Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(now)));
        else if (File.ReadAllText(path) != now)
            throw UserException.Unusable($"{folder} holds another search: name another directory by --run");
    }

    private static void WriteResults(string folder, SearchOptions options, Population population, List<Individual> all)
    {
        FrameOutput.Write(Path.Combine(folder, "best.extxyz"), population.Structures.Select(structure => structure.Frame with { Properties = [.. PropertiesOf(structure)] }));
        double best = double.PositiveInfinity;
        SearchedRow[] rows = [.. all.Select(structure =>
        {
            best = Math.Min(best, structure.Enthalpy);
            return new SearchedRow(
                structure.Number, structure.Operator, string.Join(' ', structure.Parents), structure.IsUsable ? structure.Enthalpy : null, double.IsFinite(best) ? best : null, structure.Problem);
        })];
        Csv.Write(Path.Combine(folder, "history.csv"), rows);
        WholeFile.Write(Path.Combine(folder, "report.html"), stream => ReportPage.Write(
            stream, $"search for {options.Atoms}",
            Markup.Element("header", Markup.Element("p", Markup.Class("kicker"), "CrystalHpc search"), Markup.Element("h1", $"{options.Atoms}, {options.Model}")),
            [Curve(rows), Table(population)]));
    }

    private static IEnumerable<FrameProperty> PropertiesOf(Individual structure)
    {
        yield return new FrameProperty("structure", FormattableString.Invariant($"{structure.Number}"));
        yield return new FrameProperty("operator", structure.Operator);
        yield return new FrameProperty("enthalpy", FormattableString.Invariant($"{structure.Enthalpy:R}"));
        if (FrameSymmetry.Find(structure.Frame, SymmetryToleranceAngstrom) is { } symmetry)
            yield return new FrameProperty("space_group", symmetry.Symmetry.Group.ShortSymbol);
    }

    private static XElement Curve(SearchedRow[] rows)
    {
        (double, double)[] points = [.. rows.Where(row => row.BestElectronVolt is not null).Select(row => ((double)row.Number, row.BestElectronVolt!.Value))];

        // The first structures lie far above the rest: the picture begins a little later.
        points = points[(points.Length / 50)..];
        double lowest = points.Select(point => point.Item2).DefaultIfEmpty(0).Min(), highest = points.Select(point => point.Item2).DefaultIfEmpty(1).Max();
        var x = new LinearScale(0, Math.Max(1, rows.Length), Frame.Left, Frame.Right);
        LinearScale y = LinearScale.Round(lowest, Math.Max(highest, lowest + 1e-6), Frame.Bottom, Frame.Top, 4);
        return Layout.Section(
            "curve", "How the lowest enthalpy fell",
            Layout.Columns(Layout.Figure("Lowest enthalpy", Svg.Drawing(
                "chart-search", "Lowest enthalpy", FormattableString.Invariant($"From {highest:0.000} to {lowest:0.000} eV."), 480, 234,
                Axis.Left(y, Frame, "lowest enthalpy, eV"), Axis.Bottom(x, Frame, "structures relaxed"), Marks.Curve(points, x, y, "line")))));
    }

    private static XElement Table(Population population) => Layout.Section(
        "best", "The best structures",
        Markup.Element(
            "table",
            Markup.Element("thead", Markup.Element("tr", ((string[])["structure", "made by", "enthalpy, eV", "space group"]).Select(text => Markup.Element("th", text)))),
            Markup.Element("tbody", population.Structures.Select(structure => Markup.Element(
                "tr",
                Markup.Element("td", FormattableString.Invariant($"{structure.Number}")), Markup.Element("td", structure.Operator),
                Markup.Element("td", FormattableString.Invariant($"{structure.Enthalpy:0.00000}")),
                Markup.Element("td", FrameSymmetry.Find(structure.Frame, SymmetryToleranceAngstrom)?.Symmetry.Group.ShortSymbol ?? ""))))));
}
