using System.ComponentModel.DataAnnotations;

namespace CrystalHpc.Learning.Training;

/// <summary>How a Kalman filter trains.</summary>
/// <param name="Samples">Samples of one update.</param>
/// <param name="Decoupled">Blocks of parameters, one for each element, are taken as uncorrelated: half the work for two elements.</param>
/// <param name="StartVariance">Variance of the weights at the start.</param>
/// <param name="StartNoise">Variance of the weighted deviations in the first epoch.</param>
/// <param name="EndNoise">The same in the last epoch; between them it falls evenly on a logarithmic scale.</param>
/// <param name="ProcessNoise">What each update adds to the variance of the weights.</param>
/// <param name="Memory">What covariances are divided by at each update: 1 forgets nothing.</param>
public sealed record KalmanOptions(
    [property: Range(1, 1000)] int Samples,
    bool Decoupled,
    [property: Range(1e-9, 1e9)] double StartVariance,
    [property: Range(1e-12, 1e6)] double StartNoise,
    [property: Range(1e-12, 1e6)] double EndNoise,
    [property: Range(0.0, 1.0)] double ProcessNoise,
    [property: Range(0.5, 1.0)] double Memory);
