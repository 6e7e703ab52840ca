using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Formulas;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Properties.Model;

namespace CrystalHpc.Properties.Data;

/// <summary>A crystal as models see it.</summary>
/// <param name="Id">What it is called.</param>
/// <param name="Key">Reduced formula, by which tables are split.</param>
/// <param name="Graph">Its structure; null where the formula alone is known.</param>
/// <param name="Formula">Its formula as a graph, see <see cref="FormulaGraph"/>.</param>
public sealed record Crystal(string Id, string Key, CrystalGraph? Graph, CrystalGraph Formula)
{
    /// <summary>The graph that a kind of model takes.</summary>
    public CrystalGraph? GraphOf(PropertyInput input) => input == PropertyInput.Formula ? Formula : Graph;

    /// <summary>A crystal of a structure; null when it has no graph.</summary>
    public static Crystal? Of(string id, CrystalStructure structure, out Finding? problem)
    {
        ArgumentNullException.ThrowIfNull(structure);
        string text = string.Concat(structure.SiteOfAtom.ToArray().CountBy(site => structure.Sites[site].Element).OrderBy(pair => pair.Key)
            .Select(pair => FormattableString.Invariant($"{pair.Key.Symbol}{pair.Value}")));
        return GraphBuilder.TryCreate(structure, out problem) is { } graph && Of(id, text, out problem) is { } crystal
            ? crystal with { Graph = graph } : null;
    }

    /// <summary>A crystal of which the formula is known; null when it is none.</summary>
    public static Crystal? Of(string id, string formula, out Finding? problem)
    {
        problem = null;
        if (!Core.Formulas.Formula.TryParse(formula, out Formula? parsed, out FormulaRefusal? refusal))
            problem = refusal.ToFinding();
        else if (Composition.TryCreate(parsed, out Composition? composition, out problem))
            return new Crystal(id, parsed.ReducedKey, null, FormulaGraph.Of(composition));
        return null;
    }
}
