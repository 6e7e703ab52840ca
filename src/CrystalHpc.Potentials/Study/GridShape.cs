using System.Globalization;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Learning.Layers;

namespace CrystalHpc.Potentials.Study;

/// <summary>A network of the grid.</summary>
/// <param name="Activation">Activation of its hidden layers.</param>
/// <param name="Layers">Number of hidden layers.</param>
/// <param name="Nodes">Their width.</param>
/// <param name="Rate">Learning rate.</param>
/// <param name="Dropout">Share of the activations of each hidden layer that is dropped.</param>
internal sealed record GridShape(ActivationKind Activation, int Layers, int Nodes, double Rate, double Dropout)
{
    private const double DropoutShare = 0.2;

    /// <summary>All of the grid.</summary>
    public static GridShape[] All { get; } =
    [
        .. from activation in (ActivationKind[])[ActivationKind.Relu, ActivationKind.Tanh]
           from dropout in (double[])[0, DropoutShare]
           from layers in (int[])[4, 5, 6]
           from nodes in (int[])[16, 32, 64]
           from rate in (double[])[5e-4, 1e-4, 5e-5]
           select new GridShape(activation, layers, nodes, rate, dropout),
    ];

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{SnakeCase.Of(Activation)}, {Layers} x {Nodes}, rate {Rate:0.#####}, dropout {Dropout}");
}
