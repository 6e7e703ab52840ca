using System.Numerics;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Tensors;
using CrystalHpc.Learning.Volumes;

namespace CrystalHpc.Generation.Model;

/// <summary>
/// Reads voxels: from density and coordinates to the element of each voxel and whether it is occupied (Ronneberger, Fischer and Brox 2015,
/// arXiv 1505.04597;
/// for crystals Court and others 2020, doi 10.1021/acs.jcim.0c00464), with periodic convolutions.
/// </summary>
public sealed class UNet<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly DescendingHalf<T> _down;

    // From the coarsest level but one to the grid: what comes from below, joined with the features of the level, in one unit; two on the
    // grid.
    private readonly Upsampling<T>[] _upsamplings;
    private readonly Concatenation<T>[] _joins;
    private readonly ConvolutionUnit<T>[] _units;
    private readonly Volume<T>[] _featureGradients;
    private readonly Dense<T> _species, _occupancy;
    private readonly Tensor<T> _rows = new(), _occupiedRows = new();
    private readonly Volume<T> _lastGradient = new();
    private readonly int _width;
    private int[] _all = [], _occupied = [];
    private int _occupiedCount;
    private Volume<T>? _last;

    /// <summary>A network.</summary>
    public UNet(NetworkSizes sizes)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        IReadOnlyList<int> channels = sizes.Reader;
        int steps = channels.Count - 1;
        _width = channels[0];
        _down = new DescendingHalf<T>(channels, isFirst: true);
        (_upsamplings, _joins, _units) = (new Upsampling<T>[steps], new Concatenation<T>[steps], new ConvolutionUnit<T>[steps + 1]);
        for (int step = 0; step < steps; step++)
        {
            int level = steps - 1 - step;
            (_upsamplings[step], _joins[step]) = (new Upsampling<T>(), new Concatenation<T>());
            _units[step] = ConvolutionUnit<T>.Reading(channels[level + 1] + channels[level], channels[level], $"up.{step}.");
        }

        _units[steps] = ConvolutionUnit<T>.Reading(_width, _width, $"up.{steps}.");
        _featureGradients = new Volume<T>[channels.Count];
        (_species, _occupancy) = (new Dense<T>(_width, sizes.Species, name: "species."), new Dense<T>(_width, 1, name: "occupancy."));
        Parameters = [.. _down.Parameters, .. _units.SelectMany(unit => unit.Parameters), .. _species.Parameters, .. _occupancy.Parameters];
    }

    /// <summary>Its parameters; those of the descending half come first.</summary>
    public IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>Sets the parameters to where a training starts.</summary>
    public void Initialize(ulong seed)
    {
        var random = new CounterRandom(seed, 1, 2);
        _down.Initialize(random);
        foreach (ConvolutionUnit<T> unit in _units)
            unit.Initialize(random);
        Initializers.Normal(_species.Weight, Math.Sqrt(1.0 / (3 * _width)), random);
        Initializers.Normal(_occupancy.Weight, Math.Sqrt(1.0 / (3 * _width)), random);
    }

    /// <summary>The logits of all voxels of crystals.</summary>
    /// <param name="crystals">Density and coordinates.</param>
    /// <param name="pass">What for.</param>
    /// <returns>A row for each voxel, sample after sample, [z][y][x]: one column that a voxel is occupied, and one for each element if it
    /// is.</returns>
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
        IReadOnlyList<Volume<T>> features = _down.Forward(crystals, pass);
        Volume<T> up = features[^1];
        for (int step = 0; step < _joins.Length; step++)
            up = _units[step].Forward(_joins[step].Forward(_upsamplings[step].Forward(up, pass), features[_joins.Length - 1 - step]), pass);
        _last = _units[^1].Forward(up, pass);
        VoxelRows.Gather(_last, Numbers(_last.Samples * _last.Voxels), _rows);
        if (_occupied.Length < occupied.Length)
            _occupied = new int[occupied.Length];
        occupied.CopyTo(_occupied);
        _occupiedCount = occupied.Length;
        VoxelRows.Gather(_last, occupied, _occupiedRows);
        return (_occupancy.Forward(_rows, pass), _species.Forward(_occupiedRows, pass));
    }

    /// <summary>Adds to the gradients of the parameters.</summary>
    /// <param name="occupancy">Gradient with respect to the logits of occupancy.</param>
    /// <param name="species">Gradient with respect to those of elements.</param>
    public void Backward(Tensor<T> occupancy, Tensor<T> species)
    {
        Volume<T> last = _last ?? throw new InvalidOperationException("a backward pass follows a forward pass");
        _lastGradient.ResizeAs(last);
        _lastGradient.Values.Clear();
        VoxelRows.AddTo(_occupancy.Backward(occupancy), Numbers(last.Samples * last.Voxels), _lastGradient);
        VoxelRows.AddTo(_species.Backward(species), _occupied.AsSpan(0, _occupiedCount), _lastGradient);
        Volume<T> up = _units[^1].Backward(_lastGradient);
        for (int step = _joins.Length - 1; step >= 0; step--)
        {
            (up, _featureGradients[_joins.Length - 1 - step]) = _joins[step].Backward(_units[step].Backward(up));
            up = _upsamplings[step].Backward(up);
        }

        _featureGradients[^1] = up;
        _down.Backward(_featureGradients);
    }

    private ReadOnlySpan<int> Numbers(int count)
    {
        if (_all.Length < count)
            _all = [.. Enumerable.Range(0, count)];
        return _all.AsSpan(0, count);
    }
}
