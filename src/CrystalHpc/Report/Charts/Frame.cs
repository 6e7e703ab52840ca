namespace CrystalHpc.Report.Charts;

/// <summary>The part of a drawing that data are shown in; y grows downward.</summary>
internal readonly record struct Frame(double Left, double Top, double Right, double Bottom)
{
    public double Width => Right - Left;

    public double Height => Bottom - Top;
}
