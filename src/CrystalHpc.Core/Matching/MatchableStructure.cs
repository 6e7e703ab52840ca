using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Core.Matching;

/// <summary>A structure made ready for comparison: its primitive cell, reduced after Niggli, its atoms sorted by kind.</summary>
public sealed class MatchableStructure
{
    // As wide as that of pymatgen's primitive cells: small displacements do not keep a cell from being a supercell.
    private const double WidestAngstrom = 0.25;
    private const double NarrowestAngstrom = 1e-3;
    private const double Narrowing = 0.5;

    private readonly Fractional[] _positions;
    private readonly int[] _kinds;
    private readonly int[] _starts;

    private MatchableStructure(Basis basis, Fractional[] positions, int[] kinds, int[] starts) =>
        (Basis, _positions, _kinds, _starts) = (basis, positions, kinds, starts);

    /// <summary>Prepares a structure; null when it has no atoms.</summary>
    public static MatchableStructure? Of(AtomicCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        if (cell.Count == 0)
            return null;
        (Basis given, Fractional[] positions, int[] kinds) = Primitive(cell);
        Basis reduced = NiggliReduction.Reduce(given), reciprocal = reduced.Reciprocal;
        int[] order = [.. Enumerable.Range(0, kinds.Length).OrderBy(atom => kinds[atom])];
        int[] distinct = [.. kinds.Distinct().Order()];
        int[] starts = [.. distinct.Select(kind => kinds.Count(other => other < kind)), kinds.Length];
        return new MatchableStructure(reduced, [.. order.Select(atom => reciprocal.Project(given.ToCartesian(positions[atom])))], distinct,
            starts);
    }

    /// <summary>Number of atoms in the primitive cell.</summary>
    public int Count => _positions.Length;

    /// <summary>The kinds of its atoms, ascending.</summary>
    public ReadOnlySpan<int> Kinds => _kinds;

    /// <summary>Cell vectors, Å.</summary>
    internal Basis Basis { get; }

    /// <summary>Positions in fractions of the cell vectors, kind by kind.</summary>
    internal ReadOnlySpan<Fractional> Positions => _positions;

    /// <summary>First atom of a kind, by its place in <see cref="Kinds"/>; one more than the kinds.</summary>
    internal ReadOnlySpan<int> Starts => _starts;

    /// <summary>Number of atoms of a kind, by its place in <see cref="Kinds"/>.</summary>
    internal int CountOf(int kind) => _starts[kind + 1] - _starts[kind];

    private static (Basis Basis, Fractional[] Positions, int[] Kinds) Primitive(AtomicCell cell)
    {
        var search = new PrimitiveSearch();
        double closest = search.Load(cell, WidestAngstrom);
        for (double tolerance = WidestAngstrom; tolerance > NarrowestAngstrom; tolerance *= Narrowing)
        {
            if (tolerance > closest || !search.TryFind(tolerance))
                continue;
            int[] kinds = new int[search.Count];
            for (int atom = 0; atom < cell.Count; atom++)
                kinds[search.PrimitiveAtomOf[atom]] = cell.Kinds[atom];
            return (search.Basis, search.Positions[..search.Count], kinds);
        }

        return (cell.Basis, cell.Positions.ToArray(), cell.Kinds.ToArray());
    }
}
