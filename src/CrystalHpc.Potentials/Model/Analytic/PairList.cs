using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Neighbors;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Potentials.Model.Analytic;

/// <summary>
/// The pairs of atoms within a distance, each once, those of two elements side by side. Pairs a little farther apart are listed as well, so
/// that the list is good for structures in which atoms have moved and the cell has changed a little (L. Verlet, Phys. Rev. 159 (1967) 98).
/// Structures of up to a thousand atoms that do not repeat have all pairs. The order of pairs does not depend on when the list was made:
/// sums keep their bits.
/// </summary>
internal sealed class PairList
{
    private const double SkinAngstrom = 1;
    private const int MostAtomsWithAllPairs = 1_000;

    // Stands for the cell of a structure without one.
    private static readonly Basis Cube = new(new Cartesian(1, 0, 0), new Cartesian(0, 1, 0), new Cartesian(0, 0, 1));

    private int[] _first = [], _second = [];
    private CellImage[] _images = [];
    private AtomFrame? _listed;
    private double _reach;

    /// <summary>Runs of pairs of the same two elements.</summary>
    public List<(Element First, Element Second, int Start, int End)> Runs { get; } = [];

    /// <summary>Number of pairs.</summary>
    public int Count => _first.Length;

    /// <summary>True when it lists all pairs, whatever their distance.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>One atom of each pair.</summary>
    public ReadOnlySpan<int> First => _first;

    /// <summary>The other.</summary>
    public ReadOnlySpan<int> Second => _second;

    /// <summary>Makes the list good for a structure.</summary>
    /// <param name="frame">The structure.</param>
    /// <param name="reachAngstrom">Pairs up to this distance are listed, A; in a structure that does not repeat all are.</param>
    /// <returns>Why it cannot be; null when it is.</returns>
    public string? Update(AtomFrame frame, double reachAngstrom)
    {
        if (_listed is { } listed && reachAngstrom == _reach && IsGoodFor(listed, frame))
            return null;
        string? problem = null;
        IsComplete = !frame.Periodicity.Any && frame.AtomCount <= MostAtomsWithAllPairs;
        IEnumerable<(int First, int Second, CellImage Image)>? pairs = IsComplete
            ? All(frame.AtomCount) : Near(frame, reachAngstrom + SkinAngstrom, out problem);
        if (pairs is null)
            return problem;
        Take(frame, pairs);
        (_listed, _reach) = (frame, reachAngstrom);
        return null;
    }

    /// <summary>Vectors from the first to the second atom of each pair, A.</summary>
    public void Measure(AtomFrame frame, Span<double> x, Span<double> y, Span<double> z)
    {
        double[] positions = frame.PositionsAngstrom;
        for (int k = 0; k < _first.Length; k++)
        {
            int i = 3 * _first[k], j = 3 * _second[k];
            (x[k], y[k], z[k]) = (positions[j] - positions[i], positions[j + 1] - positions[i + 1], positions[j + 2] - positions[i + 2]);
        }

        if (!frame.Periodicity.Any || frame.Cell is not { } cell)
            return;
        for (int k = 0; k < _images.Length; k++)
        {
            CellImage image = _images[k];
            if (image == default)
                continue;
            Cartesian shift = cell.ToCartesian(image);
            (x[k], y[k], z[k]) = (x[k] + shift.X, y[k] + shift.Y, z[k] + shift.Z);
        }
    }

    /// <summary>Distance of each pair, A.</summary>
    public double[] Distances(AtomFrame frame)
    {
        (double[] x, double[] y, double[] z) = (new double[Count], new double[Count], new double[Count]);
        Measure(frame, x, y, z);
        for (int k = 0; k < x.Length; k++)
            x[k] = new Cartesian(x[k], y[k], z[k]).Length;
        return x;
    }

    // With D the change of the cell, a pair that is not listed has become shorter by the smallest stretch of D and by what its atoms moved
    // beside D.
    private bool IsGoodFor(AtomFrame listed, AtomFrame frame)
    {
        if (frame.Periodicity != listed.Periodicity || !frame.Species.AsSpan().SequenceEqual(listed.Species))
            return false;
        if (IsComplete)
            return true;
        Basis from = listed.Cell ?? Cube, to = frame.Cell ?? Cube, reciprocal = from.Reciprocal;
        double moved = 0;
        for (int atom = 0; atom < frame.AtomCount; atom++)
            moved = Math.Max(moved, (frame.PositionOf(atom) - to.ToCartesian(reciprocal.Project(listed.PositionOf(atom)))).LengthSquared);
        double change = 0;
        foreach (Cartesian axis in (Cartesian[])[new(1, 0, 0), new(0, 1, 0), new(0, 0, 1)])
            change += (to.ToCartesian(reciprocal.Project(axis)) - axis).LengthSquared;
        return (1 - Math.Sqrt(change)) * (_reach + SkinAngstrom) - 2 * Math.Sqrt(moved) >= _reach;
    }

    private void Take(AtomFrame frame, IEnumerable<(int First, int Second, CellImage Image)> pairs)
    {
        Runs.Clear();
        var columns = new List<(int First, int Second, CellImage Image)>();
        foreach (var run in pairs.GroupBy(pair => Order(frame.Species[pair.First], frame.Species[pair.Second])).OrderBy(group => group.Key))
        {
            int start = columns.Count;
            columns.AddRange(run.OrderBy(pair => pair.First).ThenBy(pair => pair.Second)
                .ThenBy(pair => (pair.Image.A, pair.Image.B, pair.Image.C)));
            Runs.Add((run.Key.Item1, run.Key.Item2, start, columns.Count));
        }

        (_first, _second, _images) = ([.. columns.Select(pair => pair.First)], [.. columns.Select(pair => pair.Second)],
            [.. columns.Select(pair => pair.Image)]);
    }

    private static (Element, Element) Order(Element a, Element b) => a.AtomicNumber <= b.AtomicNumber ? (a, b) : (b, a);

    private static IEnumerable<(int First, int Second, CellImage Image)> All(int atoms)
    {
        for (int i = 0; i < atoms; i++)
        {
            for (int j = i + 1; j < atoms; j++)
                yield return (i, j, default);
        }
    }

    private static List<(int First, int Second, CellImage Image)>? Near(AtomFrame frame, double reach, out string? problem)
    {
        if (FrameCrystal.TryCreate(frame, reach, out problem) is not { } crystal)
            return null;
        int[] centers = [.. Enumerable.Range(0, frame.AtomCount)];
        NeighborList list = NeighborSearch.Find(crystal.Structure, centers, reach);
        CellImage[] wraps = [.. centers.Select(atom => WrapOf(frame, crystal, atom))];
        var pairs = new List<(int First, int Second, CellImage Image)>(list.Atoms.Length / 2);
        for (int i = 0; i < centers.Length; i++)
        {
            for (int k = list.Offsets[i]; k < list.Offsets[i + 1]; k++)
            {
                (int j, CellImage image) = (list.Atoms[k], list.Images[k]);
                if (j > i || (j == i && IsPositive(image)))
                    pairs.Add((i, j, image - wraps[j] + wraps[i]));
            }
        }

        return pairs;
    }

    // Whole cells that the crystal took from the position of an atom.
    private static CellImage WrapOf(AtomFrame frame, FrameCrystal crystal, int atom)
    {
        Fractional own = crystal.Basis.Reciprocal.Project(frame.PositionOf(atom)), wrapped = crystal.Structure.Positions[atom];
        return new CellImage((int)Math.Round(own.X - wrapped.X), (int)Math.Round(own.Y - wrapped.Y), (int)Math.Round(own.Z - wrapped.Z));
    }

    private static bool IsPositive(CellImage image) => image.A > 0 || (image.A == 0 && (image.B > 0 || (image.B == 0 && image.C > 0)));
}
