using CrystalHpc.Learning.Layers;

namespace CrystalHpc.Learning.Training;

/// <summary>A training that goes on in epochs and can be stopped between two steps: what a run directory keeps and shows.</summary>
public interface IEpochTraining<T> where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
{
    /// <summary>The parameters: after the training, the best ones.</summary>
    ParameterBuffer<T> Parameters { get; }

    /// <summary>Trains. A collective call.</summary>
    /// <param name="saved">What <paramref name="onStep"/> captured, to go on from there; null: begins.</param>
    /// <param name="onStep">Called after each step with a function that captures the state; an exception that it throws on all ranks ends
    /// the training.</param>
    /// <param name="onEpoch">Called after each epoch.</param>
    /// <returns>All epochs.</returns>
    IReadOnlyList<EpochRow> Run(byte[]? saved = null, Action<Func<byte[]>>? onStep = null, Action<EpochRow>? onEpoch = null);

    /// <summary>The state of the training, for <see cref="Run"/>. A collective call.</summary>
    byte[] Capture();
}
