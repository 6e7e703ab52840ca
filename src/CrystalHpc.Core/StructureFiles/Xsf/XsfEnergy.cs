using System.Text.RegularExpressions;

namespace CrystalHpc.Core.StructureFiles;

/// <summary>The energy of an XSF file for aenet, which stands in a comment: <c># total energy = -11.9 eV</c>.</summary>
internal static partial class XsfEnergy
{
    /// <summary>Reads the energy when the comment holds one; false when the frame is refused.</summary>
    public static bool TryRead(ReadOnlySpan<char> comment, FrameDraft draft, int line)
    {
        string text = comment.ToString();
        if (!text.Contains("total", StringComparison.OrdinalIgnoreCase) || !text.Contains("energy", StringComparison.OrdinalIgnoreCase))
            return true;
        Match match = Pattern().Match(text);
        if (!match.Success)
        {
            draft.Note(StructureFileFindings.ValueIgnored, line, $"the comment '{FrameText.Beginning(comment)}' is not read as an energy");
            return true;
        }

        string number = match.Groups["value"].Value, unit = match.Groups["unit"].Value;
        if (!NumberText.TryParseFinite(number, out double energy))
            return draft.Refuse(StructureFileFindings.Number, line, $"the total energy '{number}' is not a number");
        if (unit.Length == 0)
            draft.Note(StructureFileFindings.UnitAssumed, line, $"the total energy has no unit; eV is taken");
        else if (!unit.Equals("eV", StringComparison.OrdinalIgnoreCase))
            return draft.Refuse(StructureFileFindings.Unit, line, $"the total energy stands in {unit}; aenet's files have eV");
        if (draft.Energy is { } before && before != energy)
            return draft.Refuse(StructureFileFindings.Duplicate, line, $"two total energies: {before} and {energy} eV");
        draft.Energy = energy;
        return true;
    }

    [GeneratedRegex(@"^\s*#+\s*total\s+energy\s*[=:]?\s*(?<value>nan|[-+]?inf(?:inity)?|[-+0-9.]+(?:[ed][-+]?[0-9]+)?|"
        + @"[^\s=:]\S*)\s*(?<unit>[a-z][a-z/]*)?\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
