using System.CommandLine;
using System.Text.Json;
using CrystalHpc.BondValence.ParameterTables;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.OxidationStates;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Corpora;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Systems;
using CrystalHpc.Engine.Terminals;

namespace CrystalHpc.BondValence.Commands;

/// <summary><c>crystalhpc inspect</c>: everything the pipeline thinks of one file.</summary>
internal static class InspectCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("inspect", """
            Shows everything the pipeline thinks of one file: structures, verdicts with reasons, sites with neighbors, findings
            with their places.

            Examples:
              crystalhpc inspect samples/cod/9/00/86/9008678.cif
              crystalhpc inspect samples/cod/9/00/86/9008678.cif --site all --svg cell.svg
              crystalhpc inspect samples/cod/9/00/86/9008678.cif --oxidation Na=1,Cl=-1
              crystalhpc inspect samples/cod/9/00/86/9008678.cif --definitions crystal_nn,econ
              crystalhpc inspect 'corpus.tar.gz!folder/file.cif' --json
              crystalhpc inspect - < samples/cod/9/00/86/9008678.cif
            """);
        var file = new Argument<string>("FILE") {
            Description = "CIF file, packed or not, a member of an archive as ARCHIVE!MEMBER, or - for standard input." };
        var json = new Option<bool>("--json") { Description = "The same for programs; configs/inspect.schema.json describes it." };
        var configuration = new Option<string?>("--config") { Description = "Configuration to judge by, instead of the defaults.",
            HelpName = "CONFIG" };
        var parameters = new Option<string?>("--parameters") {
            Description = "Table of parameters to compute valences with: parameters.csv of a run, another CSV, or CIF with a "
            + "_valence_param_ loop. Default: the table of this program.", HelpName = "TABLE" };
        var sites = new Option<string[]>("--site")
        {
            Description = "Draw the surroundings of the sites with these labels: distances, valences, gap, angles; 'all' draws every site.",
            HelpName = "LABEL",
            AllowMultipleArgumentsPerToken = true,
        };
        var svg = new Option<string?>("--svg") { Description = "Draw the cell of the first structure into this SVG file.",
            HelpName = "OUT.svg" };
        var axis = new Option<CellDirection?>("--axis")
        {
            Description = "Direction that the drawing looks along: a, b, c or u,v,w; without it, a tilted view.",
            HelpName = "AXIS",
            CustomParser = CellDirection.Parse,
        };
        var export = new Option<string?>("--export") {
            Description = "Write the structures of the file to this file: CIF (.cif) or extended XYZ (.xyz).", HelpName = "OUT" };
        Option<IReadOnlyList<NeighborDefinition>> definitions = DefinitionList.Option();
        Option<IReadOnlyList<GivenState>> states = StateArgument.Option();
        command.Add(file);
        foreach (Option option in (Option[])[json, configuration, parameters, states, sites, definitions, svg, axis, export])
            command.Add(option);
        command.SetAction(parsed => context.Runner.RunAlone(() => Inspect(context.Systems, new InspectRequest(
            parsed.GetRequiredValue(file), parsed.GetValue(configuration), parsed.GetValue(parameters), parsed.GetValue(states) ?? [],
            parsed.GetValue(sites) ?? [],
            parsed.GetValue(definitions) ?? [], parsed.GetValue(json), parsed.GetValue(svg), parsed.GetValue(axis),
            parsed.GetValue(export)))));
        return command;
    }

    private static void Inspect(SystemCatalog systems, InspectRequest request)
    {
        string file = request.File;
        RequireOther(file, request.Export);
        RequireOther(file, request.Svg);
        RunConfiguration configuration = request.Configuration is null
            ? systems.Configuration.Defaults : systems.Configuration.Read(request.Configuration);
        NeighborOptions neighbors = configuration.Get(EngineSections.Neighbors);
        var valences = new SiteValences(request.Parameters is null ? ReleasedTable.Read() : TableArgument.Read(request.Parameters));
        byte[] bytes = FileArgument.Read(file, CorpusLimits.Of(configuration.Get(EngineSections.Corpus)));
        string id = FileArgument.IdOf(file);
        var pipeline = new StructurePipeline(configuration, systems.Products(configuration)) { Given = request.States };
        ICoordinationDefinition definition = neighbors.Create();
        StructureOutcome[] outcomes = [.. pipeline.Process(id, bytes).Select(outcome => WithNeighbors(outcome, definition))];
        StateArgument.RequireKnown(request.States, outcomes);
        StructureValences?[] sums = [.. outcomes.Select(outcome => StructureValences.Of(outcome, valences))];
        if (request.Export is not null)
            StructureExport.Write([.. outcomes.Zip(sums)], request.Export);
        if (request.Svg is not null)
            CellDrawing.Write(outcomes, neighbors, request.Axis, request.Svg);
        IReadOnlyList<NamedDefinition> compared = DefinitionList.Create(neighbors, request.Definitions);
        Inspection[] inspections = [.. outcomes.Zip(sums, (outcome, sum) => Inspection.Of(outcome, compared, valences, SumsOf(sum)) with
        {
            ValenceTable = valences.Table.Name, GiiVu = sum?.Gii, BsiVu = sum?.Bsi,
        })];
        if (request.IsJson)
        {
            Terminal.Out.WriteLine(JsonSerializer.Serialize(inspections, JobSummary.Json));
            return;
        }

        InspectionText.PrintFile(Terminal.Out, file, bytes);
        foreach ((StructureOutcome outcome, Inspection inspection, StructureValences? sum) in outcomes.Zip(inspections, sums))
        {
            InspectionText.PrintStructure(Terminal.Out, bytes, outcome, inspection);
            if (sum is null)
                continue;
            ValenceText.Print(Terminal.Out, sum);
            ValenceText.PrintBonds(Terminal.Out, sum);
        }

        if (request.Sites.Count > 0)
            SiteLadders.Print(Terminal.Out, outcomes, neighbors, request.Sites, valences);
        if (outcomes.All(outcome => outcome.Findings.Any(finding => finding.Code == CifFindings.NoDataBlock)))
            Terminal.Error.WriteLine(
                $"crystalhpc: {file} does not look like a CIF file: those have a line that begins with data_, and names that begin with _");
    }

    // The pipeline looks for neighbors in structures that it accepts; people want the distances of all.
    private static StructureOutcome WithNeighbors(StructureOutcome outcome, ICoordinationDefinition definition) =>
        outcome.Structure is not { } structure || outcome.Shells.Count > 0 ? outcome : outcome with
        {
            Shells = [.. Enumerable.Range(0, structure.Sites.Count).Select(site => definition.Find(structure, structure.FirstAtom(site)))],
        };

    private static Dictionary<int, (double Sum, bool IsWrong)> SumsOf(StructureValences? valences) => (valences?.Sites ?? [])
        .Where(site => site.Sum is not null).ToDictionary(site => site.Index, site => (site.Sum!.Value, site.IsWrong));

    private static void RequireOther(string file, string? output)
    {
        if (output is not null && Path.GetFullPath(output) == Path.GetFullPath(file))
            throw UserException.Unusable($"{output} is the file that is inspected; name another output");
    }
}

/// <summary>What is to be inspected, and how.</summary>
internal sealed record InspectRequest(
    string File,
    string? Configuration,
    string? Parameters,
    IReadOnlyList<GivenState> States,
    IReadOnlyList<string> Sites,
    IReadOnlyList<NeighborDefinition> Definitions,
    bool IsJson,
    string? Svg,
    CellDirection? Axis,
    string? Export);
