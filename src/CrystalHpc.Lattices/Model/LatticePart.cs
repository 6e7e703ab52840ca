namespace CrystalHpc.Lattices.Model;

/// <summary>A part of the recipe that a study leaves out, to see what it brings.</summary>
public enum LatticePart
{
    /// <summary>Nothing is left out.</summary>
    None,

    /// <summary>The memory: no neighbors at all.</summary>
    Memory,

    /// <summary>Neighbors of other amounts.</summary>
    OtherAmounts,

    /// <summary>Learning of the distance of elements: it stays where it starts.</summary>
    LearnedDistance,

    /// <summary>Features of the formula.</summary>
    Features,

    /// <summary>Learned points of elements and amounts.</summary>
    Slots,

    /// <summary>Noise of the features in training.</summary>
    Noise,

    /// <summary>Forgetting of neighbors in training.</summary>
    Forgetting,
}
