using System.Numerics;
using CrystalHpc.Learning.Layers;

namespace CrystalHpc.Learning.Training;

/// <summary>
/// What is trained: a network, its samples and its loss. An instance serves one thread; the trainer makes as many as it has threads, lays
/// out their parameters and lets them share the values (<see cref="ParameterBuffer{T}"/>), so that parameters have no room before the
/// trainer has taken the instance.
/// </summary>
public interface ITrainingTask<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>All parameters, in a fixed order, with names that differ.</summary>
    IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>Sets the parameters to where a training starts; what is drawn follows from the seed alone.</summary>
    void Initialize(ulong seed);

    /// <summary>Adds the gradient of the sum of the losses of samples to the gradients of the parameters.</summary>
    /// <param name="samples">Numbers of samples: a virtual shard, whatever the number of ranks and threads.</param>
    /// <param name="pass">A pass that trains; its noise depends on seed, epoch and sample.</param>
    /// <returns>The sum of the losses, each times the weight of its sample. Weights have a mean near 1: the trainer divides by the number
    /// of samples.</returns>
    double AddGradient(ReadOnlySpan<int> samples, ForwardPass pass);

    /// <summary>The sum of the losses of samples as the network predicts: no noise, no dropout, nothing changed.</summary>
    double Loss(ReadOnlySpan<int> samples);
}
