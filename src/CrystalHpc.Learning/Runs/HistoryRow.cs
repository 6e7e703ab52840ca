using CrystalHpc.Learning.Training;
using CsvHelper;

namespace CrystalHpc.Learning.Runs;

/// <summary>A row of <c>history.csv</c>: an epoch of the training of a member of a committee.</summary>
/// <param name="Member">Number of the member, from 0.</param>
/// <param name="Epoch">Number of the epoch, from 1.</param>
/// <param name="Rate">Learning rate of its last step.</param>
/// <param name="TrainingLoss">Mean loss of the training samples, with noise, as the weights were at each step.</param>
/// <param name="ValidationLoss">Mean loss of the validation samples after the epoch; empty where there are none.</param>
/// <param name="GradientNorm">Mean norm of the gradient before clipping.</param>
/// <param name="IsBest">True where the validation loss is below that of all epochs before.</param>
[CsvRecord]
public sealed partial record HistoryRow(
    [property: CsvColumn("member")] int Member,
    [property: CsvColumn("epoch")] int Epoch,
    [property: CsvColumn("rate")] double Rate,
    [property: CsvColumn("training_loss")] double TrainingLoss,
    [property: CsvColumn("validation_loss")] double? ValidationLoss,
    [property: CsvColumn("gradient_norm")] double GradientNorm,
    [property: CsvColumn("is_best")] bool IsBest)
{
    /// <summary>The row of an epoch.</summary>
    public static HistoryRow Of(int member, EpochRow epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        return new HistoryRow(member, epoch.Epoch, epoch.Rate, epoch.TrainingLoss, epoch.ValidationLoss, epoch.GradientNorm, epoch.IsBest);
    }
}
