using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Formulas;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Properties.Model;

namespace CrystalHpc.Properties.Data;

/// <summary>A crystal as models see it.</summary>
/// <param name="Id">What it is called.</param>
/// <param name="Key">Reduced formula, by which tables are split.</param>
/// <param name="Graph">Its structure; null where the formula alone is known.</param>
/// <param name="Formula">Its formula as a graph, see <see cref="FormulaGraph"/>; null where elements share places.</param>
public sealed record Crystal(string Id, string Key, CrystalGraph? Graph, CrystalGraph? Formula)
{
    /// <summary>The graph that a kind of model takes.</summary>
    public CrystalGraph? GraphOf(PropertyInput input) => input == PropertyInput.Formula ? Formula : Graph;

    /// <summary>A crystal whose structure is known.</summary>
    public static Crystal Of(string id, CrystalGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        string text = string.Concat(AmountsOf(graph).Select(
            pair => FormattableString.Invariant($"{new Element((byte)(pair.Key + 1)).Symbol}{pair.Value:0.###}")));
        return Composition.TryParse(text, out Formula? formula, out Composition? composition, out _)
            ? new Crystal(id, formula.ReducedKey, graph, graph.Shared.Count == 0 ? FormulaGraph.Of(composition) : null)
            : new Crystal(id, text, graph, null);
    }

    /// <summary>A crystal of which the formula is known; null when it is none.</summary>
    public static Crystal? Of(string id, string formula, out Finding? problem) =>
        Composition.TryParse(formula, out Formula? parsed, out Composition? composition, out problem)
            ? new Crystal(id, parsed.ReducedKey, null, FormulaGraph.Of(composition)) : null;

    // Atoms of each element; of places that elements share, their occupancies.
    private static SortedDictionary<byte, double> AmountsOf(CrystalGraph graph)
    {
        var amounts = new SortedDictionary<byte, double>();
        var shared = graph.Shared.Select(place => place.Atom).ToHashSet();
        foreach ((int atom, byte element) in graph.Elements.Index())
        {
            if (!shared.Contains(atom))
                amounts[element] = amounts.GetValueOrDefault(element) + 1;
        }

        foreach (Occupant occupant in graph.Shared.SelectMany(place => place.Occupants))
            amounts[occupant.Element] = amounts.GetValueOrDefault(occupant.Element) + occupant.Share;
        return amounts;
    }
}
