using System.IO.Compression;
using System.Text.Json;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Engine.Structures;

namespace CrystalHpc.Tests.Potentials;

/// <summary>Frames for tests: those of shared files, and small ones that are made.</summary>
internal static class SharedFrames
{
    /// <summary>All frames of a shared file; ignores the test when it is not there.</summary>
    public static AtomFrame[] Read(string relative)
    {
        string path = TestPaths.SharedOrIgnore(relative);
        using Stream input = StructureStreams.Open(path);
        return [.. StructureFile.Read(input, StructureFile.FormatOfFile(path)!.Value, FrameReaderOptions.Default)
            .Select(reading => reading.Frame!)];
    }

    /// <summary>The lines of a packed shared file.</summary>
    public static IEnumerable<string> Lines(string relative)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(TestPaths.SharedOrIgnore(relative)), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    /// <summary>A packed shared JSON file.</summary>
    public static JsonDocument Json(string relative) => JsonDocument.Parse(string.Join('\n', Lines(relative)));

    /// <summary>A sheared cell of two elements smaller than any cutoff.</summary>
    public static AtomFrame SmallCell() => new()
    {
        Species = [Element.Of("Ti"), Element.Of("O"), Element.Of("O")],
        PositionsAngstrom = [0.1, 0.2, 0.1, 1.9, 0.4, 0.3, 0.7, 1.8, 2.4],
        Cell = new Basis(new Cartesian(4.1, 0.3, -0.2), new Cartesian(0.9, 3.8, 0.4), new Cartesian(-0.6, 0.5, 4.4)),
        Periodicity = Periodicity.Crystal,
    };

    /// <summary>The same frame with one coordinate moved.</summary>
    public static AtomFrame Moved(AtomFrame frame, int coordinate, double step)
    {
        double[] positions = [.. frame.PositionsAngstrom];
        positions[coordinate] += step;
        return frame with { PositionsAngstrom = positions };
    }

    /// <summary>The same frame under a symmetric strain: 0 to 5 for xx, yy, zz, yz, xz, xy.</summary>
    public static AtomFrame Strained(AtomFrame frame, int component, double strain)
    {
        (int a, int b) = component switch { < 3 => (component, component), 3 => (1, 2), 4 => (0, 2), _ => (0, 1) };
        return Transformed(frame, vector =>
        {
            double[] v = [vector.X, vector.Y, vector.Z], w = [.. v];
            w[a] += (a == b ? 1 : 0.5) * strain * v[b];
            if (a != b)
                w[b] += 0.5 * strain * v[a];
            return new Cartesian(w[0], w[1], w[2]);
        });
    }

    /// <summary>The same frame with all vectors mapped.</summary>
    public static AtomFrame Transformed(AtomFrame frame, Func<Cartesian, Cartesian> map)
    {
        var positions = new double[3 * frame.AtomCount];
        for (int atom = 0; atom < frame.AtomCount; atom++)
        {
            Cartesian moved = map(frame.PositionOf(atom));
            (positions[3 * atom], positions[3 * atom + 1], positions[3 * atom + 2]) = (moved.X, moved.Y, moved.Z);
        }

        return frame with { PositionsAngstrom = positions, Cell = frame.Cell is { } cell
            ? new Basis(map(cell.A), map(cell.B), map(cell.C)) : null };
    }
}
