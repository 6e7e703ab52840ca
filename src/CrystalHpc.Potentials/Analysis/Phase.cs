using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;

namespace CrystalHpc.Potentials.Analysis;

/// <summary>A structure among others of its elements.</summary>
/// <param name="Id">What it is called.</param>
/// <param name="Frame">The structure.</param>
/// <param name="Enthalpy">Its enthalpy, eV.</param>
/// <param name="Origin">How it was made.</param>
internal sealed record Phase(string Id, AtomFrame Frame, double Enthalpy, string Origin)
{
    // Nearer to the hull than this is rounding, eV an atom.
    private const double OnHullElectronVolt = 1e-6;

    /// <summary>Formation enthalpy from the elements, eV an atom; null where an element has no structure of its own.</summary>
    public double? Formation { get; init; }

    /// <summary>Height above the hull, eV an atom; null where there is none.</summary>
    public double? AboveHull { get; init; }

    /// <summary>True for a structure on the hull.</summary>
    public bool IsOnHull => AboveHull < OnHullElectronVolt;

    /// <summary>Symbol of the space group, or of nothing for particles.</summary>
    public string SpaceGroup { get; init; } = "";

    /// <summary>Number of the space group; null for particles.</summary>
    public int? SpaceGroupNumber { get; init; }

    /// <summary>Structure type; empty: none that is known.</summary>
    public string Type { get; init; } = "";

    /// <summary>Rms distance of the atoms from their places in the type, A.</summary>
    public double? DistanceAngstrom { get; init; }

    /// <summary>Enthalpy, eV an atom.</summary>
    public double EnthalpyAnAtom => Enthalpy / Frame.AtomCount;

    /// <summary>Formula: reduced for crystals, whole for particles.</summary>
    public string Formula => FormulaOf(Frame);

    /// <summary>Formula of a structure: reduced for crystals, whole for particles.</summary>
    public static string FormulaOf(AtomFrame frame)
    {
        (Element Element, int Count)[] counts =
            [.. frame.Species.GroupBy(species => species).OrderBy(group => group.Key).Select(group => (group.Key, group.Count()))];
        int divisor = frame.Cell is null ? 1 : counts.Select(entry => entry.Count).Aggregate(Gcd);
        return string.Concat(counts.Select(entry =>
            entry.Element.Symbol + (entry.Count == divisor ? "" : FormattableString.Invariant($"{entry.Count / divisor}"))));
    }

    private static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);
}
