using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Potentials.Search;

/// <summary>The random numbers of one structure of a search: they follow from the seed and its number alone.</summary>
internal sealed class SearchRandom(ulong seed, int number)
{
    private const uint Stream = 0x5345_0001;

    private readonly CounterRandom _random = new(seed, (ulong)number, Stream);

    /// <summary>Between two numbers.</summary>
    public double Between(double low, double high) => _random.NextUniform(low, high);

    /// <summary>Normal, mean 0, deviation 1.</summary>
    public double Normal() => _random.NextNormal();

    /// <summary>A whole number from 0, less than a limit.</summary>
    public int Below(int limit) => _random.NextIndex(limit);

    /// <summary>A direction, all equally likely.</summary>
    public Cartesian Direction()
    {
        var vector = new Cartesian(Normal(), Normal(), Normal());
        return 1 / Math.Max(vector.Length, 1e-300) * vector;
    }

    /// <summary>A rotation, all equally likely: where it carries x, y and z.</summary>
    public Cartesian[] Rotation()
    {
        Cartesian x = Direction(), other = Direction(), z = Cartesian.Cross(x, other);
        z = 1 / Math.Max(z.Length, 1e-300) * z;
        return [x, Cartesian.Cross(z, x), z];
    }
}
