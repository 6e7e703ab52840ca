namespace CrystalHpc.BondValence.Fit;

/// <summary>Which keys share one softness B.</summary>
public enum Softness
{
    /// <summary>None: B stays at the center of its prior.</summary>
    Fixed,

    /// <summary>All keys have one B.</summary>
    Global,

    /// <summary>Every key has its own.</summary>
    PerPair,

    /// <summary>Keys with the same anion have one.</summary>
    PerAnion,
}

/// <summary>Where the search for the minimum begins.</summary>
public enum FitStart
{
    /// <summary>At the median of the r0 that the equations of a key would each like to have.</summary>
    Analytic,

    /// <summary>At the mean bond length of each key, as older studies do.</summary>
    MeanLength,
}

/// <summary>How the minimum is found. Both find the same one; the second is there as a check of the first.</summary>
public enum FitMethod
{
    /// <summary>Bounded L-BFGS.</summary>
    Lbfgs,

    /// <summary>Gauss-Newton steps on the blocks of the cations, damped after Levenberg and Marquardt.</summary>
    LevenbergMarquardt,
}
