namespace CrystalHpc.Core.StructureFiles;

/// <summary>What the caller knows about a file that the file itself does not say.</summary>
public sealed record FrameReaderOptions
{
    /// <summary>Å and eV for formats that have a convention; formats without one are refused.</summary>
    public static FrameReaderOptions Default { get; } = new();

    /// <summary>
    /// Units of (extended) XYZ and of <c>input.data</c>. Null: Å, eV and eV/Å³ for XYZ, as ASE has them; <c>input.data</c> has no
    /// convention and is refused. Other formats fix their units.
    /// </summary>
    public FrameUnits? Units { get; init; }

    /// <summary>Name of the energy in extended XYZ; null: <c>energy</c>.</summary>
    public string? EnergyKey { get; init; }

    /// <summary>Name of the column of forces in extended XYZ; null: <c>forces</c> or <c>force</c>.</summary>
    public string? ForcesKey { get; init; }

    /// <summary>Name of the stress in extended XYZ; null: <c>stress</c>.</summary>
    public string? StressKey { get; init; }

    /// <summary>Name of the virial in extended XYZ; null: <c>virial</c> or <c>virials</c>.</summary>
    public string? VirialKey { get; init; }

    /// <summary>Elements of the counts of a POSCAR file of VASP 4, which names none; null: its comment must name them.</summary>
    public IReadOnlyList<Elements.Element>? PoscarSpecies { get; init; }
}
