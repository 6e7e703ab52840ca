using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Core.StructureFiles;

/// <summary>
/// One structure as simulation programs exchange it: atoms with Cartesian positions, with or without a cell, and what was computed for
/// them. Per-atom values lie in arrays, three numbers in a row for a vector. The arrays belong to the frame; nobody changes them.
/// </summary>
public sealed record AtomFrame
{
    /// <summary>Element of each atom.</summary>
    public required Element[] Species { get; init; }

    /// <summary>Positions x, y, z of each atom in turn, Å; not wrapped into the cell.</summary>
    public required double[] PositionsAngstrom { get; init; }

    /// <summary>Cell vectors, Å; null when there is no cell.</summary>
    public Basis? Cell { get; init; }

    /// <summary>Along which cell vectors the structure repeats.</summary>
    public Periodicity Periodicity { get; init; }

    /// <summary>Total energy, eV; null when it is not known.</summary>
    public double? EnergyElectronVolt { get; init; }

    /// <summary>Forces x, y, z on each atom in turn, eV/Å; null when they are not known.</summary>
    public double[]? ForcesElectronVoltPerAngstrom { get; init; }

    /// <summary>
    /// Stress xx, yy, zz, yz, xz, xy, eV/Å³, positive under tension (the virial is minus volume times stress); null when it is not known.
    /// </summary>
    public double[]? StressElectronVoltPerCubicAngstrom { get; init; }

    /// <summary>Other per-atom values, such as <c>occupancy</c> or <c>magmoms</c>, in the order of the file.</summary>
    public IReadOnlyList<FrameArray> Arrays { get; init; } = [];

    /// <summary>Other facts about the frame as text, such as <c>comment</c> or <c>free_energy</c>, in the order of the file.</summary>
    public IReadOnlyList<FrameProperty> Properties { get; init; } = [];

    /// <summary>Number of atoms.</summary>
    public int AtomCount => Species.Length;

    /// <summary>Position of one atom, Å.</summary>
    public Cartesian PositionOf(int atom)
        => new(PositionsAngstrom[3 * atom], PositionsAngstrom[3 * atom + 1], PositionsAngstrom[3 * atom + 2]);

    /// <summary>The text of a property; null when the frame has none of this name.</summary>
    public string? Property(string name)
    {
        foreach (FrameProperty property in Properties)
        {
            if (property.Name == name)
                return property.Text;
        }

        return null;
    }

    /// <summary>The per-atom values of this name and type; null when the frame has none.</summary>
    public FrameArray<T>? Array<T>(string name) where T : notnull
        => Arrays.OfType<FrameArray<T>>().FirstOrDefault(array => array.Name == name);
}

/// <summary>A fact about a frame, kept as it was written so that it is written the same again.</summary>
/// <param name="Name">Name, such as <c>free_energy</c>.</param>
/// <param name="Text">Value, without the quotes around it.</param>
public readonly record struct FrameProperty(string Name, string Text);
