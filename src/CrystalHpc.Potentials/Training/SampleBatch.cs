using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CrystalHpc.Potentials.Model.Network;

namespace CrystalHpc.Potentials.Training;

/// <summary>Some samples in the networks: all their atoms of one element pass through its network together.</summary>
/// <param name="network">The networks.</param>
/// <param name="table">Inputs of all samples.</param>
/// <param name="scale">Unit of the outputs of the networks, eV.</param>
internal sealed class SampleBatch(PotentialNetwork network, SampleTable table, double scale)
{
    private readonly int[] _counts = new int[network.Elements.Count];
    private readonly double[][] _inputs = Rooms(network), _seeds = Rooms(network), _directions = Rooms(network), _slopes = Rooms(network);
    private int[] _starts = [], _samples = [];
    private (int Element, int Place)[] _places = [];

    /// <summary>Passes samples through the networks.</summary>
    /// <param name="samples">Numbers of the samples.</param>
    /// <param name="slopes">Slopes of the energies are needed, too.</param>
    public void Forward(ReadOnlySpan<int> samples, bool slopes)
    {
        Place(samples);
        for (int element = 0; element < _counts.Length; element++)
        {
            if (_counts[element] == 0)
                continue;
            ElementNetwork own = network.Elements[element];
            own.Forward(_inputs[element], _counts[element]);
            if (!slopes)
                continue;
            own.Differentiate();
            Pad(own, _counts[element], ref _slopes[element]);
        }
    }

    /// <summary>Network and row of an atom of a sample of the batch.</summary>
    public (int Element, int Place) PlaceOf(int sample, int atom) => _places[_starts[sample] + atom];

    /// <summary>Energy of a sample of the batch less reference energies, eV.</summary>
    public double EnergyOf(int sample)
    {
        double sum = 0;
        for (int atom = _starts[sample]; atom < _starts[sample + 1]; atom++)
            sum += network.Elements[_places[atom].Element].Energies[_places[atom].Place];
        return scale * sum;
    }

    /// <summary>Adds the slopes of the energy of a sample with respect to its targets, eV/A for atoms, eV for strains.</summary>
    public void AddSlopes(int sample, SampleDerivatives derivatives, Span<double> slopes)
    {
        for (int atom = 0; atom < _starts[sample + 1] - _starts[sample]; atom++)
        {
            (int element, int place) = PlaceOf(sample, atom);
            int stride = SampleDerivatives.StrideOf(network.Elements[element].Widths[0]);
            ReadOnlySpan<double> own = _slopes[element].AsSpan(place * stride, stride);
            for (int entry = derivatives.Starts[atom]; entry < derivatives.Starts[atom + 1]; entry++)
            {
                (double x, double y, double z) = Dots(derivatives.Rows(atom, entry, stride), own);
                Span<double> target = slopes.Slice(3 * derivatives.Targets[entry], 3);
                target[0] += scale * x;
                target[1] += scale * y;
                target[2] += scale * z;
            }
        }
    }

    /// <summary>Begins a gradient.</summary>
    public void ClearSeeds(bool directions)
    {
        for (int element = 0; element < _counts.Length; element++)
        {
            Resize(ref _seeds[element], _counts[element]).Clear();
            if (directions)
                Resize(ref _directions[element], _counts[element] * SampleDerivatives.StrideOf(network.Elements[element].Widths[0]))
                    .Clear();
        }
    }

    /// <summary>Adds the slope of the loss with respect to the energy of a sample.</summary>
    public void Seed(int sample, double slope)
    {
        for (int atom = _starts[sample]; atom < _starts[sample + 1]; atom++)
            _seeds[_places[atom].Element][_places[atom].Place] += scale * slope;
    }

    /// <summary>Adds the slopes of the loss with respect to the slopes of the energy of a sample.</summary>
    public void AddDirections(int sample, SampleDerivatives derivatives, ReadOnlySpan<double> slopes)
    {
        for (int atom = 0; atom < _starts[sample + 1] - _starts[sample]; atom++)
        {
            (int element, int place) = PlaceOf(sample, atom);
            int stride = SampleDerivatives.StrideOf(network.Elements[element].Widths[0]);
            Span<double> own = _directions[element].AsSpan(place * stride, stride);
            for (int entry = derivatives.Starts[atom]; entry < derivatives.Starts[atom + 1]; entry++)
            {
                AddScaled(slopes.Slice(3 * derivatives.Targets[entry], 3), derivatives.Rows(atom, entry, stride), own);
            }
        }
    }

    /// <summary>Adds the gradient of what was seeded to those of the parameters.</summary>
    public void AddGradient(bool directions)
    {
        for (int element = 0; element < _counts.Length; element++)
        {
            if (_counts[element] == 0)
                continue;
            ElementNetwork own = network.Elements[element];
            own.AddGradient(_seeds[element], directions ? Packed(own, _counts[element], _directions[element]) : []);
        }
    }

    private void Place(ReadOnlySpan<int> samples)
    {
        _samples = samples.ToArray();
        _starts = new int[samples.Length + 1];
        for (int k = 0; k < samples.Length; k++)
            _starts[k + 1] = _starts[k] + table.AtomsOf(samples[k]);
        if (_places.Length < _starts[^1])
            _places = new (int, int)[_starts[^1]];
        Array.Clear(_counts);
        for (int k = 0; k < samples.Length; k++)
        {
            ReadOnlySpan<int> elements = table.ElementsOf(samples[k]);
            for (int atom = 0; atom < elements.Length; atom++)
                _places[_starts[k] + atom] = (elements[atom], _counts[elements[atom]]++);
        }

        for (int element = 0; element < _counts.Length; element++)
            Resize(ref _inputs[element], _counts[element] * network.Elements[element].Widths[0]);
        for (int k = 0; k < samples.Length; k++)
        {
            for (int atom = 0; atom < _starts[k + 1] - _starts[k]; atom++)
            {
                (int element, int place) = PlaceOf(k, atom);
                ReadOnlySpan<double> inputs = table.InputsOf(samples[k], atom);
                inputs.CopyTo(_inputs[element].AsSpan(place * inputs.Length));
            }
        }
    }

    // Rows of whole vectors.
    private static void Pad(ElementNetwork own, int rows, ref double[] padded)
    {
        int width = own.Widths[0], stride = SampleDerivatives.StrideOf(width);
        Resize(ref padded, rows * stride);
        for (int row = 0; row < rows; row++)
        {
            own.Slopes.Slice(row * width, width).CopyTo(padded.AsSpan(row * stride));
            padded.AsSpan(row * stride + width, stride - width).Clear();
        }
    }

    private static Span<double> Packed(ElementNetwork own, int rows, double[] padded)
    {
        int width = own.Widths[0], stride = SampleDerivatives.StrideOf(width);
        for (int row = 1; row < rows && stride != width; row++)
            padded.AsSpan(row * stride, width).CopyTo(padded.AsSpan(row * width));
        return padded.AsSpan(0, rows * width);
    }

    // Three rows at a time, so that additions do not wait for one another.
    private static (double X, double Y, double Z) Dots(ReadOnlySpan<float> rows, ReadOnlySpan<double> right)
    {
        ReadOnlySpan<Vector256<float>> singles = MemoryMarshal.Cast<float, Vector256<float>>(rows);
        ReadOnlySpan<Vector512<double>> doubles = MemoryMarshal.Cast<double, Vector512<double>>(right);
        int n = doubles.Length;
        ReadOnlySpan<Vector256<float>> first = singles[..n], second = singles.Slice(n, n), third = singles.Slice(2 * n, n);
        Vector512<double> x = Vector512<double>.Zero, y = x, z = x;
        for (int i = 0; i < n; i++)
        {
            x = Vector512.FusedMultiplyAdd(Widened(first[i]), doubles[i], x);
            y = Vector512.FusedMultiplyAdd(Widened(second[i]), doubles[i], y);
            z = Vector512.FusedMultiplyAdd(Widened(third[i]), doubles[i], z);
        }

        return (Vector512.Sum(x), Vector512.Sum(y), Vector512.Sum(z));
    }

    private void AddScaled(ReadOnlySpan<double> factors, ReadOnlySpan<float> rows, Span<double> target)
    {
        ReadOnlySpan<Vector256<float>> singles = MemoryMarshal.Cast<float, Vector256<float>>(rows);
        Span<Vector512<double>> doubles = MemoryMarshal.Cast<double, Vector512<double>>(target);
        int n = doubles.Length;
        ReadOnlySpan<Vector256<float>> first = singles[..n], second = singles.Slice(n, n), third = singles.Slice(2 * n, n);
        Vector512<double> x = Vector512.Create(scale * factors[0]), y = Vector512.Create(scale * factors[1]),
            z = Vector512.Create(scale * factors[2]);
        for (int i = 0; i < n; i++)
        {
            Vector512<double> sum = Vector512.FusedMultiplyAdd(Widened(first[i]), x, doubles[i]);
            sum = Vector512.FusedMultiplyAdd(Widened(second[i]), y, sum);
            doubles[i] = Vector512.FusedMultiplyAdd(Widened(third[i]), z, sum);
        }
    }

    private static Vector512<double> Widened(Vector256<float> singles)
    {
        (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(singles);
        return Vector512.Create(lower, upper);
    }

    private static double[][] Rooms(PotentialNetwork network) => [.. network.Elements.Select(_ => Array.Empty<double>())];

    private static Span<double> Resize(ref double[] array, int size)
    {
        if (array.Length < size)
            array = new double[size + size / 4];
        return array.AsSpan(0, size);
    }
}
