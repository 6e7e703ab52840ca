using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Tests.Potentials.Analytic;

/// <summary>Structures that tests make.</summary>
internal static class MadeFrames
{
    private static readonly (double X, double Y, double Z)[] Faces = [(0, 0, 0), (0, 0.5, 0.5), (0.5, 0, 0.5), (0.5, 0.5, 0)];

    /// <summary>A cubic cell of four atoms, face centered, their elements in turn.</summary>
    public static AtomFrame FaceCentered(double edge, params string[] elements) => new()
    {
        Species = [.. Faces.Select((_, i) => Element.Of(elements[i % elements.Length]))],
        PositionsAngstrom = [.. Faces.SelectMany(site => (double[])[edge * site.X, edge * site.Y, edge * site.Z])],
        Cell = new Basis(new Cartesian(edge, 0, 0), new Cartesian(0, edge, 0), new Cartesian(0, 0, edge)),
        Periodicity = Periodicity.Crystal,
    };

    /// <summary>The same structure with a cell of n cells along each axis.</summary>
    public static AtomFrame Repeat(AtomFrame frame, int n)
    {
        Basis cell = frame.Cell!.Value;
        int[] cells = [.. Enumerable.Range(0, n * n * n)];
        return frame with
        {
            Species = [.. cells.SelectMany(_ => frame.Species)],
            PositionsAngstrom = [.. cells.SelectMany(k => Enumerable.Range(0, frame.AtomCount).SelectMany(atom =>
            {
                Cartesian p = frame.PositionOf(atom) + cell.ToCartesian(new CellImage(k % n, k / n % n, k / n / n));
                return (double[])[p.X, p.Y, p.Z];
            }))],
            Cell = new Basis(n * cell.A, n * cell.B, n * cell.C),
        };
    }

    /// <summary>Moves each atom by a normal random vector.</summary>
    public static AtomFrame Rattle(AtomFrame frame, double angstrom, ulong seed)
    {
        var random = new CounterRandom(seed, 0);
        return frame with { PositionsAngstrom = [.. frame.PositionsAngstrom.Select(x => x + angstrom * random.NextNormal())] };
    }

    /// <summary>
    /// Strains a frame: positions and cell times 1 + strain, which is symmetric: xx, yy, zz, yz, xz, xy, the last three twice the
    /// off-diagonal elements.
    /// </summary>
    public static AtomFrame Strain(AtomFrame frame, double[] strain)
    {
        Cartesian Of(Cartesian v) => new(
            v.X + strain[0] * v.X + 0.5 * (strain[5] * v.Y + strain[4] * v.Z),
            v.Y + strain[1] * v.Y + 0.5 * (strain[5] * v.X + strain[3] * v.Z),
            v.Z + strain[2] * v.Z + 0.5 * (strain[4] * v.X + strain[3] * v.Y));
        return frame with
        {
            PositionsAngstrom = [.. Enumerable.Range(0, frame.AtomCount)
                .SelectMany(atom => Of(frame.PositionOf(atom)) is var p ? (double[])[p.X, p.Y, p.Z] : [])],
            Cell = frame.Cell is { } cell ? new Basis(Of(cell.A), Of(cell.B), Of(cell.C)) : null,
        };
    }
}
