using CrystalHpc.BondValence.Equations;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.Optimization;

namespace CrystalHpc.BondValence.Fit;

/// <summary>
/// Which keys share one ln B. The full parameter vector is that of <see cref="ParameterLayout"/>; the tied one has the a of all keys, then
/// the g of each group. Where every key has its own g both are the same vector.
/// </summary>
internal sealed class SoftnessTying
{
    private readonly int[] _groupOfKey;
    private readonly double _fixedLogSoftness;

    public SoftnessTying(FitOptions options, IReadOnlyList<BondKey> keys)
    {
        IsTied = options.Softness != Softness.PerPair;
        _fixedLogSoftness = PortableMath.Log(options.SoftnessPriorMeanAngstrom);
        Dictionary<BondKey, int> groups = [];
        _groupOfKey = [.. keys.Select(key => GroupOf(options.Softness, key, groups))];
        GroupCount = groups.Count;
        GroupSizes = new int[GroupCount];
        foreach (int group in _groupOfKey.Where(group => group >= 0))
            GroupSizes[group]++;
    }

    /// <summary>True when the tied vector differs from the full one.</summary>
    public bool IsTied { get; }

    /// <summary>Number of different g that are fitted.</summary>
    public int GroupCount { get; }

    /// <summary>Keys of each group.</summary>
    public int[] GroupSizes { get; }

    /// <summary>Number of keys.</summary>
    public int KeyCount => _groupOfKey.Length;

    /// <summary>Length of the tied vector.</summary>
    public int ParameterCount => KeyCount + GroupCount;

    /// <summary>Group of a key; -1 when its g is fixed.</summary>
    public int GroupOf(int key) => _groupOfKey[key];

    /// <summary>Place in the tied vector of a parameter of the full one; -1 for a g that is fixed.</summary>
    public int PlaceOf(int parameter) => !IsTied ? parameter
        : ParameterLayout.IsOffset(parameter) ? ParameterLayout.KeyOf(parameter)
        : _groupOfKey[ParameterLayout.KeyOf(parameter)] is >= 0 and int group ? KeyCount + group
        : -1;

    /// <summary>Whether a place in the tied vector holds an a.</summary>
    public bool IsOffset(int place) => IsTied ? place < KeyCount : ParameterLayout.IsOffset(place);

    /// <summary>From the tied vector to the full one.</summary>
    public void Expand(ReadOnlySpan<double> tied, Span<double> full)
    {
        for (int i = 0; i < full.Length; i++)
            full[i] = PlaceOf(i) is >= 0 and int place ? tied[place] : _fixedLogSoftness;
    }

    /// <summary>From a full vector whose tied entries agree to the tied one.</summary>
    public double[] Reduce(ReadOnlySpan<double> full)
    {
        double[] tied = new double[ParameterCount];
        for (int i = 0; i < full.Length; i++)
        {
            if (PlaceOf(i) is >= 0 and int place)
                tied[place] = full[i];
        }

        return tied;
    }

    /// <summary>From derivatives by the full vector to those by the tied one: shared entries collect.</summary>
    public void Contract(ReadOnlySpan<double> full, Span<double> tied)
    {
        tied.Clear();
        for (int i = 0; i < full.Length; i++)
        {
            if (PlaceOf(i) is >= 0 and int place)
                tied[place] += full[i];
        }
    }

    private static int GroupOf(Softness softness, BondKey key, Dictionary<BondKey, int> groups)
    {
        BondKey? group = softness switch
        {
            Softness.Fixed => null,
            Softness.Global => default(BondKey),
            Softness.PerAnion => new BondKey(default, key.Anion),
            _ => key,
        };
        if (group is not { } name)
            return -1;
        if (!groups.TryGetValue(name, out int index))
            groups.Add(name, index = groups.Count);
        return index;
    }
}

/// <summary>The function of the fit on the tied vector.</summary>
internal sealed class TiedObjective(IObjective inner, SoftnessTying tying) : IObjective
{
    private readonly double[] _point = new double[inner.ParameterCount];
    private readonly double[] _gradient = new double[inner.ParameterCount];

    /// <inheritdoc/>
    public int ParameterCount => tying.ParameterCount;

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        tying.Expand(parameters, _point);
        double value = inner.Evaluate(_point, _gradient);
        tying.Contract(_gradient, gradient);
        return value;
    }
}
