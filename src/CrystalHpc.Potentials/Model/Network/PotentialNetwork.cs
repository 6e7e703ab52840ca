using CrystalHpc.Learning.Layers;
using CrystalHpc.Potentials.Model.Descriptors;

namespace CrystalHpc.Potentials.Model.Network;

/// <summary>The networks of all elements, whose parameters lie end to end in the order of the elements.</summary>
public sealed class PotentialNetwork
{
    /// <summary>Networks for a set of functions.</summary>
    /// <param name="set">The functions.</param>
    /// <param name="hidden">Widths of the hidden layers, the same for all elements.</param>
    public PotentialNetwork(FunctionSet set, IReadOnlyList<int> hidden)
    {
        ArgumentNullException.ThrowIfNull(set);
        Elements = [.. Enumerable.Range(0, set.Elements.Count)
            .Select(i => new ElementNetwork(set.Elements[i].Symbol, set.FunctionsOf(i).Count, hidden))];
        Hidden = hidden;
    }

    /// <summary>The network of each element.</summary>
    public IReadOnlyList<ElementNetwork> Elements { get; }

    /// <summary>Widths of the hidden layers.</summary>
    public IReadOnlyList<int> Hidden { get; }

    /// <summary>All parameters.</summary>
    public IReadOnlyList<Parameter<double>> Parameters => [.. Elements.SelectMany(element => element.Parameters)];
}
