using System.Globalization;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Engine.Configuration;

namespace CrystalHpc.BondValence.ParameterTables;

/// <summary>A row of a table of parameters as text.</summary>
/// <param name="Line">Line in the file, from 1.</param>
/// <param name="Fields">One for each column; fewer when the row is short.</param>
public readonly record struct ParameterTextRow(int Line, IReadOnlyList<string> Fields);

/// <summary>Makes parameter tables of rows of text, whatever file they come from. Rows that cannot be used become findings.</summary>
public static class ParameterTableReader
{
    // The accumulated table of the IUCr writes 9 where a source does not state the oxidation state.
    private const int Unspecified = 9;

    // What a fit may be told to allow, and the last digits of a B at its bound.
    private const double SmallestSoftness = FitOptions.SmallestSoftnessAngstrom * (1 - 1e-9);
    private const double LargestSoftness = FitOptions.LargestSoftnessAngstrom * (1 + 1e-9);

    // Published values lie between 0.247 and 1.0 Å (accumulated table of the IUCr, bvparm2020).
    internal const double SmallestUsualSoftness = 0.1;
    internal const double LargestUsualSoftness = 2;
    private static readonly BondLaw[] Laws = Enum.GetValues<BondLaw>();

    private const string AtomTag = "_valence_param_atom_1";

    /// <summary>Reads a table with named columns.</summary>
    /// <param name="name">What people call the table.</param>
    /// <param name="headers">Names of the columns.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="findings">Receives what is odd.</param>
    /// <returns>The table; without entries when its columns are not recognized.</returns>
    public static ParameterTable Read(string name, IReadOnlyList<string> headers, IEnumerable<ParameterTextRow> rows,
        ICollection<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(headers);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(findings);
        if (ParameterColumns.Recognize(headers) is not { } columns)
        {
            findings.Add(new Finding(TableFindings.NoColumns, 1, 0, string.Join(", ", headers)));
            return new ParameterTable(name, []);
        }

        var seen = new HashSet<(Element, int?, Element, int?)>();
        var entries = new List<ParameterEntry>();
        foreach (ParameterTextRow row in rows)
        {
            if (ReadRow(row, columns, findings) is not { } entry)
                continue;
            if (!seen.Add((entry.Cation, entry.CationCharge, entry.Anion, entry.AnionCharge)))
                findings.Add(new Finding(TableFindings.RepeatedPair, row.Line, 0, Describe(row, columns)));
            entries.Add(entry);
        }

        return new ParameterTable(name, entries);
    }

    /// <summary>Reads the <c>_valence_param_*</c> loops of a CIF document, as in the accumulated table of the IUCr.</summary>
    /// <param name="name">What people call the table.</param>
    /// <param name="document">The document.</param>
    /// <param name="findings">Receives what is odd.</param>
    public static ParameterTable Read(string name, CifDocument document, ICollection<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(document);
        CifBlock? block = document.Blocks.FirstOrDefault(candidate => candidate.TryGetColumn(AtomTag, out _));
        if (block is null)
            return Read(name, [.. document.Blocks.SelectMany(candidate => candidate.Tags)], [], findings);
        block.TryGetColumn(AtomTag, out CifColumn atoms);
        var headers = new List<string>();
        var columns = new List<CifColumn>();
        foreach (string tag in block.Tags)
        {
            if (!block.TryGetColumn(tag, out CifColumn column) || column.LoopIndex != atoms.LoopIndex)
                continue;
            headers.Add(tag);
            columns.Add(column);
        }

        IEnumerable<ParameterTextRow> rows = Enumerable.Range(0, atoms.Count).Select(row =>
            new ParameterTextRow(atoms[row].Line, [.. columns.Select(column => column[row].IsMissing ? "" : column[row].Text)]));
        return Read(name, headers, rows, findings);
    }

    private static ParameterEntry? ReadRow(ParameterTextRow row, ParameterColumns columns, ICollection<Finding> findings)
    {
        string Field(int column) => column >= 0 && column < row.Fields.Count ? row.Fields[column].Trim() : "";
        (FindingCode? problem, Element cation, Element anion) = (null, default, default);
        (double r0, double softness) = (0, 0);
        (int? cationCharge, int? anionCharge) = (null, null);
        BondLaw law = BondLaw.Exponential;
        if (!TryReadElement(Field(columns.Cation), out cation) || !TryReadElement(Field(columns.Anion), out anion))
            problem = TableFindings.UnknownElement;
        else if (!TryParse(Field(columns.R0), out r0) || !TryParse(Field(columns.Softness), out softness)
            || !TryReadCharge(Field(columns.Cation), Field(columns.CationCharge), out cationCharge)
            || !TryReadCharge(Field(columns.Anion), Field(columns.AnionCharge), out anionCharge))
            problem = TableFindings.BadNumber;
        else if (r0 is not (> 0 and < 6) || softness is not (>= SmallestSoftness and <= LargestSoftness) || cationCharge is < -9 or > 9
            || anionCharge is < -9 or > 9)
            problem = TableFindings.OutOfRange;
        if (problem is null && !TryReadLaw(Field(columns.Law), out law))
            problem = TableFindings.UnknownLaw;
        bool isUnusual = law == BondLaw.Exponential && softness is < SmallestUsualSoftness or > LargestUsualSoftness;
        if ((problem ?? (isUnusual ? TableFindings.UnusualSoftness : null)) is { } found)
            findings.Add(new Finding(found, row.Line, 0, Describe(row, columns)));
        return problem is null
            ? new ParameterEntry(cation, cationCharge, anion, anionCharge, r0, softness, law,
                isUnusual || IsDoubtful(Field(columns.Source), Field(columns.Flags)))
            {
                R0ErrorAngstrom = Optional(Field(columns.More.R0Error)),
                SoftnessErrorAngstrom = Optional(Field(columns.More.SoftnessError)),
                Correlation = Optional(Field(columns.More.Correlation)),
                Groups = int.TryParse(Field(columns.More.Groups), NumberStyles.None, CultureInfo.InvariantCulture, out int groups)
                ? groups : null,
                Origin = Field(columns.More.Reference) is { Length: > 0 } reference
                ? reference : string.Join(", ", new[] { Field(columns.Source), Field(columns.Flags) }.Where(text => text.Length > 0)),
            }
            : null;
    }

    private static double? Optional(string text) => TryParse(text, out double value) ? value : null;

    private static string Describe(ParameterTextRow row, ParameterColumns columns) => string.Join(' ', new[]
    {
        columns.Cation, columns.CationCharge, columns.Anion, columns.AnionCharge, columns.R0, columns.Softness,
    }.Where(column => column >= 0 && column < row.Fields.Count).Select(column => row.Fields[column].Trim()));

    // Tables that do not name a law, all published ones, have the exponential one.
    private static bool TryReadLaw(string text, out BondLaw law)
    {
        law = BondLaw.Exponential;
        if (text.Length == 0)
            return true;
        int index = Array.FindIndex(Laws, known => SnakeCase.Of(known) == text);
        if (index >= 0)
            law = Laws[index];
        return index >= 0;
    }

    // What parameters.csv says of pairs that it does not vouch for.
    private static bool IsDoubtful(string source, string flags) =>
        source == "extrapolated" || flags.Split(';').Contains("at-bound");

    // An element, possibly with its charge. Tables list groups such as NH (ammonium), too, which must not pass for nihonium.
    private static bool TryReadElement(string symbol, out Element element)
    {
        string name = symbol.TrimEnd('+', '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return Element.TryParse(name, out element) && (element.Symbol == name || name == "D");
    }

    // The charge column, or a charge written with the element (Fe3+); neither, the number 9, or 0 (fits by element) leaves the state open.
    private static bool TryReadCharge(string symbol, string text, out int? charge)
    {
        charge = null;
        double? written = SiteSymbol.ChargeOfType(symbol);
        if (text.Length > 0)
        {
            if (!TryParse(Signed(text), out double value))
                return false;
            written = value;
        }

        if (written is null or 0 || Math.Abs(written.Value) == Unspecified)
            return true;
        bool isWhole = written.Value == Math.Round(written.Value) && Math.Abs(written.Value) < 100;
        charge = isWhole ? (int)written.Value : 100;
        return true;
    }

    // '2-' and '2+' as well as '-2' and '+2'.
    private static string Signed(string text) => text[^1] is '+' or '-' ? text[^1] + text[..^1] : text;

    private static bool TryParse(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
