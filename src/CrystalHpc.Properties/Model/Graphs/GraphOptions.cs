using System.ComponentModel.DataAnnotations;

namespace CrystalHpc.Properties.Model;

/// <summary>What a graph holds of a crystal.</summary>
/// <param name="Neighbors">Neighbors of an atom, at least, where there are so many within 8 A; the shell of the last is completed.</param>
/// <param name="Angles">Angles between the bonds of each atom as well.</param>
/// <param name="AverageDisorder">Elements that share a place are averaged by their occupancies; otherwise disordered structures have no
/// graph.</param>
public sealed record GraphOptions([property: Range(1, 64)] int Neighbors, bool Angles, bool AverageDisorder)
{
    /// <summary>Twelve neighbors, distances alone, ordered structures.</summary>
    public static GraphOptions Default { get; } = new(Neighbors: 12, Angles: false, AverageDisorder: false);

    /// <summary>The same, where disorder is averaged as well if that is wanted.</summary>
    public GraphOptions Averaged(bool isWanted) => this with { AverageDisorder = AverageDisorder || isWanted };

    /// <summary>True when graphs of the other kind serve as well: disorder matters only to what has a graph.</summary>
    public bool IsLike(GraphOptions other) => this with { AverageDisorder = false } == other with { AverageDisorder = false };
}
