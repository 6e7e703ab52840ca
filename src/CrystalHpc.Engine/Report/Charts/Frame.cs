namespace CrystalHpc.Engine.Report;

/// <summary>The part of a drawing that data are shown in; y grows downward.</summary>
public readonly record struct Frame(double Left, double Top, double Right, double Bottom)
{
    /// <summary>Width.</summary>
    public double Width => Right - Left;

    /// <summary>Height.</summary>
    public double Height => Bottom - Top;
}
