using System.Numerics;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Properties.Model;

/// <summary>From graphs to numbers: convolutions, the mean over the atoms, a hidden layer, and a column for each target.</summary>
public sealed class CrystalNetwork<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NetworkShape _shape;
    private readonly ElementEmbedding<T> _embedding;
    private readonly BondConvolutions<T>? _bonds;
    private readonly GraphConvolution<T>[] _convolutions;
    private readonly NetworkHead<T> _head;
    private readonly GraphBatch _batch = new();
    private readonly Tensor<T> _shells = new(), _pooled = new(), _scaled = new(), _atomGradient = new();

    /// <summary>A network.</summary>
    public CrystalNetwork(NetworkShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        _shape = shape;
        _embedding = new ElementEmbedding<T>(shape.Width);
        _bonds = shape.Graphs.Angles ? new BondConvolutions<T>(shape.Convolutions) : null;
        int features = _bonds is null ? GaussianBasis.Distances.Count : BondConvolutions<T>.Width;
        _convolutions = [.. Enumerable.Range(0, shape.Convolutions).Select(i => new GraphConvolution<T>(
            shape.Width, features, FormattableString.Invariant($"convolution.{i}."), isFeatureFixed: _bonds is null))];
        _head = new NetworkHead<T>(shape);
        Parameters =
        [
            .. _embedding.Parameters, .. _bonds?.Parameters ?? [], .. _convolutions.SelectMany(layer => layer.Parameters),
            .. _head.Parameters,
        ];
    }

    /// <summary>Its parameters.</summary>
    public IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>What the last pass made of each crystal before the hidden layer, a row for each; valid until the next pass.</summary>
    public Tensor<T> Pooled => _pooled;

    /// <summary>Sets the parameters to where a training starts.</summary>
    public void Initialize(ulong seed)
    {
        var random = new CounterRandom(seed, 1, 2);
        _embedding.Initialize(random);
        _bonds?.Initialize(random);
        foreach (GraphConvolution<T> layer in _convolutions)
            layer.Initialize(random);
        _head.Initialize(random);
    }

    /// <summary>The targets of some graphs, a row for each.</summary>
    public Tensor<T> Forward(IReadOnlyList<CrystalGraph> graphs, ReadOnlySpan<int> numbers, ForwardPass pass)
    {
        ArgumentNullException.ThrowIfNull(graphs);
        _batch.Load(graphs, numbers);
        GaussianBasis.Distances.Write(_batch.Bonds.Values, _shells);
        Tensor<T> atoms = _embedding.Forward(_batch.Elements, _batch.Shared);
        Tensor<T> bonds = _bonds?.Start(_batch.Angles, _shells, pass) ?? _shells;
        for (int layer = 0; layer < _convolutions.Length; layer++)
        {
            bonds = _bonds?.Forward(layer, _batch.Angles, bonds, pass) ?? bonds;
            atoms = _convolutions[layer].Forward(_batch.Bonds, atoms, bonds, pass);
        }

        Pool(atoms);
        return _head.Forward(_pooled, graphs, numbers, pass);
    }

    /// <summary>Adds to the gradients of the parameters.</summary>
    /// <param name="gradient">Gradient with respect to the targets.</param>
    public void Backward(Tensor<T> gradient)
    {
        Tensor<T> ofPooled = _head.Backward(gradient);
        _atomGradient.Resize(_batch.Counts.Atoms, _shape.Width);
        ReadOnlySpan<int> first = _batch.FirstAtom;
        for (int graph = 0; graph < ofPooled.Rows; graph++)
        {
            VectorSpan.Scale(ShareOf(graph), ofPooled.Row(graph));
            for (int atom = first[graph]; atom < first[graph + 1]; atom++)
                ofPooled.Row(graph).CopyTo(_atomGradient.Row(atom));
        }

        ScaleShared(_atomGradient);
        Tensor<T> ofAtoms = _atomGradient;
        for (int layer = _convolutions.Length - 1; layer >= 0; layer--)
        {
            (ofAtoms, Tensor<T> ofBonds) = _convolutions[layer].Backward(_batch.Bonds, ofAtoms);
            _bonds?.Backward(layer, _batch.Angles, ofBonds);
        }

        _embedding.Backward(_batch.Elements, _batch.Shared, ofAtoms);
    }

    private void Pool(Tensor<T> atoms)
    {
        ReadOnlySpan<int> first = _batch.FirstAtom;
        _pooled.Resize(_batch.Counts.Graphs, _shape.Width);
        _pooled.Values.Clear();
        if (_batch.Shared.Count > 0)
        {
            _scaled.CopyFrom(atoms);
            ScaleShared(_scaled);
            atoms = _scaled;
        }

        for (int graph = 0; graph < _pooled.Rows; graph++)
        {
            for (int atom = first[graph]; atom < first[graph + 1]; atom++)
                VectorSpan.Add<T>(atoms.Row(atom), _pooled.Row(graph));
            VectorSpan.Scale(ShareOf(graph), _pooled.Row(graph));
        }
    }

    // Places count by how much of them is taken.
    private void ScaleShared(Tensor<T> rows)
    {
        foreach (SharedPlace place in _batch.Shared)
            VectorSpan.Scale(T.CreateChecked(place.Occupancy), rows.Row(place.Atom));
    }

    private T ShareOf(int graph)
    {
        double atoms = 0;
        foreach (double occupancy in _batch.Occupancy[_batch.FirstAtom[graph].._batch.FirstAtom[graph + 1]])
            atoms += occupancy;
        return T.One / T.CreateChecked(atoms);
    }
}
