using CrystalHpc.BondValence.Fit;

namespace CrystalHpc.BondValence.Report;

/// <summary>Sums over the cation sites of one kind.</summary>
internal sealed class SiteTally
{
    private double _weight;
    private double _weightedSquares;

    /// <summary>All sites.</summary>
    public long Sites { get; private set; }

    /// <summary>Those that the fit used.</summary>
    public long Fitted { get; private set; }

    /// <summary>Sites, also those that the fit left out, whose valence sum rounds to another number than the oxidation state.</summary>
    public long Wrong { get; private set; }

    /// <summary>Weighted root mean square of the deviations of fitted sites, v.u.; NaN without any.</summary>
    public double Rmsd => _weight > 0 ? Math.Sqrt(_weightedSquares / _weight) : double.NaN;

    /// <summary>Share of wrong sites, 0 to 1.</summary>
    public double WrongFraction => Sites > 0 ? (double)Wrong / Sites : 0;

    /// <summary>Counts a site.</summary>
    public void Add(ResidualRow row)
    {
        Sites++;
        if (IsWrong(row))
            Wrong++;
        if (!IsFitted(row))
            return;
        Fitted++;
        _weight += row.Weight;
        _weightedSquares += row.Weight * row.DeviationVu * row.DeviationVu;
    }

    /// <summary>True when the fit used the site; false when its gate left it out.</summary>
    public static bool IsFitted(ResidualRow row) => row.Use == "fitted";

    /// <summary>True when the valence sum is half a unit or more from the oxidation state.</summary>
    public static bool IsWrong(ResidualRow row) => !(Math.Abs(row.DeviationVu) < 0.5);
}
