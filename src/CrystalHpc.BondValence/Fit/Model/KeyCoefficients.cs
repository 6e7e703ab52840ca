namespace CrystalHpc.BondValence.Fit;

/// <summary>c and k of ln s = c + k f at a point, for all keys and for those of the shard at hand.</summary>
internal sealed class KeyCoefficients(IBondLaw law, int keyCount)
{
    private readonly double[] _constants = new double[keyCount];
    private readonly double[] _slopes = new double[keyCount];
    private readonly double[] _shardConstants = new double[keyCount];
    private readonly double[] _shardSlopes = new double[keyCount];

    /// <summary>k of each key.</summary>
    public ReadOnlySpan<double> Slopes => _slopes;

    /// <summary>Takes over a point, a full parameter vector.</summary>
    public void Set(ReadOnlySpan<double> parameters)
    {
        for (int key = 0; key < _constants.Length; key++)
        {
            (double a, double g) = ParameterLayout.Of(parameters, key);
            (_constants[key], _slopes[key]) = law.Coefficients(a, g);
        }
    }

    /// <summary>c and k of the keys of a shard; valid until the next call.</summary>
    public void Of(FitShard shard, out ReadOnlySpan<double> constants, out ReadOnlySpan<double> slopes)
    {
        ReadOnlySpan<int> keys = shard.Keys;
        for (int k = 0; k < keys.Length; k++)
            (_shardConstants[k], _shardSlopes[k]) = (_constants[keys[k]], _slopes[keys[k]]);
        constants = _shardConstants.AsSpan(0, keys.Length);
        slopes = _shardSlopes.AsSpan(0, keys.Length);
    }

    /// <summary>Valence sums of a shard; returns the number of exponents cut.</summary>
    public int ComputeValences(FitShard shard)
    {
        Of(shard, out ReadOnlySpan<double> constants, out ReadOnlySpan<double> slopes);
        return shard.ComputeValences(constants, slopes);
    }
}
