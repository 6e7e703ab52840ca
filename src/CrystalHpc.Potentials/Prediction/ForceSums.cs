using CrystalHpc.Parallel;

namespace CrystalHpc.Potentials.Prediction;

/// <summary>
/// Sums of what each atom adds to the forces on others. What is added is rounded to whole units of 2^-38 eV/A (4e-12): whole numbers add up
/// to the same in any order, on any number of ranks.
/// </summary>
internal sealed class ForceSums
{
    private const double Unit = 1.0 / (1L << 38);

    // A hundred neighbors of such forces stay within 63 bits; nothing but coinciding atoms has larger ones.
    private const double Largest = 1 << 18;

    private readonly long[] _sums;

    /// <summary>Zeros.</summary>
    /// <param name="length">Three for each atom and member.</param>
    public ForceSums(int length) => _sums = new long[length + 1];

    private ref long TooLarge => ref _sums[^1];

    /// <summary>Adds to a component, eV/A.</summary>
    public void Add(int index, double force)
    {
        if (Math.Abs(force) < Largest)
            _sums[index] += (long)Math.Round(force / Unit);
        else
            TooLarge = 1;
    }

    /// <summary>Adds the sums of all ranks. A collective call.</summary>
    public void AddRanks(ICommunicator world) => world.AllreduceInPlace<long>(_sums, ReduceOperation.Sum);

    /// <summary>Forces, eV/A; NaN where some atom's was too large.</summary>
    public double[] Read(int start, int count)
    {
        var forces = new double[count];
        for (int i = 0; i < count; i++)
            forces[i] = TooLarge > 0 ? double.NaN : Unit * _sums[start + i];
        return forces;
    }
}
