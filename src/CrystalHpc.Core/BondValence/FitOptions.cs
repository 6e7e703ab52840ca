using System.ComponentModel.DataAnnotations;

namespace CrystalHpc.Core.BondValence;

/// <summary>How bond-valence parameters are fitted.</summary>
/// <param name="Loss">How residuals count.</param>
/// <param name="SharedSoftness">One B for all keys instead of one for each.</param>
/// <param name="SoftnessPriorMeanAngstrom">Center of the prior on B, Å.</param>
/// <param name="SoftnessPriorWidth">Standard deviation of the prior on ln B.</param>
/// <param name="SoftnessMinAngstrom">Lower bound of B, Å.</param>
/// <param name="SoftnessMaxAngstrom">Upper bound of B, Å.</param>
/// <param name="SigmaValence">Expected error of a valence sum, v.u.: the unit in which residuals count.</param>
/// <param name="HuberDeltaValence">Residual at which the loss turns from square to linear (Cauchy: to logarithm), v.u.</param>
/// <param name="GateAngstrom">An equation is left out when |B ln(V/sum s)| at the start is not below this, Å.</param>
/// <param name="RadiusPriorMinEquations">A key with fewer equations is drawn to the r0 that sums of radii predict.</param>
/// <param name="RadiusPriorWidthAngstrom">Standard deviation of that prior, Å.</param>
/// <param name="History">Corrections that L-BFGS remembers.</param>
/// <param name="MaxIterations">Iterations after which the fit stops unfinished.</param>
/// <param name="GradientTolerance">Stop when the largest step that the gradient still asks for is below this times max(1, F).</param>
/// <param name="RelativeChangeTolerance">Stop when F changes by less than this fraction in one iteration; 0 to let the gradient decide.</param>
public sealed record FitOptions(
    Loss Loss,
    bool SharedSoftness,
    [property: Range(0.1, 1.0)] double SoftnessPriorMeanAngstrom,
    [property: Range(0.001, 10.0)] double SoftnessPriorWidth,
    [property: Range(0.01, 1.0)] double SoftnessMinAngstrom,
    [property: Range(0.1, 5.0)] double SoftnessMaxAngstrom,
    [property: Range(0.001, 10.0)] double SigmaValence,
    [property: Range(0.001, 1000.0)] double HuberDeltaValence,
    [property: Range(0.01, 100.0)] double GateAngstrom,
    [property: Range(0, 1000)] int RadiusPriorMinEquations,
    [property: Range(0.001, 10.0)] double RadiusPriorWidthAngstrom,
    [property: Range(1, 200)] int History,
    [property: Range(0, 1000000)] int MaxIterations,
    [property: Range(1e-14, 1.0)] double GradientTolerance,
    [property: Range(0.0, 1.0)] double RelativeChangeTolerance)
{
    /// <summary>The choice that held up on clean and on dirty data (see docs, study of losses and priors).</summary>
    public static FitOptions Default { get; } = new(
        Loss: Loss.PseudoHuber,
        SharedSoftness: false,
        SoftnessPriorMeanAngstrom: BondValenceModel.UniversalSoftnessAngstrom,
        SoftnessPriorWidth: 0.10,
        SoftnessMinAngstrom: 0.25,
        SoftnessMaxAngstrom: 0.65,
        SigmaValence: 0.12,
        HuberDeltaValence: 0.175,
        GateAngstrom: 0.30,
        RadiusPriorMinEquations: 5,
        RadiusPriorWidthAngstrom: 0.10,
        History: 20,
        MaxIterations: 1000,
        GradientTolerance: 1e-7,
        RelativeChangeTolerance: 0);
}
