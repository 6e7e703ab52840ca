using CrystalHpc.Core.Equations;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Core.BondValence;

/// <summary>
/// One shard of the fit in the form that its inner loops like: bonds grouped into segments, runs of bonds of one equation with one key,
/// and keys numbered within the shard. All sums over bonds and equations run in the fixed order of the table.
/// </summary>
internal sealed class FitShard
{
    /// <summary>Exponents are cut at this magnitude, and each cut is counted.</summary>
    public const double ExponentLimit = 50;

    private const int BlockBonds = 1024;

    private readonly int[] _segmentOffsets;
    private readonly int[] _segmentBonds;
    private readonly int[] _segmentKeys;
    private readonly int[] _keys;
    private readonly double[] _differences;
    private readonly double[] _weights;

    // Scratch: valences of the bonds of a block, and of each segment the sums of s and of s (rbar - r).
    private readonly double[] _blockValences;
    private readonly double[] _segmentValences;
    private readonly double[] _segmentMoments;

    public FitShard(EquationTable table)
    {
        Table = table;
        _keys = [.. table.KeyIndices.ToArray().Distinct().Order()];
        _weights = table.Weights.ToArray();
        _differences = new double[table.BondCount];
        _segmentOffsets = new int[table.EquationCount + 1];
        List<int> bonds = [], keys = [];
        int largest = 0;
        for (int row = 0; row < table.EquationCount; row++)
        {
            (int start, int end) = (table.BondOffsets[row], table.BondOffsets[row + 1]);
            largest = Math.Max(largest, end - start);
            for (int bond = start; bond < end; bond++)
            {
                if (bond > start && table.KeyIndices[bond] == table.KeyIndices[bond - 1])
                    continue;
                bonds.Add(bond);
                keys.Add(Array.BinarySearch(_keys, table.KeyIndices[bond]));
            }

            _segmentOffsets[row + 1] = bonds.Count;
        }

        bonds.Add(table.BondCount);
        (_segmentBonds, _segmentKeys) = ([.. bonds], [.. keys]);
        _blockValences = new double[Math.Max(BlockBonds, largest)];
        _segmentValences = new double[_segmentKeys.Length];
        _segmentMoments = new double[_segmentKeys.Length];
        Valences = new double[table.EquationCount];
    }

    /// <summary>The equations.</summary>
    public EquationTable Table { get; }

    /// <summary>Index in the list of all keys of each key of the shard, ascending.</summary>
    public ReadOnlySpan<int> Keys => _keys;

    /// <summary>Segments of each equation: entries SegmentOffsets[i] to SegmentOffsets[i + 1].</summary>
    public ReadOnlySpan<int> SegmentOffsets => _segmentOffsets;

    /// <summary>Key of each segment, numbered within the shard.</summary>
    public ReadOnlySpan<int> SegmentKeys => _segmentKeys;

    /// <summary>First bond of each segment, one more entry than segments.</summary>
    public ReadOnlySpan<int> SegmentBonds => _segmentBonds;

    /// <summary>Weight of each equation; 0 when the gate has left it out.</summary>
    public Span<double> Weights => _weights;

    /// <summary>After <see cref="ComputeValences"/>: the valence sum of each equation, v.u.</summary>
    public double[] Valences { get; }

    /// <summary>After <see cref="ComputeValences"/>: sum of s over each segment.</summary>
    public ReadOnlySpan<double> SegmentValences => _segmentValences;

    /// <summary>After <see cref="ComputeValences"/>: sum of s (rbar - r) over each segment, Å.</summary>
    public ReadOnlySpan<double> SegmentMoments => _segmentMoments;

    /// <summary>Fixes the mean length rbar from which each key's bond lengths count.</summary>
    public void SetMeanLengths(ReadOnlySpan<double> meanLengthOfKey)
    {
        for (int bond = 0; bond < _differences.Length; bond++)
            _differences[bond] = meanLengthOfKey[Table.KeyIndices[bond]] - Table.DistancesAngstrom[bond];
    }

    /// <summary>Valences s = exp(a + (rbar - r)/B) and their sums over segments and equations.</summary>
    /// <param name="offsets">a of each key of the shard.</param>
    /// <param name="inverseSoftness">1/B of each key of the shard, 1/Å.</param>
    /// <returns>Number of exponents that had to be cut.</returns>
    public int ComputeValences(ReadOnlySpan<double> offsets, ReadOnlySpan<double> inverseSoftness)
    {
        int cuts = 0;
        int equationCount = Table.EquationCount;
        for (int first = 0; first < equationCount;)
        {
            int start = _segmentBonds[_segmentOffsets[first]];
            int last = first + 1;
            while (last < equationCount && _segmentBonds[_segmentOffsets[last + 1]] - start <= _blockValences.Length)
                last++;
            int end = _segmentBonds[_segmentOffsets[last]];
            Span<double> block = _blockValences.AsSpan(0, end - start);
            cuts += Exponents(_segmentOffsets[first], _segmentOffsets[last], offsets, inverseSoftness, block);
            PortableMath.Exp(block);
            Sum(first, last, block);
            first = last;
        }

        return cuts;
    }

    private int Exponents(
        int firstSegment, int lastSegment, ReadOnlySpan<double> offsets, ReadOnlySpan<double> inverseSoftness, Span<double> block)
    {
        int cuts = 0;
        int start = _segmentBonds[firstSegment];
        for (int segment = firstSegment; segment < lastSegment; segment++)
        {
            int key = _segmentKeys[segment];
            (double a, double inverse) = (offsets[key], inverseSoftness[key]);
            (int from, int to) = (_segmentBonds[segment], _segmentBonds[segment + 1]);
            ReadOnlySpan<double> differences = _differences.AsSpan(from, to - from);
            Span<double> exponents = block.Slice(from - start, to - from);
            for (int i = 0; i < exponents.Length; i++)
            {
                double x = a + differences[i] * inverse;
                if (Math.Abs(x) > ExponentLimit)
                {
                    x = x > 0 ? ExponentLimit : -ExponentLimit;
                    cuts++;
                }

                exponents[i] = x;
            }
        }

        return cuts;
    }

    private void Sum(int first, int last, ReadOnlySpan<double> block)
    {
        int start = _segmentBonds[_segmentOffsets[first]];
        for (int row = first; row < last; row++)
        {
            double sum = 0;
            for (int segment = _segmentOffsets[row]; segment < _segmentOffsets[row + 1]; segment++)
            {
                (int from, int to) = (_segmentBonds[segment], _segmentBonds[segment + 1]);
                ReadOnlySpan<double> valences = block.Slice(from - start, to - from);
                ReadOnlySpan<double> differences = _differences.AsSpan(from, to - from);
                double valence = 0, moment = 0;
                for (int i = 0; i < valences.Length; i++)
                {
                    valence += valences[i];
                    moment += valences[i] * differences[i];
                }

                (_segmentValences[segment], _segmentMoments[segment]) = (valence, moment);
                sum += valence;
            }

            Valences[row] = sum;
        }
    }
}
