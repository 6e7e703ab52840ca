using System.Numerics;
using CrystalHpc.Learning.Layers;

namespace CrystalHpc.Learning.Training;

/// <summary>What trainings by steps have in common: epochs of shuffled batches, the best epoch, patience.</summary>
/// <param name="deal">How samples are dealt into batches.</param>
/// <param name="options">Seed, epochs and patience.</param>
public abstract class EpochTraining<T>(VirtualShards deal, TrainingOptions options) : IEpochTraining<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public abstract ParameterBuffer<T> Parameters { get; }

    private protected abstract TrainingState<T> State { get; }

    private protected VirtualShards Deal { get; } = deal;

    private protected TrainingOptions Options { get; } = options;

    private protected ulong Seed => (ulong)Options.Seed;

    /// <summary>What the history calls the rate of an epoch.</summary>
    private protected abstract double Rate { get; }

    /// <inheritdoc/>
    public IReadOnlyList<EpochRow> Run(byte[]? saved = null, Action<Func<byte[]>>? onStep = null, Action<EpochRow>? onEpoch = null)
    {
        if (saved is null)
            Initialize();
        else
            Restore(saved);
        while (State.Epoch < Options.Epochs && !(State.EpochsSinceBest >= Options.Patience))
        {
            Deal.Shuffle(Seed, State.Epoch);
            while (State.Batch < Deal.Batches)
            {
                Step();
                onStep?.Invoke(Capture);
            }

            EpochRow row = EndEpoch();
            onEpoch?.Invoke(row);
        }

        if (State.BestLoss < double.PositiveInfinity)
            State.Best.CopyTo(Parameters.Values);
        return State.History;
    }

    /// <inheritdoc/>
    public abstract byte[] Capture();

    private protected abstract void Initialize();

    private protected abstract void Restore(byte[] saved);

    /// <summary>Takes the batch that comes next.</summary>
    private protected abstract void Step();

    /// <summary>Mean loss of the validation samples; null where there are none.</summary>
    private protected abstract double? ValidationLoss();

    private EpochRow EndEpoch()
    {
        double? loss = ValidationLoss();
        bool isBest = loss < State.BestLoss;
        if (isBest)
        {
            State.BestLoss = loss!.Value;
            Parameters.Values.CopyTo(State.Best);
        }

        State.EpochsSinceBest = isBest || loss is null ? 0 : State.EpochsSinceBest + 1;
        var row = new EpochRow(++State.Epoch, Rate, State.LossSum / Deal.Count, loss, State.NormSum / Deal.Batches, isBest);
        State.History.Add(row);
        (State.Batch, State.LossSum, State.NormSum) = (0, 0, 0);
        return row;
    }
}
