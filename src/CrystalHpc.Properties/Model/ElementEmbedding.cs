using System.Numerics;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Properties.Model;

/// <summary>
/// Atoms as vectors: a linear function of the properties of their elements, standardized over the elements, and what each element adds to
/// it; where elements share a place, their mean by occupancy.
/// </summary>
internal sealed class ElementEmbedding<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Elements = Composition.KnownElements, Properties = MagpieProperties.Count;

    private static readonly T[] Standardized = Standardize();

    private readonly Parameter<T> _weight, _own;
    private readonly Tensor<T> _table = new(), _tableGradient = new(), _output = new();

    /// <summary>An embedding of a width.</summary>
    public ElementEmbedding(int width)
    {
        _weight = new Parameter<T>("elements.weight", Properties, width, ParameterKind.Weight);
        _own = new Parameter<T>("elements.own", Elements, width, ParameterKind.Bias);
        Parameters = [_weight, _own];
    }

    /// <summary>Its parameters.</summary>
    public IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>Sets the parameters to where a training starts.</summary>
    public void Initialize(CounterRandom random)
    {
        const double OwnDeviation = 0.1;
        Initializers.Normal(_weight, Math.Sqrt(1.0 / Properties), random);
        Initializers.Normal(_own, OwnDeviation, random);
    }

    /// <summary>A row for each atom.</summary>
    public Tensor<T> Forward(ReadOnlySpan<byte> elements, IReadOnlyList<SharedPlace> shared)
    {
        _table.Resize(Elements, _own.Columns);
        _own.Values.CopyTo(_table.Values);
        MatrixProduct.Compute<T>(
            Elements, _own.Columns, Properties, Standardized, false, _weight.Values, false, _table.Values, accumulate: true);
        _output.Resize(elements.Length, _own.Columns);
        for (int atom = 0; atom < elements.Length; atom++)
            _table.Row(elements[atom]).CopyTo(_output.Row(atom));
        foreach (SharedPlace place in shared)
        {
            Span<T> row = _output.Row(place.Atom);
            row.Clear();
            foreach (Occupant occupant in place.Occupants)
                VectorSpan.AddScaled<T>(WeightOf(place, occupant), _table.Row(occupant.Element), row);
        }

        return _output;
    }

    /// <summary>Adds to the gradients of the parameters.</summary>
    public void Backward(ReadOnlySpan<byte> elements, IReadOnlyList<SharedPlace> shared, Tensor<T> gradient)
    {
        _tableGradient.Resize(Elements, _own.Columns);
        _tableGradient.Values.Clear();
        for (int atom = 0; atom < elements.Length; atom++)
            VectorSpan.Add<T>(gradient.Row(atom), _tableGradient.Row(elements[atom]));
        foreach (SharedPlace place in shared)
        {
            ReadOnlySpan<T> row = gradient.Row(place.Atom);
            VectorSpan.AddScaled(-T.One, row, _tableGradient.Row(elements[place.Atom]));
            foreach (Occupant occupant in place.Occupants)
                VectorSpan.AddScaled(WeightOf(place, occupant), row, _tableGradient.Row(occupant.Element));
        }

        VectorSpan.Add<T>(_tableGradient.Values, _own.Gradient);
        MatrixProduct.Compute<T>(
            Properties, _own.Columns, Elements, Standardized, true, _tableGradient.Values, false, _weight.Gradient, accumulate: true);
    }

    private static T WeightOf(SharedPlace place, Occupant occupant) => T.CreateChecked(occupant.Share / place.Occupancy);

    private static T[] Standardize()
    {
        var values = new T[Elements * Properties];
        for (int property = 0; property < Properties; property++)
        {
            (double mean, double square) = (0, 0);
            for (int element = 0; element < Elements; element++)
                mean += ElementTable.Of(element)[property] / Elements;
            for (int element = 0; element < Elements; element++)
                square += (ElementTable.Of(element)[property] - mean) * (ElementTable.Of(element)[property] - mean) / Elements;
            for (int element = 0; element < Elements; element++)
                values[element * Properties + property] = T.CreateChecked((ElementTable.Of(element)[property] - mean) / Math.Sqrt(square));
        }

        return values;
    }
}
