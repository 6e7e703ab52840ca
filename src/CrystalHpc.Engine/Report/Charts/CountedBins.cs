namespace CrystalHpc.Engine.Report;

/// <summary>A histogram of fixed bins that can be filled without knowing the data; what lies beyond is counted at each end.</summary>
public sealed class CountedBins(double low, double width, int count)
{
    private readonly long[] _counts = new long[count];

    /// <summary>Values below the first bin.</summary>
    public long Below { get; private set; }

    /// <summary>Values beyond the last bin, and those that are no numbers.</summary>
    public long Above { get; private set; }

    /// <summary>Lower end of the first bin.</summary>
    public double Low => low;

    /// <summary>Upper end of the last bin.</summary>
    public double High => low + width * count;

    /// <summary>Number of bins.</summary>
    public int Count => count;

    /// <summary>What a bin holds.</summary>
    public long this[int bin] => _counts[bin];

    /// <summary>Ends of a bin.</summary>
    public (double From, double To) Range(int bin) => (low + bin * width, low + (bin + 1) * width);

    /// <summary>Counts a value.</summary>
    public void Add(double value)
    {
        double bin = Math.Floor((value - low) / width);
        if (bin < 0)
            Below++;
        else if (bin < count)
            _counts[(int)bin]++;
        else
            Above++;
    }

    /// <summary>The value that a share of all counts lies below, read within its bin; the ends where it lies beyond them.</summary>
    public double Quantile(double share)
    {
        double target = share * (_counts.Sum() + Below + Above), seen = Below;
        if (target <= seen)
            return Low;
        for (int bin = 0; bin < count; bin++)
        {
            if (target <= seen + _counts[bin])
                return low + (bin + (target - seen) / _counts[bin]) * width;
            seen += _counts[bin];
        }

        return High;
    }
}
