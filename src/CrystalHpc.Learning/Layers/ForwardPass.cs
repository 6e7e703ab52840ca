namespace CrystalHpc.Learning.Layers;

/// <summary>What a forward pass is for.</summary>
/// <param name="IsTraining">True where noise is added and statistics come from the samples at hand.</param>
/// <param name="Seed">Seed of all noise of the training.</param>
/// <param name="Epoch">Number of the epoch, from 0.</param>
/// <param name="Samples">The numbers of the samples, one for each row: noise depends on them, not on where or beside which others they are
/// computed.</param>
public readonly record struct ForwardPass(bool IsTraining, ulong Seed, int Epoch, ReadOnlyMemory<int> Samples)
{
    /// <summary>A pass that predicts.</summary>
    public static ForwardPass Prediction => default;

    /// <summary>A pass that trains.</summary>
    public static ForwardPass Training(ulong seed, int epoch, ReadOnlyMemory<int> samples) => new(true, seed, epoch, samples);
}
