using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Core.Matching;

/// <summary>
/// Tells whether two structures are the same up to the choice of cell and origin, volume and small displacements: every basis of the first
/// lattice that is near the cell of the second is tried with every shift that lays one of the rarest atoms on another. The definition, with
/// its tolerances and units, is that of pymatgen's StructureMatcher (S. P. Ong et al., Comput. Mater. Sci. 68 (2013) 314, doi
/// 10.1016/j.commatsci.2012.10.028); mirror images are the same. Keeps its working space: one matcher serves one thread.
/// </summary>
/// <param name="tolerance">How far structures may differ and be the same.</param>
public sealed class StructureMatcher(MatchTolerance tolerance)
{
    // Displacements below this are rounding: no better alignment is looked for.
    private const double ExactRms = 1e-5;

    private readonly Alignment _alignment = new();

    /// <summary>Compares two structures; atoms fall on atoms of their kind.</summary>
    /// <param name="first">The structure whose lattice is searched.</param>
    /// <param name="second">The structure whose reduced cell is looked for; near the tolerances of the cell the order matters.</param>
    /// <returns>The best alignment; null when there is none, however large the displacements.</returns>
    public StructureMatch? Compare(MatchableStructure first, MatchableStructure second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return first.Kinds.SequenceEqual(second.Kinds) && first.Starts.SequenceEqual(second.Starts)
            ? Compare(first, second, Blocks(first, second, [.. Enumerable.Range(0, first.Kinds.Length)]), stopsAtSame: false)
            : null;
    }

    /// <summary>True when two structures are the same: faster than the best alignment, since the first that fits is enough.</summary>
    public bool AreSame(MatchableStructure first, MatchableStructure second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return first.Kinds.SequenceEqual(second.Kinds) && first.Starts.SequenceEqual(second.Starts)
            && Compare(first, second, Blocks(first, second, [.. Enumerable.Range(0, first.Kinds.Length)]), stopsAtSame: true)
                is { IsSame: true };
    }

    /// <summary>True when two structures are the same once the kinds of one are renamed: of one structure type.</summary>
    public bool AreSameAnonymous(MatchableStructure first, MatchableStructure second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return first.Count == second.Count && first.Kinds.Length == second.Kinds.Length
            && Pairings(first, second, []).Any(pairing => Compare(first, second, Blocks(first, second, pairing), stopsAtSame: true)
                is { IsSame: true });
    }

    private StructureMatch? Compare(MatchableStructure first, MatchableStructure second, AtomBlock[] blocks, bool stopsAtSame)
    {
        (Basis one, Basis two) = tolerance.ScalesVolume ? Scaled(first.Basis, second.Basis) : (first.Basis, second.Basis);
        CellShape target = CellShape.Of(two);
        AtomBlock rarest = blocks.MinBy(block => block.Count);
        var moved = new Fractional[first.Count];
        bool isSame = false;
        (double Rms, double Max)? best = null;
        foreach (Basis mapped in LatticeMappings.Find(one, target, tolerance))
        {
            Basis reciprocal = mapped.Reciprocal;
            for (int atom = 0; atom < moved.Length; atom++)
                moved[atom] = reciprocal.Project(one.ToCartesian(first.Positions[atom])).Wrapped();
            _alignment.Load(CellShape.Mean(CellShape.Of(mapped), target), first.Count, tolerance.Site);
            for (int i = 0; i < rarest.Count; i++)
            {
                Fractional shift = moved[rarest.First + i] - second.Positions[rarest.Second];
                if (!_alignment.TryAlign(moved, second.Positions, blocks, shift, out double rms, out double max))
                    continue;
                isSame |= max <= tolerance.Site;
                if (best is null || rms < best.Value.Rms)
                    best = (rms, max);
                if (isSame && (stopsAtSame || rms < ExactRms))
                    return new StructureMatch(true, best.Value.Rms, best.Value.Max);
            }
        }

        return best is { } found ? new StructureMatch(isSame, found.Rms, found.Max) : null;
    }

    // Both to the geometric mean of the two volumes.
    private static (Basis, Basis) Scaled(Basis first, Basis second)
    {
        double ratio = Math.Pow(Math.Abs(second.Volume / first.Volume), 1.0 / 6);
        return (new Basis(ratio * first.A, ratio * first.B, ratio * first.C),
            new Basis(1 / ratio * second.A, 1 / ratio * second.B, 1 / ratio * second.C));
    }

    private static AtomBlock[] Blocks(MatchableStructure first, MatchableStructure second, int[] kindOfSecond)
    {
        var blocks = new AtomBlock[kindOfSecond.Length];
        for (int kind = 0; kind < blocks.Length; kind++)
            blocks[kind] = new AtomBlock(first.Starts[kind], second.Starts[kindOfSecond[kind]], first.CountOf(kind));
        return blocks;
    }

    // All ways to give each kind of the first another of the second with as many atoms.
    private static IEnumerable<int[]> Pairings(MatchableStructure first, MatchableStructure second, int[] chosen)
    {
        if (chosen.Length == first.Kinds.Length)
            return [chosen];
        return Enumerable.Range(0, second.Kinds.Length)
            .Where(kind => !chosen.Contains(kind) && second.CountOf(kind) == first.CountOf(chosen.Length))
            .SelectMany(kind => Pairings(first, second, [.. chosen, kind]));
    }
}
