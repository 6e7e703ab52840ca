using System.Globalization;
using CrystalHpc.Generation.Data;
using CrystalHpc.Generation.Prediction.Decoding;

namespace CrystalHpc.Generation.Prediction.Judgment;

/// <summary>How well maps that are certain and right are decoded: what no network can surpass.</summary>
public sealed class OracleStudy
{
    // More than a few names help nobody.
    private const int Named = 6;

    private readonly VoxelGrid _grid;
    private readonly SpeciesList _species;

    /// <summary>A study of samples on a grid.</summary>
    public OracleStudy(IReadOnlyList<GenerationSample> samples, VoxelGrid grid)
        => (Samples, _grid, _species) = (samples, grid, SpeciesList.Of(samples));

    /// <summary>The crystals.</summary>
    public IReadOnlyList<GenerationSample> Samples { get; }

    /// <summary>Decodes the true maps of each crystal.</summary>
    /// <param name="options">Tolerances.</param>
    /// <returns>One comparison a sample.</returns>
    public CellComparison[] Run(DecoderOptions options)
    {
        var comparisons = new CellComparison[Samples.Count];
        global::System.Threading.Tasks.Parallel.For(0, Samples.Count, () => new Bench(_grid, _species, options), (i, _, bench) =>
        {
            comparisons[i] = bench.Decode(Samples[i].Cell);
            return bench;
        }, _ => { });
        return comparisons;
    }

    /// <summary>A table by kind: cells, complete ones, mean distance, faults.</summary>
    public IEnumerable<string> Lines(CellComparison[] comparisons) =>
        Samples.Zip(comparisons).GroupBy(pair => pair.First.Class.ToString()).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Line(group.Key, [.. group.Select(pair => pair.Second)]))
            .Prepend(string.Create(CultureInfo.InvariantCulture, $"{"kind",-12}{"cells",8}{"complete",12}{"distance, A",13}  faults"))
            .Append(Line("all", comparisons))
            .Concat(Samples.Zip(comparisons).Where(pair => pair.Second.Fault != CellFault.None).Take(Named)
                .Select(pair => $"not complete: {pair.First.Id} {pair.First.Key}"));

    private static string Line(string name, CellComparison[] comparisons)
    {
        int complete = comparisons.Count(comparison => comparison.Fault == CellFault.None);
        double distance = comparisons.Where(comparison => comparison.Fault == CellFault.None).Select(comparison => comparison.MeanDistance)
            .DefaultIfEmpty(double.NaN).Average();
        string faults = string.Join(", ", comparisons.Where(comparison => comparison.Fault != CellFault.None)
            .CountBy(comparison => comparison.Fault)
            .OrderBy(fault => fault.Key).Select(fault => FormattableString.Invariant(
                $"{fault.Key.ToString().ToLowerInvariant()} {fault.Value}")));
        return string.Create(CultureInfo.InvariantCulture,
            $"{name,-12}{comparisons.Length,8}{100.0 * complete / comparisons.Length,10:F2} %{distance,13:F4}  {faults}").TrimEnd();
    }

    // What one thread works with.
    private sealed class Bench(VoxelGrid grid, SpeciesList species, DecoderOptions options)
    {
        private readonly Voxelizer _voxelizer = new(grid);
        private readonly CellDecoder _decoder = new(new Voxelizer(grid), options);
        private readonly VoxelMaps _maps = new(grid, species);
        private readonly byte[] _numbers = new byte[grid.Voxels];

        public CellComparison Decode(CubicCell cell)
        {
            _maps.FillTrue(cell, _voxelizer, _numbers);
            return CellComparison.Of(cell, _decoder.Decode(_maps), cell.EdgeAngstrom / grid.Size);
        }
    }
}
