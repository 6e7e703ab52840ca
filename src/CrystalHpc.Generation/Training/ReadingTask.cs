using System.Numerics;
using CrystalHpc.Generation.Data;
using CrystalHpc.Generation.Model;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Losses;
using CrystalHpc.Learning.Tensors;
using CrystalHpc.Learning.Training;
using CrystalHpc.Learning.Volumes;

namespace CrystalHpc.Generation.Training;

/// <summary>
/// The loss of the U-net: the cross-entropy of elements over occupied voxels, and that of occupancy over all. Crystals come as they are,
/// or, for a share of them, as the autoencoder makes them.
/// </summary>
/// <param name="sizes">Sizes of the network.</param>
/// <param name="data">The crystals.</param>
/// <param name="reconstructor">Makes reconstructions; null where all crystals come as they are.</param>
/// <param name="start">Parameters to start from; null: drawn.</param>
public sealed class ReadingTask<T>(NetworkSizes sizes, GenerationData data, Reconstructor<T>? reconstructor = null, T[]? start = null)
    : ITrainingTask<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly UNet<T> _network = new(sizes);
    private readonly VoxelLoader _loader = new(data.Grid);
    private readonly Volume<T> _crystals = new();
    private readonly Tensor<T> _targets = new(), _speciesGradient = new(), _occupancyGradient = new();
    private readonly List<CubicCell> _cells = [];
    private readonly List<int> _occupied = [];
    private byte[] _species = [];
    private T[] _isOccupied = [], _weights = [];

    /// <inheritdoc/>
    public IReadOnlyList<Parameter<T>> Parameters => _network.Parameters;

    /// <inheritdoc/>
    public void Initialize(ulong seed)
    {
        if (start is null)
        {
            _network.Initialize(seed);
            return;
        }

        int offset = 0;
        foreach (Parameter<T> parameter in Parameters)
        {
            start.AsSpan(offset, parameter.Length).CopyTo(parameter.Values);
            offset += parameter.Length;
        }
    }

    /// <inheritdoc/>
    public double AddGradient(ReadOnlySpan<int> samples, ForwardPass pass)
    {
        double loss = Evaluate(samples, pass);
        _network.Backward(_occupancyGradient, _speciesGradient);
        return loss;
    }

    /// <inheritdoc/>
    public double Loss(ReadOnlySpan<int> samples) => Evaluate(samples, ForwardPass.Prediction);

    private double Evaluate(ReadOnlySpan<int> samples, ForwardPass pass)
    {
        _cells.Clear();
        foreach (int sample in samples)
            _cells.Add(data.Samples[sample].Cell);
        _loader.Load(_cells, _crystals);
        reconstructor?.Replace(samples, pass, _crystals);
        LoadTargets();
        (Tensor<T> occupancy, Tensor<T> species) = _network.Forward(
            _crystals, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_occupied), pass);
        _occupancyGradient.Resize(occupancy.Rows, 1);
        double loss = SigmoidCrossEntropy.Evaluate<T>(
            occupancy.Values, _isOccupied.AsSpan(0, occupancy.Rows), T.CreateChecked(1.0 / data.Grid.Voxels), _occupancyGradient.Values);
        return loss + SoftmaxCrossEntropy.Evaluate(species, _targets, _weights.AsSpan(0, species.Rows), _speciesGradient);
    }

    private void LoadTargets()
    {
        int voxels = data.Grid.Voxels;
        if (_species.Length < _cells.Count * voxels)
            (_species, _isOccupied, _weights) = (new byte[_cells.Count * voxels], new T[_cells.Count * voxels],
                new T[_cells.Count * voxels]);
        _occupied.Clear();
        for (int sample = 0; sample < _cells.Count; sample++)
            _loader.LoadSpecies(_cells[sample], _species.AsSpan(sample * voxels, voxels));
        for (int voxel = 0; voxel < _cells.Count * voxels; voxel++)
        {
            _isOccupied[voxel] = _species[voxel] > 0 ? T.One : T.Zero;
            if (_species[voxel] > 0)
                _occupied.Add(voxel);
        }

        // One mean number of occupied voxels for all crystals, so that the loss is a sum over samples.
        _weights.AsSpan().Fill(T.CreateChecked(1 / data.MeanOccupied));
        _targets.Resize(_occupied.Count, data.Species.Count);
        _targets.Values.Clear();
        for (int row = 0; row < _occupied.Count; row++)
            _targets.Row(row)[data.Species.PlaceOf(_species[_occupied[row]])] = T.One;
    }
}
