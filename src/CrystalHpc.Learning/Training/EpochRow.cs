namespace CrystalHpc.Learning.Training;

/// <summary>An epoch of a training.</summary>
/// <param name="Epoch">Number of the epoch, from 1.</param>
/// <param name="Rate">Learning rate of its last step.</param>
/// <param name="TrainingLoss">Mean loss of the training samples, with noise, as the weights were at each step.</param>
/// <param name="ValidationLoss">Mean loss of the validation samples after the epoch; null where there are none.</param>
/// <param name="GradientNorm">Mean norm of the gradient before clipping.</param>
/// <param name="IsBest">True where the validation loss is below that of all epochs before.</param>
public sealed record EpochRow(int Epoch, double Rate, double TrainingLoss, double? ValidationLoss, double GradientNorm, bool IsBest);
