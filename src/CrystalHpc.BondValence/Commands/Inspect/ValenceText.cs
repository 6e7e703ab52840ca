using System.Globalization;
using CrystalHpc.Core.Findings;
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
            string sum = site.Sum is { } value ? string.Create(Invariant, $"{value,8:0.000} {site.Deviation,12:+0.000;-0.000;0.000}") : $"{"-",8} {"",12}";
            output.Write(string.Create(Invariant, $"    {PlainText.Of(site.Label),-8} {site.Ion,-5} {site.Bonds,5} {sum}"));
            output.Write(TextColor.Doubtful, Remarks(site));
            output.WriteLine();
        }

        if (valences.Gii is { } gii)
            output.WriteLine(string.Create(Invariant, $"    global instability index {gii:0.000} v.u.{(valences.Bsi is { } bsi ? string.Create(Invariant, $", bond strain index {bsi:0.000} v.u.") : "")}"));
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
