using CrystalHpc.Core.Elements;

namespace CrystalHpc.Core.Crystals;

/// <summary>One row of the atom list: a symmetry-distinct site as the file gives it.</summary>
public sealed record AtomSite
{
    /// <summary>Label in the file, such as <c>Si1</c>.</summary>
    public required string Label { get; init; }

    /// <summary>Element on the site.</summary>
    public required Element Element { get; init; }

    /// <summary>Type symbol as written (<c>_atom_site_type_symbol</c>), such as <c>Fe3+</c>; empty when there is none.</summary>
    public string TypeSymbol { get; init; } = "";

    /// <summary>Oxidation state in units of e; null when unknown.</summary>
    public double? Charge { get; init; }

    /// <summary>Position in fractions of the cell edges, as given.</summary>
    public required Fractional Position { get; init; }

    /// <summary>
    /// Unit of the last digit of the coarsest coordinate, in fractions of an edge: 0.001 for x = 0.123; 0 when all are exact.
    /// </summary>
    public double PositionResolution { get; init; }

    /// <summary>Occupancy, 1 when not given.</summary>
    public double Occupancy { get; init; } = 1;

    /// <summary>Disorder group as written; empty for ordered sites.</summary>
    public string DisorderGroup { get; init; } = "";

    /// <summary>Disorder assembly as written: the groups of one assembly are alternatives; empty when not given.</summary>
    public string DisorderAssembly { get; init; } = "";

    /// <summary>Hydrogen atoms attached to the site without coordinates of their own (<c>_atom_site_attached_hydrogens</c>).</summary>
    public int AttachedHydrogens { get; init; }

    /// <summary>Line of the row in the file, from 1; 0 when the site does not come from a file.</summary>
    public int Line { get; init; }
}
