namespace CrystalHpc.BondValence.Report;

/// <summary>
/// Bounds on what the page shows, so that it opens in any browser whatever the size of the run; the tables of the run hold the rest.
/// </summary>
internal static class ReportLimits
{
    /// <summary>Rows of the parameter table, and points in its charts.</summary>
    public const int Parameters = 1500;

    /// <summary>Rows of the table of the worst sites.</summary>
    public const int WorstSites = 200;

    /// <summary>Pairs with a histogram.</summary>
    public const int Histograms = 60;

    /// <summary>Bonds that a pair needs for a histogram.</summary>
    public const int HistogramBonds = 20;

    /// <summary>Cations in the chart of wrong valences, and the sites they need.</summary>
    public const int Cations = 30, CationSites = 10;

    /// <summary>Rows of the table of the evaluation.</summary>
    public const int Metrics = 500;

    /// <summary>Points of the convergence curves.</summary>
    public const int Iterations = 600;
}
