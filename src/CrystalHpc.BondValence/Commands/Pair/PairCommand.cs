using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.BondValence.ParameterTables;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Terminals;

namespace CrystalHpc.BondValence.Commands;

/// <summary><c>crystalhpc pair</c>: what is known of the bonds of two ions, and from where.</summary>
internal static class PairCommand
{
    private static readonly double[] ShownValences = [0.1, 0.25, 0.5, 1];

    /// <summary>The verb.</summary>
    public static Command Create(CommandContext context)
    {
        var command = new Command("pair", """
            Prints the bond-valence parameters of two ions from the table of this program and from others that are named.

            Examples:
              crystalhpc pair Fe3+ O2-
              crystalhpc pair Fe O --json
            """);
        var cation = new Argument<IonArgument>("CATION") { Description = "Element, with or without its oxidation state: Fe3+, Fe.",
            CustomParser = IonArgument.Parse };
        var anion = new Argument<IonArgument>("ANION") { Description = "Element, with or without its oxidation state: O2-, O.",
            CustomParser = IonArgument.Parse };
        var tables = new Option<string[]>("--parameters")
        {
            Description = "Further tables: parameters.csv of a run, another CSV, or CIF with a _valence_param_ loop.",
            HelpName = "TABLE",
            AllowMultipleArgumentsPerToken = true,
        };
        var json = new Option<bool>("--json") { Description = "The same for programs: one JSON object a line." };
        command.Add(cation);
        command.Add(anion);
        command.Add(tables);
        command.Add(json);
        command.SetAction(parsed => context.Runner.RunAlone(() => Print(
            parsed.GetRequiredValue(cation), parsed.GetRequiredValue(anion), parsed.GetValue(tables) ?? [], parsed.GetValue(json))));
        return command;
    }

    private static void Print(IonArgument cation, IonArgument anion, string[] paths, bool isJson)
    {
        (string Table, ParameterEntry Entry)[] known =
        [
            .. paths.Select(TableArgument.Read).Prepend(ReleasedTable.Read()).SelectMany(table => table.Entries
                .Where(entry => cation.Fits(entry.Cation, entry.CationCharge) && anion.Fits(entry.Anion, entry.AnionCharge))
                .OrderBy(entry => entry.CationCharge).ThenBy(entry => entry.AnionCharge)
                .Select(entry => (table.Name, entry))),
        ];
        if (known.Length == 0)
            throw UserException.Unusable($"no table knows {cation} {anion}{(paths.Length == 0 ? "; --parameters names others" : "")}");
        if (isJson)
        {
            foreach ((string table, ParameterEntry entry) in known)
                Terminal.Out.WriteLine(JsonOf(table, entry).ToJsonString(JobSummary.OneLine));
            return;
        }

        int width = Math.Max(5, known.Max(item => item.Table.Length));
        Terminal.Out.WriteLine(
            $"  {"table".PadRight(width)}  {"pair",-10}  {"r0 (A)",-11}  {"B (A)",-11}  groups  length (A) of "
            + $"{string.Join(", ", ShownValences.Select(Short))} v.u.  from");
        foreach ((string table, ParameterEntry entry) in known)
        {
            string lengths = string.Join(' ', ShownValences.Select(valence => entry.Length(valence).ToString(
                "0.000", CultureInfo.InvariantCulture)));
            Terminal.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {table.PadRight(width)}  {NameOf(entry),-10}  {ErrorNotation.Of(entry.R0Angstrom, entry.R0ErrorAngstrom, 4),-11}  "
                + $"{ErrorNotation.Of(entry.SoftnessAngstrom, entry.SoftnessErrorAngstrom, 4),-11}  {entry.Groups,6}  {lengths,-38}  "
                + $"{OriginOf(entry)}").TrimEnd());
        }
    }

    private static string Short(double valence) => valence.ToString("0.##", CultureInfo.InvariantCulture);

    private static string OriginOf(ParameterEntry entry)
        => entry.Law == BondLaw.Exponential ? entry.Origin : $"{entry.Origin} ({BondLaws.Of(entry.Law).Formula})";

    private static string NameOf(ParameterEntry entry) =>
        $"{new IonArgument(entry.Cation, entry.CationCharge)} {new IonArgument(entry.Anion, entry.AnionCharge)}";

    private static JsonObject JsonOf(string table, ParameterEntry entry) => new()
    {
        ["table"] = table,
        ["cation"] = entry.Cation.Symbol,
        ["cation_charge"] = entry.CationCharge,
        ["anion"] = entry.Anion.Symbol,
        ["anion_charge"] = entry.AnionCharge,
        ["law"] = SnakeCase.Of(entry.Law),
        ["r0_A"] = entry.R0Angstrom,
        ["r0_se_A"] = entry.R0ErrorAngstrom,
        ["b_A"] = entry.SoftnessAngstrom,
        ["b_se_A"] = entry.SoftnessErrorAngstrom,
        ["n_groups"] = entry.Groups,
        ["from"] = entry.Origin,
        ["doubtful"] = entry.IsDoubtful,
    };
}
