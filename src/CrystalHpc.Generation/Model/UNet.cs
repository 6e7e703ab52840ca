using System.Numerics;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Tensors;
using CrystalHpc.Learning.Volumes;

namespace CrystalHpc.Generation.Model;

/// <summary>
/// Reads voxels: from density and coordinates to the element of each voxel and whether it is occupied (Ronneberger, Fischer and Brox 2015, arXiv 1505.04597;
/// for crystals Court and others 2020, doi 10.1021/acs.jcim.0c00464), with periodic convolutions.
/// </summary>
public sealed class UNet<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Features = 16;

    private readonly DescendingHalf<T> _down = new(isFirst: true);
    private readonly ConvolutionUnit<T> _half = ConvolutionUnit<T>.Reading(96, 32, "up.0.");
    private readonly ConvolutionUnit<T> _fine = ConvolutionUnit<T>.Reading(48, 16, "up.1."), _last = ConvolutionUnit<T>.Reading(16, Features, "up.2.");
    private readonly Upsampling<T> _toHalf = new(), _toFine = new();
    private readonly Concatenation<T> _joinHalf = new(), _joinFine = new();
    private readonly Dense<T> _species, _occupancy;
    private readonly Tensor<T> _rows = new(), _occupiedRows = new();
    private readonly Volume<T> _featureGradient = new();
    private int[] _all = [], _occupied = [];
    private int _occupiedCount;
    private Volume<T>? _features;

    /// <summary>A network.</summary>
    public UNet(NetworkSizes sizes)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        (_species, _occupancy) = (new Dense<T>(Features, sizes.Species, name: "species."), new Dense<T>(Features, 1, name: "occupancy."));
        Parameters = [.. _down.Parameters, .. _half.Parameters, .. _fine.Parameters, .. _last.Parameters, .. _species.Parameters, .. _occupancy.Parameters];
    }

    /// <summary>Its parameters; those of the descending half come first.</summary>
    public IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>Sets the parameters to where a training starts.</summary>
    public void Initialize(ulong seed)
    {
        var random = new CounterRandom(seed, 1, 2);
        _down.Initialize(random);
        foreach (ConvolutionUnit<T> unit in (ConvolutionUnit<T>[])[_half, _fine, _last])
            unit.Initialize(random);
        Initializers.Normal(_species.Weight, Math.Sqrt(1.0 / (3 * Features)), random);
        Initializers.Normal(_occupancy.Weight, Math.Sqrt(1.0 / (3 * Features)), random);
    }

    /// <summary>The logits of all voxels of crystals.</summary>
    /// <param name="crystals">Density and coordinates.</param>
    /// <param name="pass">What for.</param>
    /// <returns>A row for each voxel, sample after sample, [z][y][x]: one column that a voxel is occupied, and one for each element if it is.</returns>
    public (Tensor<T> Occupancy, Tensor<T> Species) Forward(Volume<T> crystals, ForwardPass pass)
    {
        ArgumentNullException.ThrowIfNull(crystals);
        return Forward(crystals, Numbers(crystals.Samples * crystals.Voxels), pass);
    }

    /// <summary>The logits, those of elements at occupied voxels only.</summary>
    /// <param name="crystals">Density and coordinates.</param>
    /// <param name="occupied">Numbers of the voxels, counted over all samples.</param>
    /// <param name="pass">What for.</param>
    public (Tensor<T> Occupancy, Tensor<T> Species) Forward(Volume<T> crystals, ReadOnlySpan<int> occupied, ForwardPass pass)
    {
        ArgumentNullException.ThrowIfNull(crystals);
        (Volume<T> fine, Volume<T> half, Volume<T> quarter) = _down.Forward(crystals, pass);
        Volume<T> up = _half.Forward(_joinHalf.Forward(_toHalf.Forward(quarter, pass), half), pass);
        _features = _last.Forward(_fine.Forward(_joinFine.Forward(_toFine.Forward(up, pass), fine), pass), pass);
        VoxelRows.Gather(_features, Numbers(_features.Samples * _features.Voxels), _rows);
        if (_occupied.Length < occupied.Length)
            _occupied = new int[occupied.Length];
        occupied.CopyTo(_occupied);
        _occupiedCount = occupied.Length;
        VoxelRows.Gather(_features, occupied, _occupiedRows);
        return (_occupancy.Forward(_rows, pass), _species.Forward(_occupiedRows, pass));
    }

    /// <summary>Adds to the gradients of the parameters.</summary>
    /// <param name="occupancy">Gradient with respect to the logits of occupancy.</param>
    /// <param name="species">Gradient with respect to those of elements.</param>
    public void Backward(Tensor<T> occupancy, Tensor<T> species)
    {
        Volume<T> features = _features ?? throw new InvalidOperationException("a backward pass follows a forward pass");
        _featureGradient.ResizeAs(features);
        _featureGradient.Values.Clear();
        VoxelRows.AddTo(_occupancy.Backward(occupancy), Numbers(features.Samples * features.Voxels), _featureGradient);
        VoxelRows.AddTo(_species.Backward(species), _occupied.AsSpan(0, _occupiedCount), _featureGradient);
        (Volume<T> up, Volume<T> fine) = _joinFine.Backward(_fine.Backward(_last.Backward(_featureGradient)));
        (Volume<T> quarter, Volume<T> half) = _joinHalf.Backward(_half.Backward(_toFine.Backward(up)));
        _down.Backward(fine, half, _toHalf.Backward(quarter));
    }

    private ReadOnlySpan<int> Numbers(int count)
    {
        if (_all.Length < count)
            _all = [.. Enumerable.Range(0, count)];
        return _all.AsSpan(0, count);
    }
}
