using System.Globalization;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Learning.Layers;

namespace CrystalHpc.Lattices.Study;

/// <summary>A plain network: dense layers of one width with one activation.</summary>
/// <param name="Activation">Activation behind each hidden layer.</param>
/// <param name="Depth">Number of hidden layers.</param>
/// <param name="Width">Their width.</param>
/// <param name="Rate">Learning rate, the largest of one cycle.</param>
internal sealed record PlainShape(ActivationKind Activation, int Depth, int Width, double Rate)
{
    /// <summary>What sweeps vary, one setting at a time.</summary>
    public static PlainShape Base { get; } = new(ActivationKind.Relu, Depth: 2, Width: 128, Rate: 2e-3);

    /// <inheritdoc/>
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{SnakeCase.Of(Activation)}, {Depth} x {Width}, rate {Rate}");
}
