using CrystalHpc.Core.Elements;
using CrystalHpc.Core.OxidationStates;

namespace CrystalHpc.Generation.Prediction.Comparison;

/// <summary>
/// Whether a composition can be a compound, by the two rules of SMACT as published comparisons use them (D. W. Davies and others, J. Open
/// Source Softw. 4 (2019) 1361): some choice of one state for each element is neutral, and in it every cation is less electronegative than
/// every anion (Pauling). Elements and alloys of metals pass. The states are those that are common here, not SMACT's list, which has many
/// more: far fewer compositions pass.
/// </summary>
public static class CompositionValidity
{
    private static readonly HashSet<Element> Nonmetals = [.. "H B C N O F Si P S Cl Ge As Se Br Sb Te I He Ne Ar Kr Xe Rn".Split(' ')
        .Select(Element.Of)];

    /// <summary>True when the composition passes.</summary>
    /// <param name="atoms">Atoms of each element.</param>
    public static bool IsValid(IReadOnlyDictionary<Element, int> atoms)
    {
        ArgumentNullException.ThrowIfNull(atoms);
        (Element Element, int Count)[] parts = [.. atoms.Select(pair => (pair.Key, pair.Value))];
        return parts.Length == 1 || !parts.Any(part => Nonmetals.Contains(part.Element)) || IsNeutral(parts, 0, new int[parts.Length], 0);
    }

    private static bool IsNeutral((Element Element, int Count)[] parts, int next, int[] states, int charge)
    {
        if (next == parts.Length)
            return charge == 0 && FollowsPauling(parts, states);
        foreach (int state in StatesOf(parts[next].Element))
        {
            states[next] = state;
            if (IsNeutral(parts, next + 1, states, charge + state * parts[next].Count))
                return true;
        }

        return false;
    }

    private static bool FollowsPauling((Element Element, int Count)[] parts, int[] states)
    {
        double[] values = [.. parts.Select(part => ElementData.ElectronegativityPauling(part.Element))];
        double cations = Enumerable.Range(0, parts.Length).Where(i => states[i] > 0).Select(i => values[i]).DefaultIfEmpty(double.NaN)
            .Max();
        double anions = Enumerable.Range(0, parts.Length).Where(i => states[i] < 0).Select(i => values[i]).DefaultIfEmpty(double.NaN).Min();
        return !values.Any(double.IsNaN) && cations <= anions;
    }

    // An octet is eight electrons; hydrogen takes one.
    private static IEnumerable<int> StatesOf(Element element)
    {
        int[] positive = CommonOxidationStates.Of(element).ToArray();
        int? negative = element.Symbol == "H" ? -1 : Nonmetals.Contains(element)
            && ElementData.Group(element) is >= 14 and <= 17 and int group ? group - 18 : null;
        return negative is { } state ? positive.Append(state) : positive;
    }
}
