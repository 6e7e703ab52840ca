using System.Numerics;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Lattices.Data;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Formulas.Neighbors;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Lattices.Model;

/// <content>The backward pass.</content>
public sealed partial class MemoryLayer<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Adds to the gradients of the parameters.</summary>
    /// <param name="outputGradient">Gradient with respect to the distributions.</param>
    /// <param name="totalGradient">Gradient with respect to <see cref="Totals"/>.</param>
    public void Backward(Tensor<T> outputGradient, Tensor<T> totalGradient)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        ArgumentNullException.ThrowIfNull(totalGradient);
        FormulaSamples samples = _samples ?? throw new InvalidOperationException("a backward pass follows a forward pass");
        Array.Clear(_squareGradients);
        Span<T> prior = stackalloc T[Heads], inverse = stackalloc T[Heads], sharpness = stackalloc T[AlikeHeads];
        _priorWeight.Values.CopyTo(prior);
        VectorMath.Exp(prior);
        _sharpness.Values.CopyTo(sharpness);
        VectorMath.Exp(sharpness);
        for (int row = 0; row < _numbers.Length; row++)
        {
            _totals.Row(row).CopyTo(inverse);
            for (int head = 0; head < Heads; head++)
                inverse[head] = -inverse[head];
            VectorMath.Exp(inverse);
            Span<T> gradient = outputGradient.Row(row), output = _output.Row(row), logarithm = totalGradient.Row(row);
            for (int head = 0; head < Heads; head++)
            {
                (T own, T known) = (T.Zero, T.Zero);
                ReadOnlySpan<T> g = gradient.Slice(head * Groups, Groups), p = output.Slice(head * Groups, Groups);
                for (int group = 0; group < Groups; group++)
                {
                    own += g[group] * p[group];
                    known += g[group] * T.CreateChecked(_known.Prior[group]);
                }

                _dots[head] = own - logarithm[head];
                _priorWeight.Gradient[head] += prior[head] * (known - _dots[head]) * inverse[head];
            }

            BackwardAlike(samples, row, gradient, inverse, sharpness);
            BackwardOthers(samples, row, gradient, inverse);
        }

        BackwardElements();
    }

    private void BackwardElements()
    {
        Span<T> points = _points.Values, gradients = _points.Gradient;
        for (int head = 0; head < AlikeHeads; head++)
        {
            for (int i = 0; i < Elements; i++)
            {
                int x = (head * Elements + i) * PointLength;
                for (int j = 0; j < i; j++)
                {
                    T g = _squareGradients[(i * Elements + j) * Stride + head] + _squareGradients[(j * Elements + i) * Stride + head];
                    if (g == T.Zero)
                        continue;
                    int y = (head * Elements + j) * PointLength;
                    g += g;
                    for (int axis = 0; axis < PointLength; axis++)
                    {
                        T change = g * (points[x + axis] - points[y + axis]);
                        gradients[x + axis] += change;
                        gradients[y + axis] -= change;
                    }
                }
            }
        }
    }

    // d(loss)/d(weight of a neighbor) = (g . y - g . p + gradient of ln total) / total.
    private T WeightGradient(ReadOnlySpan<T> gradient, int head, int neighbor, T inverse)
    {
        ReadOnlySpan<byte> groups = _known.GroupsOf(neighbor);
        ReadOnlySpan<float> shares = _known.SharesOf(neighbor);
        T sum = -_dots[head];
        for (int i = 0; i < groups.Length; i++)
            sum += gradient[head * Groups + groups[i]] * T.CreateChecked(shares[i]);
        return sum * inverse;
    }

    private void BackwardAlike(FormulaSamples samples, int row, ReadOnlySpan<T> gradient, ReadOnlySpan<T> inverse,
        ReadOnlySpan<T> sharpness)
    {
        int number = _numbers[row];
        ScaleSlots(samples, number);
        Array.Clear(_scaleGradients);
        ReadOnlySpan<byte> elements = samples.ElementsOf(number), aligned = samples.Neighbors.AlignedOf(number);
        ReadOnlySpan<int> neighbors = samples.Neighbors.AlikeOf(number);
        ReadOnlySpan<T> weights = _weights.Row(row), distances = _distances.Row(row);
        Span<T> change = stackalloc T[Stride];
        for (int k = 0; k < Alike && neighbors[k] >= 0; k++)
        {
            for (int head = 0; head < AlikeHeads; head++)
            {
                T weight = weights[k * Stride + head];
                T slope = weight == T.Zero ? T.Zero : -sharpness[head] * weight
                    * WeightGradient(gradient, head, neighbors[k], inverse[head]);
                change[head] = slope;
                _sharpness.Gradient[head] += slope * distances[k * Stride + head];
            }

            for (int slot = 0; slot < elements.Length; slot++)
            {
                int pair = (elements[slot] * Elements + aligned[k * Slots + slot]) * Stride;
                for (int head = 0; head < Stride; head++)
                {
                    _squareGradients[pair + head] += change[head] * _scales[slot * Stride + head];
                    _scaleGradients[slot * Stride + head] += change[head] * _squares[pair + head];
                }
            }
        }

        ReadOnlySpan<float> fractions = samples.FractionsOf(number);
        for (int slot = 0; slot < fractions.Length; slot++)
        {
            for (int head = 0; head < AlikeHeads; head++)
            {
                T g = _scaleGradients[slot * Stride + head] * _scales[slot * Stride + head];
                _slotScale.Gradient[head * Slots + slot] += g;
                _fractionScale.Gradient[head] += g * T.CreateChecked(fractions[slot]);
            }
        }
    }

    private void BackwardOthers(FormulaSamples samples, int row, ReadOnlySpan<T> gradient, ReadOnlySpan<T> inverse)
    {
        int number = _numbers[row];
        ReadOnlySpan<int> neighbors = samples.Neighbors.OthersOf(number);
        ReadOnlySpan<float> descriptors = samples.Neighbors.DescriptorsOf(number);
        ReadOnlySpan<T> weights = _otherWeights.Row(row);
        double low = LowestExponent, high = HighestExponent;
        for (int k = 0; k < Others; k++)
        {
            for (int head = 0; head < OtherHeads; head++)
            {
                T weight = weights[k * OtherHeads + head];
                if (weight == T.Zero || double.CreateChecked(ExponentOf(descriptors, k, head)) is var exponent
                    && (exponent <= low || exponent >= high))
                    continue;
                T g = weight * WeightGradient(gradient, AlikeHeads + head, neighbors[k], inverse[AlikeHeads + head]);
                Span<T> target = _coefficients.Gradient.Slice(head * Coefficients, Coefficients);
                int first = k < Mixed ? 0 : Descriptors;
                for (int i = 0; i < Descriptors; i++)
                    target[first + i] += g * T.CreateChecked(descriptors[k * Descriptors + i]);
                target[2 * Descriptors] += k < Mixed ? T.Zero : g;
            }
        }
    }
}
