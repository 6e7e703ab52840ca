using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CrystalHpc.Core.Equations;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Core.BondValence;

/// <summary>
/// One shard of the fit in the form that its inner loops like. A segment is a run of bonds of one equation with one key. Four equations of
/// equal shape (numbers and lengths of segments) form a group and are computed side by side, one in each lane of a vector; every lane does
/// the same plain arithmetic in the order of its bonds, so that results do not depend on the width of the processor's vectors.
/// </summary>
/// <remarks>
/// Layout: equation <c>row</c> has slot SlotOfRow[row] = 4 * group + lane; its segments are the entries SegmentStart(slot), + 4, + 8, ...
/// below SegmentEnd(slot). Lanes without equation repeat the last one of their group with weight 0.
/// </remarks>
internal sealed class FitShard
{
    /// <summary>Exponents are cut at this magnitude, and each cut is counted.</summary>
    public const double ExponentLimit = 50;

    /// <summary>Equations in a group; the step between segments of one equation.</summary>
    public const int Lanes = 4;

    private readonly int[] _keys;
    private readonly int[] _slotOfRow;
    private readonly int[] _rowOfSlot;
    private readonly int[] _groupSegments;
    private readonly int[] _segmentLengths;
    private readonly int[] _segmentKeys;
    private readonly double[] _differences;
    private readonly double[] _weights;
    private readonly double[] _targets;
    private readonly double[] _valences;
    private readonly double[] _segmentValences;
    private readonly double[] _segmentMoments;

    public FitShard(EquationTable table)
    {
        Table = table;
        _keys = [.. table.KeyIndices.ToArray().Distinct().Order()];
        int[][] shapes = [.. Enumerable.Range(0, table.EquationCount).Select(row => ShapeOf(table, row))];
        _slotOfRow = new int[table.EquationCount];
        List<int> rowOfSlot = [], groupSegments = [0], lengths = [], segmentKeys = [];
        for (int first = 0; first < shapes.Length;)
        {
            int count = 1;
            while (count < Lanes && first + count < shapes.Length && shapes[first + count].AsSpan().SequenceEqual(shapes[first]))
                count++;
            for (int lane = 0; lane < Lanes; lane++)
                rowOfSlot.Add(first + Math.Min(lane, count - 1));
            for (int lane = 0; lane < count; lane++)
                _slotOfRow[first + lane] = rowOfSlot.Count - Lanes + lane;
            int bond = 0;
            foreach (int length in shapes[first])
            {
                for (int lane = 0; lane < Lanes; lane++)
                    segmentKeys.Add(Array.BinarySearch(_keys, table.KeyIndices[table.BondOffsets[rowOfSlot[^(Lanes - lane)]] + bond]));
                lengths.Add(length);
                bond += length;
            }

            groupSegments.Add(lengths.Count);
            first += count;
        }

        (_rowOfSlot, _groupSegments, _segmentLengths, _segmentKeys) = ([.. rowOfSlot], [.. groupSegments], [.. lengths], [.. segmentKeys]);
        _differences = new double[Lanes * lengths.Sum()];
        (_segmentValences, _segmentMoments) = (new double[segmentKeys.Count], new double[segmentKeys.Count]);
        (_weights, _targets, _valences) = (new double[rowOfSlot.Count], new double[rowOfSlot.Count], new double[rowOfSlot.Count]);
        for (int slot = 0; slot < _targets.Length; slot++)
            _targets[slot] = table.Valences[_rowOfSlot[slot]];
        for (int row = 0; row < table.EquationCount; row++)
            _weights[_slotOfRow[row]] = table.Weights[row];
    }

    /// <summary>The equations.</summary>
    public EquationTable Table { get; }

    /// <summary>Index in the list of all keys of each key of the shard, ascending.</summary>
    public ReadOnlySpan<int> Keys => _keys;

    /// <summary>Slot of each equation.</summary>
    public ReadOnlySpan<int> SlotOfRow => _slotOfRow;

    /// <summary>Key of each segment, numbered within the shard.</summary>
    public ReadOnlySpan<int> SegmentKeys => _segmentKeys;

    /// <summary>Weight of each slot; 0 when the gate has left the equation out or there is none. Valences and targets are finite everywhere.</summary>
    public Span<double> Weights => _weights;

    /// <summary>Oxidation state of each slot, v.u.</summary>
    public ReadOnlySpan<double> Targets => _targets;

    /// <summary>After <see cref="ComputeValences"/>: the valence sum of each slot, v.u.</summary>
    public ReadOnlySpan<double> Valences => _valences;

    /// <summary>After <see cref="ComputeValences"/>: sum of s over each segment.</summary>
    public ReadOnlySpan<double> SegmentValences => _segmentValences;

    /// <summary>After <see cref="ComputeValences"/>: sum of s (rbar - r) over each segment, Å.</summary>
    public ReadOnlySpan<double> SegmentMoments => _segmentMoments;

    /// <summary>First segment of a slot.</summary>
    public int SegmentStart(int slot) => Lanes * _groupSegments[slot / Lanes] + slot % Lanes;

    /// <summary>Bound of the segments of a slot, which are <see cref="Lanes"/> apart.</summary>
    public int SegmentEnd(int slot) => Lanes * _groupSegments[slot / Lanes + 1];

    /// <summary>Bonds in a segment.</summary>
    public int SegmentLength(int segment) => _segmentLengths[segment / Lanes];

    /// <summary>Fixes the mean length rbar from which each key's bond lengths count.</summary>
    public void SetMeanLengths(ReadOnlySpan<double> meanLengthOfKey)
    {
        int next = 0;
        for (int group = 0; group + 1 < _groupSegments.Length; group++)
        {
            int bondCount = _segmentLengths.AsSpan(_groupSegments[group].._groupSegments[group + 1]).ToArray().Sum();
            for (int bond = 0; bond < bondCount; bond++)
            {
                for (int lane = 0; lane < Lanes; lane++)
                {
                    int index = Table.BondOffsets[_rowOfSlot[Lanes * group + lane]] + bond;
                    _differences[next++] = meanLengthOfKey[Table.KeyIndices[index]] - Table.DistancesAngstrom[index];
                }
            }
        }
    }

    /// <summary>Valences s = exp(a + (rbar - r)/B) and their sums over segments and equations.</summary>
    /// <param name="offsets">a of each key of the shard.</param>
    /// <param name="inverseSoftness">1/B of each key of the shard, 1/Å.</param>
    /// <returns>Number of exponents that had to be cut.</returns>
    public int ComputeValences(ReadOnlySpan<double> offsets, ReadOnlySpan<double> inverseSoftness)
    {
        ReadOnlySpan<Vector256<double>> differences = MemoryMarshal.Cast<double, Vector256<double>>(_differences);
        Span<Vector256<double>> valences = MemoryMarshal.Cast<double, Vector256<double>>(_valences.AsSpan());
        Span<Vector256<double>> segmentValences = MemoryMarshal.Cast<double, Vector256<double>>(_segmentValences.AsSpan());
        Span<Vector256<double>> segmentMoments = MemoryMarshal.Cast<double, Vector256<double>>(_segmentMoments.AsSpan());
        Vector256<double> limit = Vector256.Create(ExponentLimit);
        int cuts = 0, bond = 0;
        for (int group = 0; group < valences.Length; group++)
        {
            int start = bond;
            Vector256<double> sum = Vector256<double>.Zero, wild = Vector256<double>.Zero;
            for (int segment = _groupSegments[group]; segment < _groupSegments[group + 1]; segment++)
            {
                Vector256<double> a = Gather(offsets, segment), inverse = Gather(inverseSoftness, segment);
                Vector256<double> valence = Vector256<double>.Zero, moment = Vector256<double>.Zero;
                for (int end = bond + _segmentLengths[segment]; bond < end; bond++)
                {
                    Vector256<double> difference = differences[bond];
                    Vector256<double> x = a + difference * inverse;
                    wild |= Vector256.GreaterThan(Vector256.Abs(x), limit);
                    Vector256<double> s = PortableMath.ExpInRange(x);
                    valence += s;
                    moment += s * difference;
                }

                (segmentValences[segment], segmentMoments[segment]) = (valence, moment);
                sum += valence;
            }

            valences[group] = sum;
            if (wild.ExtractMostSignificantBits() != 0)
                cuts += ComputeWithCuts(group, start, offsets, inverseSoftness);
        }

        return cuts;
    }

    // The same for a group that has exponents beyond the limit, one by one and cut; returns how many were. This hardly ever happens.
    private int ComputeWithCuts(int group, int startBond, ReadOnlySpan<double> offsets, ReadOnlySpan<double> inverseSoftness)
    {
        int cuts = 0;
        for (int lane = 0; lane < Lanes; lane++)
        {
            int slot = Lanes * group + lane;
            bool isEquation = _slotOfRow[_rowOfSlot[slot]] == slot;
            int bond = startBond;
            double sum = 0;
            for (int segment = SegmentStart(slot); segment < SegmentEnd(slot); segment += Lanes)
            {
                (double valence, double moment) = (0, 0);
                for (int end = bond + SegmentLength(segment); bond < end; bond++)
                {
                    double difference = _differences[Lanes * bond + lane];
                    double x = offsets[_segmentKeys[segment]] + difference * inverseSoftness[_segmentKeys[segment]];
                    cuts += isEquation && Math.Abs(x) > ExponentLimit ? 1 : 0;
                    double s = PortableMath.Exp(x > ExponentLimit ? ExponentLimit : x < -ExponentLimit ? -ExponentLimit : x);
                    valence += s;
                    moment += s * difference;
                }

                (_segmentValences[segment], _segmentMoments[segment]) = (valence, moment);
                sum += valence;
            }

            _valences[slot] = sum;
        }

        return cuts;
    }

    private Vector256<double> Gather(ReadOnlySpan<double> values, int segment)
    {
        ReadOnlySpan<int> keys = _segmentKeys.AsSpan(Lanes * segment, Lanes);
        return Vector256.Create(values[keys[0]], values[keys[1]], values[keys[2]], values[keys[3]]);
    }

    private static int[] ShapeOf(EquationTable table, int row)
    {
        List<int> lengths = [];
        for (int bond = table.BondOffsets[row]; bond < table.BondOffsets[row + 1]; bond++)
        {
            if (bond > table.BondOffsets[row] && table.KeyIndices[bond] == table.KeyIndices[bond - 1])
                lengths[^1]++;
            else
                lengths.Add(1);
        }

        return [.. lengths];
    }
}
