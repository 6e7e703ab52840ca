using System.Text;
using System.Text.Json;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Potentials.Search;

/// <summary>
/// All structures of a search in their order, a line each: what happened, and what the search goes on from after it was stopped or killed.
/// </summary>
internal sealed class SearchLog : IDisposable
{
    private static readonly JsonSerializerOptions Strict = new()
    {
        RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    };

    private readonly FileStream _file;

    private SearchLog(FileStream file) => _file = file;

    /// <summary>Opens the log; a last line that is not whole is cut off.</summary>
    /// <param name="path">The file.</param>
    /// <param name="past">The structures that are in it.</param>
    /// <exception cref="UserException">A line is no structure.</exception>
    public static SearchLog Open(string path, out List<Individual> past)
    {
        past = [];
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        int start = 0;
        for (int end; (end = Array.IndexOf(bytes, (byte)'\n', start)) >= 0; start = end + 1)
        {
            try
            {
                past.Add(Read(bytes.AsSpan(start, end - start)));
            }
            catch (JsonException fault)
            {
                file.Dispose();
                throw UserException.Unusable(FormattableString.Invariant($"{path}, line {past.Count + 1} is damaged: {fault.Message}"));
            }
        }

        file.SetLength(start);
        file.Seek(0, SeekOrigin.End);
        return new SearchLog(file);
    }

    /// <summary>A structure as a line.</summary>
    public static byte[] Write(Individual structure)
    {
        AtomFrame frame = structure.Frame;
        return JsonSerializer.SerializeToUtf8Bytes(new Line(
            structure.Number, structure.Operator, structure.Parents, double.IsFinite(structure.Enthalpy) ? structure.Enthalpy : null,
            structure.Problem,
            [.. frame.Species.Select(element => element.AtomicNumber)], frame.PositionsAngstrom,
            frame.Cell is { } c ? [c.A.X, c.A.Y, c.A.Z, c.B.X, c.B.Y, c.B.Z, c.C.X, c.C.Y, c.C.Z] : null, frame.EnergyElectronVolt));
    }

    /// <summary>The structure of a line.</summary>
    public static Individual Read(ReadOnlySpan<byte> bytes)
    {
        Line line = JsonSerializer.Deserialize<Line>(bytes, Strict)!;
        var frame = new AtomFrame
        {
            Species = [.. line.Species.Select(number => new Element((byte)number))],
            PositionsAngstrom = line.Positions,
            Cell = line.Cell is [var ax, var ay, var az, var bx, var by, var bz, var cx, var cy, var cz]
                ? new Basis(new Cartesian(ax, ay, az), new Cartesian(bx, by, bz), new Cartesian(cx, cy, cz)) : null,
            Periodicity = line.Cell is null ? Periodicity.Cluster : Periodicity.Crystal,
            EnergyElectronVolt = line.Energy,
        };
        return new Individual(line.Number, line.Operator, line.Parents,
            frame) { Enthalpy = line.Enthalpy ?? double.PositiveInfinity, Problem = line.Problem };
    }

    /// <summary>Adds a structure.</summary>
    public void Add(Individual structure)
    {
        _file.Write([.. Write(structure), (byte)'\n']);
        _file.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private sealed record Line(
        int Number, string Operator, int[] Parents, double? Enthalpy, string Problem, int[] Species, double[] Positions, double[]? Cell,
            double? Energy);
}
