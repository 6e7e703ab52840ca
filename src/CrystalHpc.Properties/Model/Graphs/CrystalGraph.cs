namespace CrystalHpc.Properties.Model;

/// <summary>
/// A crystal as a graph of its atoms and bonds. Neighbors that are images of one atom at one distance are one bond with a multiplicity:
/// nothing that sums over neighbors can tell them apart, and symmetric crystals have several times fewer bonds than neighbors. Where angles
/// are known, each neighbor is a bond of its own.
/// </summary>
/// <param name="Elements">Atomic number less one of each atom; of places that elements share, the most frequent.</param>
/// <param name="Bonds">Bonds between atoms.</param>
public sealed record CrystalGraph(byte[] Elements, GraphLinks Bonds)
{
    /// <summary>Angles between the bonds of each atom, from bond to bond; null where they are not wanted.</summary>
    public GraphLinks? Angles { get; init; }

    /// <summary>Places that elements share, or that are partly empty, by atom.</summary>
    public IReadOnlyList<SharedPlace> Shared { get; init; } = [];

    /// <summary>Numbers that describe the whole; none where the atoms say all.</summary>
    public float[] Features { get; init; } = [];

    /// <summary>Number of atoms.</summary>
    public int Atoms => Elements.Length;

    /// <summary>All elements that occur, each as often as it does, by atomic number less one.</summary>
    public IEnumerable<byte> Contents => Elements.Concat(Shared.SelectMany(place => place.Occupants.Select(occupant => occupant.Element)));
}

/// <summary>A place of a disordered crystal.</summary>
/// <param name="Atom">Number of the place among the atoms.</param>
/// <param name="Occupants">What stands there.</param>
public sealed record SharedPlace(int Atom, IReadOnlyList<Occupant> Occupants)
{
    /// <summary>How much of the place is taken, 0 to 1.</summary>
    public double Occupancy => Occupants.Sum(occupant => occupant.Share);
}

/// <summary>An element at a place.</summary>
/// <param name="Element">Atomic number less one.</param>
/// <param name="Share">Its occupancy.</param>
public readonly record struct Occupant(byte Element, double Share);
