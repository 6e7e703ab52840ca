using System.Numerics;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Properties.Model;

/// <summary>
/// v_i' = softplus(v_i + BN(sum_j sigmoid(z_ij Wf + bf) softplus(z_ij Ws + bs))), z_ij = v_i, v_j, u_ij end to end (Xie and Grossman 2018,
/// doi 10.1103/PhysRevLett.120.145301). The product z W is the sum of v_i W1, v_j W2 and u_ij W3: each is computed once for an atom or a
/// distance, not for a neighbor.
/// </summary>
internal sealed class GraphConvolution<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Dense<T> _center, _neighbor, _edge;
    private readonly BatchNormalization<T> _normalization;
    private readonly Activation<T> _activation = new(ActivationKind.Softplus);
    private readonly BondKernel<T> _kernel;
    private readonly Tensor<T> _sum = new(), _total = new(), _inputGradient = new();
    private readonly Tensor<T> _ofCenter = new(), _ofNeighbor = new(), _ofShell = new();

    /// <summary>A convolution of a width.</summary>
    public GraphConvolution(int width, string name)
    {
        (_center, _neighbor) =
            (new Dense<T>(width, 2 * width, name: name + "center."),
            new Dense<T>(width, 2 * width, hasBias: false, name: name + "neighbor."));
        _edge = new Dense<T>(EdgeFeatures.Count, 2 * width, hasBias: false, name: name + "edge.", isFirst: true);
        _normalization = new BatchNormalization<T>(width, name);
        _kernel = new BondKernel<T>(width);
        Parameters = [.. _center.Parameters, .. _neighbor.Parameters, .. _edge.Parameters, .. _normalization.Parameters];
    }

    /// <summary>Its parameters.</summary>
    public IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>Sets the parameters to where a training starts.</summary>
    public void Initialize(CounterRandom random)
    {
        foreach (Dense<T> part in (Dense<T>[])[_center, _neighbor, _edge])
            Initializers.Normal(part.Weight, Math.Sqrt(1.0 / (_center.Weight.Rows * 2 + EdgeFeatures.Count)), random);
        _normalization.Initialize();
    }

    /// <summary>The next vectors of the atoms.</summary>
    /// <param name="batch">The graphs.</param>
    /// <param name="atoms">A row for each atom.</param>
    /// <param name="shells">The features of each shell.</param>
    /// <param name="pass">What for.</param>
    public Tensor<T> Forward(GraphBatch batch, Tensor<T> atoms, Tensor<T> shells, ForwardPass pass)
    {
        _kernel.Forward(batch, _center.Forward(atoms, pass), _neighbor.Forward(atoms, pass), _edge.Forward(shells, pass), _sum);
        _total.CopyFrom(_normalization.Forward(_sum, pass));
        VectorSpan.Add<T>(atoms.Values, _total.Values);
        return _activation.Forward(_total, pass);
    }

    /// <summary>Adds to the gradients of the parameters, and returns that of the atoms.</summary>
    public Tensor<T> Backward(GraphBatch batch, Tensor<T> outputGradient)
    {
        Tensor<T> ofTotal = _activation.Backward(outputGradient);
        _kernel.Backward(batch, _normalization.Backward(ofTotal), _ofCenter, _ofNeighbor, _ofShell);
        _inputGradient.CopyFrom(ofTotal);
        VectorSpan.Add<T>(_center.Backward(_ofCenter).Values, _inputGradient.Values);
        VectorSpan.Add<T>(_neighbor.Backward(_ofNeighbor).Values, _inputGradient.Values);
        _edge.Backward(_ofShell);
        return _inputGradient;
    }
}
