using System.Globalization;
using System.Text;
using CrystalHpc.Core.Findings;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Terminals;

namespace CrystalHpc.Engine.Structures;

/// <summary>What <c>inspect</c> prints for people.</summary>
public static class InspectionText
{
    private const int MostLineCharacters = 110;

    /// <summary>Prints which file it is.</summary>
    public static void PrintFile(TerminalWriter output, string file, byte[] bytes) =>
        output.WriteLine($"{PlainText.Of(file)}  ({bytes.Length.ToString("N0", CultureInfo.InvariantCulture)} bytes)");

    /// <summary>Prints a structure of the file with its findings.</summary>
    public static void PrintStructure(TerminalWriter output, byte[] bytes, StructureOutcome outcome, Inspection inspection)
    {
        output.WriteLine();
        PrintStructure(output, inspection);
        foreach (Finding finding in outcome.Findings)
            PrintFinding(output, bytes, finding);
    }

    private static void PrintStructure(TerminalWriter output, Inspection inspection)
    {
        output.Write(TextColor.Strong, PlainText.Of($"{inspection.StructureId}  {inspection.Formula}  {inspection.SpaceGroup}"));
        output.WriteLine();
        if (inspection.Cell is { } cell)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  cell     a {cell.A:0.####}  b {cell.B:0.####}  c {cell.C:0.####} A   alpha {cell.Alpha:0.###}  beta {cell.Beta:0.###}  "
                + $"gamma {cell.Gamma:0.###}   volume {cell.VolumeA3:0.##} A3"));
        }

        string reasons = inspection.ReasonCodes.Count > 0 ? ": " + string.Join(", ", inspection.ReasonCodes) : "";
        output.Write("  verdict  ");
        output.Write(inspection.Verdict == StructureOutcome.Accepted ? TextColor.Good : TextColor.Bad, $"{inspection.Verdict}{reasons}");
        output.WriteLine();
        if (inspection.Cell is not null)
            output.WriteLine($"  oxidation states from: {inspection.OxidationSource}");
        foreach (InspectedSite site in inspection.Sites)
        {
            string state = site.Oxidation is { } charge ? charge.ToString("+0.##;-0.##;0", CultureInfo.InvariantCulture) : "?";
            string occupancy = site.Occupancy < 1 ? string.Create(CultureInfo.InvariantCulture, $" occ {site.Occupancy:0.###}") : "";
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {PlainText.Of(site.Label),-8} {site.Element,-2} {state,3}  x{site.Multiplicity,-3} {site.X,8:0.00000} "
                + $"{site.Y,8:0.00000} {site.Z,8:0.00000}{occupancy}{Neighbors(site)}"));
            foreach (InspectedShell shell in site.Shells ?? [])
                output.WriteLine($"      {shell.Definition,-16} {Describe(shell.Neighbors)}");
        }
    }

    // Shells below say it by definition, the configured one among them if it was asked for.
    private static string Neighbors(InspectedSite site) =>
        site.Neighbors is null || site.Shells is not null ? "" : "  " + Describe(site.Neighbors);

    private static string Describe(IReadOnlyList<InspectedNeighbor> neighbors)
    {
        IEnumerable<string> groups = neighbors
            .GroupBy(neighbor => neighbor.Element)
            .Select(group => $"{group.Key} "
                + $"{string.Join(' ', group.GroupBy(neighbor => Math.Round(neighbor.DistanceA, 3)).Select(Distance))}");
        return string.Create(CultureInfo.InvariantCulture, $"CN {neighbors.Count}: {string.Join("  ", groups)}");
    }

    private static string Distance(IGrouping<double, InspectedNeighbor> equal)
    {
        string distance = equal.Key.ToString("0.000", CultureInfo.InvariantCulture);
        return equal.Count() == 1 ? distance : string.Create(CultureInfo.InvariantCulture, $"{distance}(x{equal.Count()})");
    }

    private static void PrintFinding(TerminalWriter output, byte[] bytes, Finding finding)
    {
        string text = VerdictPrinter.Describe(finding);
        output.Write("  ");
        if (finding.Code.Severity == FindingSeverity.Note)
            output.Write(text);
        else
            output.Write(finding.Code.Severity == FindingSeverity.Error ? TextColor.Bad : TextColor.Doubtful, text);
        output.WriteLine();
        if (finding.Line == 0 || finding.Column == 0)
            return;
        string line = LineOf(bytes, finding.Line);
        int column = Math.Min(finding.Column - 1, line.Length);
        int start = Math.Max(0, column - MostLineCharacters + 20);
        string shown = line[start..Math.Min(line.Length, start + MostLineCharacters)];
        output.WriteLine($"    | {shown}");
        output.WriteLine($"    | {new string(' ', column - start)}^");
    }

    // Columns count bytes; Latin-1 keeps one character for each. Control characters would disturb the terminal.
    private static string LineOf(byte[] bytes, int line)
    {
        ReadOnlySpan<byte> rest = bytes;
        for (int i = 1; i < line; i++)
        {
            int end = rest.IndexOfAny((byte)'\n', (byte)'\r');
            if (end < 0)
                return "";
            bool isPair = rest[end] == '\r' && end + 1 < rest.Length && rest[end + 1] == '\n';
            rest = rest[(end + (isPair ? 2 : 1))..];
        }

        int length = rest.IndexOfAny((byte)'\n', (byte)'\r');
        string text = Encoding.Latin1.GetString(length < 0 ? rest : rest[..length]);
        return string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));
    }
}
