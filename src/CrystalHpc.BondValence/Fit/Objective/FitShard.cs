using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CrystalHpc.BondValence.Equations;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.BondValence.Fit;

/// <summary>
/// One shard of the fit in the form that its inner loops like. A segment is a run of bonds of one equation with one key. Eight equations of
/// equal shape (numbers and lengths of segments) form a group and are computed side by side, one in each lane of a vector; every lane does
/// the same plain arithmetic in the order of its bonds, so that results do not depend on the width of the processor's vectors.
/// </summary>
/// <remarks>
/// Layout: equation <c>row</c> has slot SlotOfRow[row] = 8 * group + lane; its segments are the entries SegmentStart(slot), + 8, + 16, ...
/// below SegmentEnd(slot). Lanes without equation repeat the last one of their group with weight 0.
/// </remarks>
internal sealed class FitShard
{
    /// <summary>Exponents are cut at this magnitude, and each cut is counted.</summary>
    public const double ExponentLimit = 50;

    /// <summary>Equations in a group; the step between segments of one equation.</summary>
    public const int Lanes = 8;

    private readonly int[] _keys;
    private readonly int[] _slotOfRow;
    private readonly int[] _rowOfSlot;
    private readonly int[] _groupSegments;
    private readonly int[] _segmentLengths;
    private readonly int[] _segmentKeys;
    private readonly bool[] _isUniform;
    private readonly double[] _features;
    private readonly double[] _weights;
    private readonly double[] _targets;
    private readonly double[] _valences;
    private readonly double[] _segmentValences;
    private readonly double[] _segmentMoments;

    public FitShard(EquationTable table)
    {
        Table = table;
        FitShardLayout layout = new(table);
        (_keys, _slotOfRow, _rowOfSlot) = (layout.Keys, layout.SlotOfRow, [.. layout.RowOfSlot]);
        (_groupSegments, _segmentLengths, _segmentKeys) = ([.. layout.GroupSegments], [.. layout.SegmentLengths], [.. layout.SegmentKeys]);
        _isUniform = [.. Enumerable.Range(0, _segmentLengths.Length)
            .Select(segment => !KeysOf(segment).ContainsAnyExcept(KeysOf(segment)[0]))];
        _features = new double[Lanes * _segmentLengths.Sum()];
        (_segmentValences, _segmentMoments) = (new double[_segmentKeys.Length], new double[_segmentKeys.Length]);
        (_weights, _targets, _valences) = (new double[_rowOfSlot.Length], new double[_rowOfSlot.Length], new double[_rowOfSlot.Length]);
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

    /// <summary>
    /// Weight of each slot; 0 when the gate has left the equation out or there is none. Valences and targets are finite everywhere.
    /// </summary>
    public Span<double> Weights => _weights;

    /// <summary>Oxidation state of each slot, v.u.</summary>
    public ReadOnlySpan<double> Targets => _targets;

    /// <summary>After <see cref="ComputeValences"/>: the valence sum of each slot, v.u.</summary>
    public ReadOnlySpan<double> Valences => _valences;

    /// <summary>After <see cref="ComputeValences"/>: sum of s over each segment.</summary>
    public ReadOnlySpan<double> SegmentValences => _segmentValences;

    /// <summary>After <see cref="ComputeValences"/>: sum of s f over each segment, f the feature of a bond.</summary>
    public ReadOnlySpan<double> SegmentMoments => _segmentMoments;

    /// <summary>First segment of a slot.</summary>
    public int SegmentStart(int slot) => Lanes * _groupSegments[slot / Lanes] + slot % Lanes;

    /// <summary>Bound of the segments of a slot, which are <see cref="Lanes"/> apart.</summary>
    public int SegmentEnd(int slot) => Lanes * _groupSegments[slot / Lanes + 1];

    /// <summary>Bonds in a segment.</summary>
    public int SegmentLength(int segment) => _segmentLengths[segment / Lanes];

    /// <summary>Computes the features of the bonds from the mean length of each key.</summary>
    public void SetFeatures(IBondLaw law, ReadOnlySpan<double> meanLengthOfKey)
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
                    _features[next++] = law.Feature(meanLengthOfKey[Table.KeyIndices[index]], Table.DistancesAngstrom[index]);
                }
            }
        }
    }

    /// <summary>Valences s = exp(c + k f) and their sums over segments and equations.</summary>
    /// <param name="constants">c of each key of the shard.</param>
    /// <param name="slopes">k of each key of the shard, 1/Å.</param>
    /// <returns>Number of exponents that had to be cut.</returns>
    public int ComputeValences(ReadOnlySpan<double> constants, ReadOnlySpan<double> slopes)
    {
        Span<Vector512<double>> valences = Vectors(_valences), segmentValences = Vectors(_segmentValences),
            segmentMoments = Vectors(_segmentMoments);
        int cuts = 0, bond = 0;
        for (int group = 0; group < valences.Length; group++)
            valences[group] = ComputeGroup(group, constants, slopes, ref bond, segmentValences[_groupSegments[group]..],
                segmentMoments[_groupSegments[group]..], ref cuts);
        return cuts;
    }

    /// <summary>
    /// Loss of the shard and, per key, the sums of u s and of u s f with u = w rho'(z)/sigma, each lane for itself. Keeps no valences: what
    /// is not written need not be read again.
    /// </summary>
    /// <param name="options">Loss and its scales.</param>
    /// <param name="constants">c of each key of the shard.</param>
    /// <param name="slopes">k of each key of the shard, 1/Å.</param>
    /// <param name="gradient">Is added to: 2 vectors for each key of the shard.</param>
    /// <param name="cuts">Number of exponents that had to be cut.</param>
    public Vector512<double> AddLoss(
        FitOptions options, ReadOnlySpan<double> constants, ReadOnlySpan<double> slopes, Span<Vector512<double>> gradient, out int cuts)
    {
        const int MostSegmentsOnStack = 16;
        double inverseSigma = 1 / options.SigmaValence;
        Span<Vector512<double>> stack = stackalloc Vector512<double>[2 * MostSegmentsOnStack];
        ReadOnlySpan<Vector512<double>> targets = Vectors(_targets), weights = Vectors(_weights);
        Vector512<double> value = Vector512<double>.Zero;
        cuts = 0;
        int bond = 0;
        for (int group = 0; group < targets.Length; group++)
        {
            int first = _groupSegments[group], count = _groupSegments[group + 1] - first;
            bool fits = count <= MostSegmentsOnStack;
            Span<Vector512<double>> valences = fits ? stack[..count] : Vectors(_segmentValences)[first..];
            Span<Vector512<double>> moments = fits ? stack.Slice(MostSegmentsOnStack, count) : Vectors(_segmentMoments)[first..];
            Vector512<double> sum = ComputeGroup(group, constants, slopes, ref bond, valences, moments, ref cuts);
            LossFunctions.Evaluate(options, (sum - targets[group]) * inverseSigma, out Vector512<double> rho, out Vector512<double> slope,
                out _);
            value += weights[group] * rho;
            Vector512<double> u = weights[group] * slope * inverseSigma;
            for (int i = 0; i < count; i++)
                AddTo(gradient, first + i, u * valences[i], u * moments[i]);
        }

        return value;
    }

    private Vector512<double> ComputeGroup(
        int group, ReadOnlySpan<double> constants, ReadOnlySpan<double> slopes, ref int bond,
        Span<Vector512<double>> segmentValences, Span<Vector512<double>> segmentMoments, ref int cuts)
    {
        ReadOnlySpan<Vector512<double>> features = Vectors(_features);
        Vector512<double> limit = Vector512.Create(ExponentLimit), sum = Vector512<double>.Zero, largest = Vector512<double>.Zero;
        int first = _groupSegments[group], start = bond;
        for (int segment = first; segment < _groupSegments[group + 1]; segment++)
        {
            Vector512<double> constant = Gather(constants, segment), slope = Gather(slopes, segment);
            Vector512<double> valence = Vector512<double>.Zero, moment = Vector512<double>.Zero;
            foreach (Vector512<double> feature in features.Slice(bond, _segmentLengths[segment]))
            {
                Vector512<double> x = constant + feature * slope;
                largest = Vector512.MaxNative(largest, Vector512.Abs(x));
                Vector512<double> s = PortableMath.ExpInRange(x);
                valence += s;
                moment += s * feature;
            }

            bond += _segmentLengths[segment];
            (segmentValences[segment - first], segmentMoments[segment - first]) = (valence, moment);
            sum += valence;
        }

        return Vector512.GreaterThanAny(largest, limit)
            ? ComputeWithCuts(group, start, constants, slopes, MemoryMarshal.Cast<Vector512<double>, double>(segmentValences),
                MemoryMarshal.Cast<Vector512<double>, double>(segmentMoments), ref cuts)
            : sum;
    }

    // The same for a group that has exponents beyond the limit, one by one and cut. This hardly ever happens.
    private Vector512<double> ComputeWithCuts(
        int group, int startBond, ReadOnlySpan<double> constants, ReadOnlySpan<double> slopes, Span<double> valences, Span<double> moments,
        ref int cuts)
    {
        Span<double> sums = stackalloc double[Lanes];
        for (int lane = 0; lane < Lanes; lane++)
        {
            int slot = Lanes * group + lane;
            bool isEquation = _slotOfRow[_rowOfSlot[slot]] == slot;
            int bond = startBond, next = lane;
            for (int segment = SegmentStart(slot); segment < SegmentEnd(slot); segment += Lanes, next += Lanes)
            {
                (valences[next], moments[next]) = (0, 0);
                for (int end = bond + SegmentLength(segment); bond < end; bond++)
                {
                    double feature = _features[Lanes * bond + lane];
                    double x = constants[_segmentKeys[segment]] + feature * slopes[_segmentKeys[segment]];
                    cuts += isEquation && Math.Abs(x) > ExponentLimit ? 1 : 0;
                    double s = PortableMath.Exp(x > ExponentLimit ? ExponentLimit : x < -ExponentLimit ? -ExponentLimit : x);
                    valences[next] += s;
                    moments[next] += s * feature;
                }

                sums[lane] += valences[next];
            }
        }

        return Vector512.Create<double>(sums);
    }

    // Each lane has a sum of its own, whether the keys of the lanes agree or not.
    private void AddTo(Span<Vector512<double>> gradient, int segment, Vector512<double> valence, Vector512<double> moment)
    {
        ReadOnlySpan<int> keys = KeysOf(segment);
        if (_isUniform[segment])
        {
            gradient[ParameterLayout.Offset(keys[0])] += valence;
            gradient[ParameterLayout.LogSoftness(keys[0])] += moment;
            return;
        }

        Span<double> lanes = MemoryMarshal.Cast<Vector512<double>, double>(gradient);
        Span<double> terms = stackalloc double[ParameterLayout.PerKey * Lanes];
        valence.CopyTo(terms);
        moment.CopyTo(terms[Lanes..]);
        for (int lane = 0; lane < Lanes; lane++)
        {
            lanes[Lanes * ParameterLayout.Offset(keys[lane]) + lane] += terms[lane];
            lanes[Lanes * ParameterLayout.LogSoftness(keys[lane]) + lane] += terms[Lanes + lane];
        }
    }

    private Vector512<double> Gather(ReadOnlySpan<double> values, int segment)
    {
        ReadOnlySpan<int> keys = KeysOf(segment);
        return _isUniform[segment]
            ? Vector512.Create(values[keys[0]])
            : Vector512.Create(
                values[keys[0]], values[keys[1]], values[keys[2]], values[keys[3]], values[keys[4]], values[keys[5]], values[keys[6]],
                values[keys[7]]);
    }

    private ReadOnlySpan<int> KeysOf(int segment) => _segmentKeys.AsSpan(Lanes * segment, Lanes);

    private static Span<Vector512<double>> Vectors(double[] values) => MemoryMarshal.Cast<double, Vector512<double>>(values.AsSpan());
}
