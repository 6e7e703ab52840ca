using System.Globalization;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Engine.Terminals;

namespace CrystalHpc.BondValence.Commands;

/// <summary>The valence sums of a structure as text.</summary>
internal static class ValenceText
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>Prints the sums with what they should be, the indices, and what is odd.</summary>
    public static void Print(TerminalWriter output, StructureValences valences)
    {
        output.WriteLine();
        output.WriteLine($"  bond valences by {PlainText.Of(valences.Table)}");
        output.WriteLine($"    {"site",-8} {"ion",-5} {"bonds",5} {"sum",8} {"minus state",12}");
        foreach (SiteValence site in valences.Sites)
        {
            string sum = site.Sum is { } value ? string.Create(Invariant, $"{value,8:0.000} {site.Deviation,12:+0.000;-0.000;0.000}")
                : $"{"-",8} {"",12}";
            output.Write(string.Create(Invariant, $"    {PlainText.Of(site.Label),-8} {site.Ion,-5} {site.Bonds,5} {sum}"));
            output.Write(TextColor.Doubtful, Remarks(site));
            output.WriteLine();
        }

        if (valences.Gii is { } gii)
            output.WriteLine(string.Create(Invariant,
                $"    global instability index {gii:0.000} "
                + $"v.u.{(valences.Bsi is { } bsi ? string.Create(Invariant, $", bond strain index {bsi:0.000} v.u.") : "")}"));
    }

    /// <summary>
    /// Prints the bonds, each with the parameters that its valence follows from; standard errors in parentheses, in units of the last
    /// digit.
    /// </summary>
    public static void PrintBonds(TerminalWriter output, StructureValences valences)
    {
        if (valences.Bonds.Count == 0)
            return;
        string[][] rows = [.. valences.Bonds.Select(Fields).Prepend(["bond", "", "A", "valence", "r0 (A)", "B (A)", "from"])];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        output.WriteLine();
        foreach (string[] row in rows)
            output.WriteLine($"    {string.Join("  ", row.Select((field, column) => field.PadRight(widths[column])))}".TrimEnd());
    }

    private static string[] Fields(SiteBonds bond)
    {
        string[] ends = [$"{PlainText.Of(bond.Cation.Label)}-{PlainText.Of(bond.Anion.Label)}", $"x{bond.Count}",
            bond.DistanceAngstrom.ToString("0.000", Invariant)];
        return bond.Known is not { } known ? [.. ends, "-", "", "", "the table lacks the pair"] :
        [
            .. ends, ErrorNotation.Of(known.ValenceVu, known.ValenceErrorVu, 3),
            ErrorNotation.Of(known.R0Angstrom, known.R0ErrorAngstrom, 4),
            ErrorNotation.Of(known.SoftnessAngstrom, known.SoftnessErrorAngstrom, 4), PlainText.Of(known.Source),
        ];
    }

    private static string Remarks(SiteValence site)
    {
        string remarks = site.Sum is null ? "  the table lacks one of its bonds"
            : site.IsWrong ? "  far from its state: another state, missing atoms, or a wrong bond"
            : !site.IsComplete ? "  may lack bonds"
            : "";
        if (site.IsDoubtful)
            remarks += "  (by parameters that the table doubts)";
        if (site.OtherStates.Count > 0 && site.Deviation is { } deviation)
        {
            (var ion, double sum) = site.OtherStates.MinBy(other => Math.Abs(other.Sum - other.Ion.Charge));
            if (Math.Abs(sum - ion.Charge) < Math.Abs(deviation))
                remarks += string.Create(Invariant, $"  as {ion}: {sum:0.000}");
        }

        return remarks;
    }
}
