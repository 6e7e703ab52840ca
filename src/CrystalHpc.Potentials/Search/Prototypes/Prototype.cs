using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;

namespace CrystalHpc.Potentials.Search.Prototypes;

/// <summary>A structure type: a crystal whose elements stand for any others.</summary>
/// <param name="Name">Its name, such as <c>L1_2</c>.</param>
/// <param name="Frame">A crystal of the type.</param>
internal sealed record Prototype(string Name, AtomFrame Frame)
{
    /// <summary>The elements that stand for others, in the order of their atoms.</summary>
    public Element[] Kinds { get; } = [.. Frame.Species.Distinct()];
}
