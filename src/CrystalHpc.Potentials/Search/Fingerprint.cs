using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Potentials.Model.Analytic;

namespace CrystalHpc.Potentials.Search;

/// <summary>How many near neighbors the atoms of a structure have, in order: structures of one family have nearly the same.</summary>
internal sealed class Fingerprint
{
    // Two atoms are neighbors up to this multiple of the length of a bond between them.
    private const double Reach = 1.2;

    private readonly int[] _coordination;

    private Fingerprint(int[] coordination) => _coordination = coordination;

    /// <summary>That of a structure.</summary>
    public static Fingerprint Of(AtomFrame frame, BondLengths bonds)
    {
        int[] coordination = Coordination(frame, bonds);
        Array.Sort(coordination);
        return new Fingerprint(coordination);
    }

    /// <summary>Number of near neighbors of each atom, in the order of the atoms.</summary>
    public static int[] Coordination(AtomFrame frame, BondLengths bonds)
    {
        var pairs = new PairList();
        int[] counts = new int[frame.AtomCount];
        if (pairs.Update(frame, Reach * bonds.Longest) is not null)
            return counts;
        double[] distances = pairs.Distances(frame);
        for (int k = 0; k < pairs.Count; k++)
        {
            (int first, int second) = (pairs.First[k], pairs.Second[k]);
            if (distances[k] > Reach * bonds.Of(frame.Species[first], frame.Species[second]))
                continue;
            counts[first]++;
            counts[second]++;
        }

        return counts;
    }

    /// <summary>True for structures of one family: their coordination numbers differ by a tenth of a neighbor an atom at most.</summary>
    public bool IsLike(Fingerprint other) =>
        _coordination.Length == other._coordination.Length
            && 10 * _coordination.Zip(other._coordination, (a, b) => Math.Abs(a - b)).Sum() <= _coordination.Length;
}
