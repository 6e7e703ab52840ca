using System.CommandLine;
using System.CommandLine.Parsing;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.OxidationStates;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Structures;

namespace CrystalHpc.BondValence.Commands;

/// <summary>The option that gives oxidation states to sites.</summary>
internal static class StateArgument
{
    /// <summary><c>--oxidation Fe1=3,Fe2=2,O=-2</c>.</summary>
    public static Option<IReadOnlyList<GivenState>> Option() => new("--oxidation")
    {
        Description = "Oxidation states by label of a site or symbol of an element, such as Fe1=3,Fe2=2; they win over all others.",
        HelpName = "SITE=STATE,...",
        CustomParser = Parse,
    };

    /// <summary>Holds that every name is that of a site or an element of the file.</summary>
    /// <exception cref="UserException">One is not.</exception>
    public static void RequireKnown(IReadOnlyList<GivenState> given, IReadOnlyList<StructureOutcome> outcomes)
    {
        CrystalStructure[] structures = [.. outcomes.Select(outcome => outcome.Structure).OfType<CrystalStructure>()];
        string[] known = [.. structures.SelectMany(structure => structure.Sites)
            .SelectMany(site => new[] { site.Label, site.Element.Symbol }).Distinct()];
        foreach (GivenState state in given.Where(state => structures.Length > 0 && !known.Contains(state.Site)))
            throw UserException.Unusable(
                $"there is no site or element '{state.Site}'{Spelling.Suggest(state.Site, known)}; known: {string.Join(", ", known)}");
    }

    private static List<GivenState> Parse(ArgumentResult result)
    {
        var given = new List<GivenState>();
        foreach (string part in result.Tokens[0].Value.Split(',', StringSplitOptions.TrimEntries))
        {
            int equal = part.LastIndexOf('=');
            if (equal > 0 && StateSidecar.TryReadCharge(part[(equal + 1)..].Trim(), out int charge))
                given.Add(new GivenState(part[..equal].Trim(), charge));
            else
                result.AddError($"'{part}' gives no oxidation state: SITE=STATE with a whole state from 1 to {GivenState.LargestCharge} "
                    + $"and its sign, such as Fe1=3 or O=-2");
        }

        return given;
    }
}
