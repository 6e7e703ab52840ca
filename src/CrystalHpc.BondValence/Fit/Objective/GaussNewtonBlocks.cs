using CrystalHpc.BondValence.Equations;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.BondValence.Fit;

/// <summary>
/// The Gauss-Newton Hessian of the data term, J^T diag(w rho'(z)/z / sigma^2) J with dVc/da = sum s and dVc/dg = -sum s f/B, and the matrix
/// of its scores, J^T diag(w^2 rho'(z)^2 / sigma^2) J. A cation's equation concerns one cation, so both are blocks, one for each cation
/// species; what equations of anions say of two cations at once is left out.
/// </summary>
internal sealed class GaussNewtonBlocks
{
    private readonly int[] _firstKeys;
    private readonly int[] _entryOffsets;
    private readonly int[] _blockOfKey;
    private readonly double[] _hessian;
    private readonly double[] _scores;

    private GaussNewtonBlocks(IReadOnlyList<BondKey> keys)
    {
        List<int> firstKeys = [];
        _blockOfKey = new int[keys.Count];
        for (int key = 0; key < keys.Count; key++)
        {
            if (key == 0 || keys[key].Cation != keys[key - 1].Cation)
                firstKeys.Add(key);
            _blockOfKey[key] = firstKeys.Count - 1;
        }

        _firstKeys = [.. firstKeys, keys.Count];
        _entryOffsets = new int[_firstKeys.Length];
        for (int block = 0; block < BlockCount; block++)
            _entryOffsets[block + 1] = _entryOffsets[block] + Size(block) * (Size(block) + 1) / 2;
        (_hessian, _scores) = (new double[_entryOffsets[^1]], new double[_entryOffsets[^1]]);
    }

    /// <summary>Number of cation species.</summary>
    public int BlockCount => _firstKeys.Length - 1;

    /// <summary>First key of a block; its parameters start at the offset of this key.</summary>
    public int FirstKey(int block) => _firstKeys[block];

    /// <summary>Parameters of a block.</summary>
    public int Size(int block) => ParameterLayout.Count(_firstKeys[block + 1] - _firstKeys[block]);

    /// <summary>Entry of the Hessian, row and column counted within the block.</summary>
    public double Hessian(int block, int row, int column) => _hessian[Entry(block, row, column)];

    /// <summary>Entry of the matrix of scores.</summary>
    public double Scores(int block, int row, int column) => _scores[Entry(block, row, column)];

    /// <summary>Diagonal entry of the Hessian for one parameter of the whole vector.</summary>
    public double Diagonal(int parameter)
    {
        int block = _blockOfKey[ParameterLayout.KeyOf(parameter)];
        int row = parameter - ParameterLayout.Offset(_firstKeys[block]);
        return Hessian(block, row, row);
    }

    /// <summary>Computes both matrices at a point, over all processes.</summary>
    public static GaussNewtonBlocks Compute(
        FitOptions options, IReadOnlyList<BondKey> keys, IReadOnlyList<FitShard> shards, ReadOnlySpan<double> parameters,
        GlobalSum globalSum)
    {
        GaussNewtonBlocks blocks = new(keys);
        int count = blocks._hessian.Length;
        ReproducibleSum sums = new(2 * count);
        KeyCoefficients coefficients = new(BondLaws.Of(options.Law), keys.Count);
        coefficients.Set(parameters);
        foreach (FitShard shard in shards)
        {
            coefficients.ComputeValences(shard);
            blocks.AddShard(options, shard, coefficients.Slopes);
            for (int i = 0; i < count; i++)
            {
                // A shard has few of the cations.
                if (blocks._hessian[i] == 0 && blocks._scores[i] == 0)
                    continue;
                sums.Add(i, blocks._hessian[i]);
                sums.Add(count + i, blocks._scores[i]);
            }

            Array.Clear(blocks._hessian);
            Array.Clear(blocks._scores);
        }

        sums.AllReduce(globalSum);
        for (int i = 0; i < count; i++)
            (blocks._hessian[i], blocks._scores[i]) = (sums.Read(i), sums.Read(count + i));
        return blocks;
    }

    private void AddShard(FitOptions options, FitShard shard, ReadOnlySpan<double> slopes)
    {
        IBondLaw law = BondLaws.Of(options.Law);
        double inverseSigma = 1 / options.SigmaValence;
        List<(int Block, int Row, double Derivative)> derivatives = [];
        foreach (int slot in shard.SlotOfRow)
        {
            double weight = shard.Weights[slot];
            if (weight == 0)
                continue;
            double z = (shard.Valences[slot] - shard.Targets[slot]) * inverseSigma;
            (_, double slope, double lossCurvature) = LossFunctions.Evaluate(options, z);
            double curvature = weight * lossCurvature * inverseSigma * inverseSigma;
            double score = weight * slope * inverseSigma;

            derivatives.Clear();
            for (int segment = shard.SegmentStart(slot); segment < shard.SegmentEnd(slot); segment += FitShard.Lanes)
            {
                int key = shard.Keys[shard.SegmentKeys[segment]];
                int block = _blockOfKey[key];
                int place = key - _firstKeys[block];
                (double valence, double moment) = (shard.SegmentValences[segment], shard.SegmentMoments[segment]);
                derivatives.Add((block, ParameterLayout.Offset(place), valence));
                double byG = law.DerivativeByG(valence, moment, slopes[key]);
                derivatives.Add((block, ParameterLayout.LogSoftness(place), byG));
            }

            for (int i = 0; i < derivatives.Count; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    if (derivatives[i].Block != derivatives[j].Block)
                        continue;
                    double product = derivatives[i].Derivative * derivatives[j].Derivative;
                    int entry = Entry(derivatives[i].Block, derivatives[i].Row, derivatives[j].Row);
                    _hessian[entry] += curvature * product;
                    _scores[entry] += score * score * product;
                }
            }
        }
    }

    private int Entry(int block, int row, int column) =>
        row >= column ? _entryOffsets[block] + row * (row + 1) / 2 + column : Entry(block, column, row);
}
