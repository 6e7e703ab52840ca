using CrystalHpc.Core.Elements;
using CrystalHpc.Potentials.Model.Descriptors;

namespace CrystalHpc.Potentials.Training.Strata;

/// <summary>
/// Elements that occur together, by atomic number: what a stratum trains a potential of, and what a symmetry function is about.
/// </summary>
internal sealed record ElementGroup : IComparable<ElementGroup>
{
    private ElementGroup(Element[] elements) => (Elements, Name) = (elements, string.Join('-', elements));

    /// <summary>The elements by atomic number.</summary>
    public IReadOnlyList<Element> Elements { get; }

    /// <summary>Such as <c>Cu-Pd-Ag</c>; two groups of the same name are equal.</summary>
    public string Name { get; }

    /// <summary>The group of some elements, which may occur several times.</summary>
    public static ElementGroup Of(IEnumerable<Element> elements) => new([.. elements.Distinct().Order()]);

    /// <summary>
    /// The elements that a function of atoms of an element is about: the atom's own and those of the neighbors. No more than three.
    /// </summary>
    public static ElementGroup Of(Element center, SymmetryFunction function) => Of([center, function.First, function.Second ?? center]);

    /// <inheritdoc/>
    public bool Equals(ElementGroup? other) => other?.Name == Name;

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <summary>Fewer elements first, then by atomic numbers.</summary>
    public int CompareTo(ElementGroup? other)
    {
        int order = Elements.Count.CompareTo(other!.Elements.Count);
        for (int i = 0; i < Elements.Count && order == 0; i++)
            order = Elements[i].CompareTo(other.Elements[i]);
        return order;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
