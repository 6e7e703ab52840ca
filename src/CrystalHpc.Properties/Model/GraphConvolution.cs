using System.Numerics;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Properties.Model;

/// <summary>
/// v_i' = softplus(v_i + BN(sum_j sigmoid(z_ij Wf + bf) softplus(z_ij Ws + bs))), z_ij = v_i, v_j, u_ij end to end (Xie and Grossman 2018,
/// doi 10.1103/PhysRevLett.120.145301). The product z W is the sum of v_i W1, v_j W2 and u_ij W3: each is computed once for a node or a
/// value, not for a link. Nodes are atoms and links bonds, or nodes are bonds and links angles.
/// </summary>
internal sealed class GraphConvolution<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Dense<T> _center, _neighbor, _edge;
    private readonly BatchNormalization<T> _normalization;
    private readonly Activation<T> _activation = new(ActivationKind.Softplus);
    private readonly BondKernel<T> _kernel;
    private readonly Tensor<T> _sum = new(), _total = new(), _inputGradient = new();
    private readonly Tensor<T> _ofCenter = new(), _ofNeighbor = new(), _ofShell = new();

    /// <summary>A convolution.</summary>
    /// <param name="width">Width of the nodes' vectors.</param>
    /// <param name="features">Number of features of a link.</param>
    /// <param name="name">Put before the names of its parameters.</param>
    /// <param name="isFeatureFixed">Nothing that is trained makes the features: their gradient is not computed.</param>
    public GraphConvolution(int width, int features, string name, bool isFeatureFixed = true)
    {
        _center = new Dense<T>(width, 2 * width, name: name + "center.");
        _neighbor = new Dense<T>(width, 2 * width, hasBias: false, name: name + "neighbor.");
        _edge = new Dense<T>(features, 2 * width, hasBias: false, name: name + "edge.", isFirst: isFeatureFixed);
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
            Initializers.Normal(part.Weight, Math.Sqrt(1.0 / (_center.Weight.Rows * 2 + _edge.Weight.Rows)), random);
        _normalization.Initialize();
    }

    /// <summary>The next vectors of the nodes.</summary>
    /// <param name="links">The links.</param>
    /// <param name="nodes">A row for each node.</param>
    /// <param name="features">The features of each value of links.</param>
    /// <param name="pass">What for.</param>
    public Tensor<T> Forward(LinkBatch links, Tensor<T> nodes, Tensor<T> features, ForwardPass pass)
    {
        _kernel.Forward(links, _center.Forward(nodes, pass), _neighbor.Forward(nodes, pass), _edge.Forward(features, pass), _sum);
        _total.CopyFrom(_normalization.Forward(_sum, pass));
        VectorSpan.Add<T>(nodes.Values, _total.Values);
        return _activation.Forward(_total, pass);
    }

    /// <summary>Adds to the gradients of the parameters, and returns those of the nodes and of the features.</summary>
    public (Tensor<T> OfNodes, Tensor<T> OfFeatures) Backward(LinkBatch links, Tensor<T> outputGradient)
    {
        Tensor<T> ofTotal = _activation.Backward(outputGradient);
        _kernel.Backward(links, _normalization.Backward(ofTotal), _ofCenter, _ofNeighbor, _ofShell);
        _inputGradient.CopyFrom(ofTotal);
        VectorSpan.Add<T>(_center.Backward(_ofCenter).Values, _inputGradient.Values);
        VectorSpan.Add<T>(_neighbor.Backward(_ofNeighbor).Values, _inputGradient.Values);
        return (_inputGradient, _edge.Backward(_ofShell));
    }
}
