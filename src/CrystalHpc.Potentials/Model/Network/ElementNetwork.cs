using CrystalHpc.Core.Numerics;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Potentials.Model.Network;

/// <summary>
/// The network of one element: scaled symmetry functions in, the energy of the atom out, tanh between. Works on many atoms at a time:
/// forward, the slopes of the energies with respect to the inputs, and the gradient of any linear function of both with respect to the
/// weights, the second-order chain by hand.
/// </summary>
/// <remarks>
/// With z_l = W_l a_(l-1) + b_l, a_l = tanh z_l, delta_l = dE/dz_l and, along a direction t_0 of the inputs, s_l = W_l t_(l-1), t_l =
/// tanh'(z_l) s_l: the gradient of e E + dE/dx t_0 is dW_l = delta_l t_(l-1)^T + zeta_l a_(l-1)^T, db_l = zeta_l, where zeta_l = tanh'(z_l)
/// alpha_l + tanh''(z_l) (W_(l+1)^T delta_(l+1)) s_l and alpha_(l-1) = W_l^T zeta_l, alpha at the output e.
/// </remarks>
public sealed class ElementNetwork
{
    private readonly int[] _widths;
    private readonly double[][] _activations, _errors, _carried, _stretches, _tangents, _zetas;
    private int _rows;

    /// <summary>A network; its parameters have no room until they are laid out.</summary>
    /// <param name="name">What the names of its parameters begin with.</param>
    /// <param name="inputs">Number of symmetry functions.</param>
    /// <param name="hidden">Widths of the hidden layers.</param>
    public ElementNetwork(string name, int inputs, IReadOnlyList<int> hidden)
    {
        ArgumentNullException.ThrowIfNull(hidden);
        _widths = [inputs, .. hidden, 1];
        Weights = new Parameter<double>[_widths.Length - 1];
        Biases = new Parameter<double>[Weights.Length];
        for (int layer = 0; layer < Weights.Length; layer++)
        {
            Weights[layer] = new Parameter<double>(FormattableString.Invariant($"{name}.{layer}.weight"), _widths[layer + 1],
                _widths[layer], ParameterKind.Weight);
            Biases[layer] = new Parameter<double>(FormattableString.Invariant($"{name}.{layer}.bias"), 1, _widths[layer + 1],
                ParameterKind.Bias);
        }

        double[][] Room() => [.. _widths.Select(_ => Array.Empty<double>())];
        (_activations, _errors, _carried, _stretches, _tangents, _zetas) = (Room(), Room(), Room(), Room(), Room(), Room());
    }

    /// <summary>Widths of all layers, inputs first, the energy last.</summary>
    public IReadOnlyList<int> Widths => _widths;

    /// <summary>Weights of each layer, a row for each output.</summary>
    public Parameter<double>[] Weights { get; }

    /// <summary>Biases of each layer.</summary>
    public Parameter<double>[] Biases { get; }

    /// <summary>All parameters, layer by layer, weights before biases.</summary>
    public IEnumerable<Parameter<double>> Parameters =>
        Weights.Zip(Biases).SelectMany(pair => (Parameter<double>[])[pair.First, pair.Second]);

    /// <summary>Energies of the atoms of the last forward pass, in the unit of the network.</summary>
    public ReadOnlySpan<double> Energies => _activations[^1].AsSpan(0, _rows);

    /// <summary>Slopes of the energies with respect to the inputs, a row for each atom, after <see cref="Differentiate"/>.</summary>
    public ReadOnlySpan<double> Slopes => _carried[0].AsSpan(0, _rows * _widths[0]);

    /// <summary>Sets the weights to where a training starts: normal, the biases 0.</summary>
    public void Initialize(CounterRandom random)
    {
        foreach (Parameter<double> weight in Weights)
            Initializers.Glorot(weight, random);
        foreach (Parameter<double> bias in Biases)
            bias.Values.Clear();
    }

    /// <summary>Computes the energies of atoms.</summary>
    /// <param name="inputs">Scaled symmetry functions, a row for each atom.</param>
    /// <param name="rows">Number of atoms.</param>
    public void Forward(ReadOnlySpan<double> inputs, int rows)
    {
        _rows = rows;
        inputs[..(rows * _widths[0])].CopyTo(Room(_activations, 0));
        for (int layer = 1; layer < _widths.Length; layer++)
        {
            Span<double> z = Room(_activations, layer);
            MatrixProduct.Compute<double>(rows, _widths[layer], _widths[layer - 1], _activations[layer - 1], false,
                Weights[layer - 1].Values, true, z);
            AddBias(z, Biases[layer - 1].Values);
            if (layer < _widths.Length - 1)
                VectorMath.Tanh(z);
        }
    }

    /// <summary>Computes the slopes of the energies.</summary>
    public void Differentiate()
    {
        Room(_errors, _widths.Length - 1).Fill(1);
        for (int layer = _widths.Length - 1; layer > 0; layer--)
        {
            Span<double> carried = Room(_carried, layer - 1);
            MatrixProduct.Compute<double>(_rows, _widths[layer - 1], _widths[layer], _errors[layer], false, Weights[layer - 1].Values,
                false, carried);
            if (layer == 1)
                break;
            Span<double> errors = Room(_errors, layer - 1), a = _activations[layer - 1];
            for (int i = 0; i < errors.Length; i++)
                errors[i] = carried[i] * (1 - a[i] * a[i]);
        }
    }

    /// <summary>
    /// Adds the gradient of sum_i (seed_i E_i + direction_i . dE_i/dx_i) to the gradients of the parameters, after <see
    /// cref="Differentiate"/>.
    /// </summary>
    /// <param name="seeds">A number for each atom.</param>
    /// <param name="directions">A row for each atom; empty: only energies count.</param>
    public void AddGradient(ReadOnlySpan<double> seeds, ReadOnlySpan<double> directions)
    {
        bool hasDirections = !directions.IsEmpty;
        if (hasDirections)
            Push(directions);
        int last = _widths.Length - 1;
        Span<double> alpha = Room(_zetas, last);
        seeds[.._rows].CopyTo(alpha);
        for (int layer = last; layer > 0; layer--)
        {
            ReadOnlySpan<double> zeta = _zetas[layer].AsSpan(0, _rows * _widths[layer]);
            Parameter<double> weight = Weights[layer - 1];
            MatrixProduct.Compute(_widths[layer], _widths[layer - 1], _rows, zeta, true, _activations[layer - 1], false, weight.Gradient,
                accumulate: true);
            if (hasDirections)
                MatrixProduct.Compute<double>(_widths[layer], _widths[layer - 1], _rows, _errors[layer], true, _tangents[layer - 1],
                    false, weight.Gradient, accumulate: true);
            AddColumns(zeta, Biases[layer - 1].Gradient);
            if (layer == 1)
                break;
            Span<double> below = Room(_zetas, layer - 1);
            MatrixProduct.Compute(_rows, _widths[layer - 1], _widths[layer], zeta, false, weight.Values, false, below);
            Bend(layer - 1, below, hasDirections);
        }
    }

    /// <summary>Activations of an atom in a layer, as the last forward pass left them.</summary>
    internal ReadOnlySpan<double> ActivationsOf(int layer, int atom) => _activations[layer].AsSpan(atom * _widths[layer], _widths[layer]);

    /// <summary>dE/dz of an atom in a layer.</summary>
    internal ReadOnlySpan<double> ErrorsOf(int layer, int atom) => _errors[layer].AsSpan(atom * _widths[layer], _widths[layer]);

    /// <summary>dE/da of an atom in a layer.</summary>
    internal ReadOnlySpan<double> CarriedOf(int layer, int atom) => _carried[layer].AsSpan(atom * _widths[layer], _widths[layer]);

    // s_l and t_l along a direction of the inputs.
    private void Push(ReadOnlySpan<double> directions)
    {
        directions[..(_rows * _widths[0])].CopyTo(Room(_tangents, 0));
        for (int layer = 1; layer < _widths.Length - 1; layer++)
        {
            Span<double> stretch = Room(_stretches, layer), tangent = Room(_tangents, layer), a = _activations[layer];
            MatrixProduct.Compute<double>(_rows, _widths[layer], _widths[layer - 1], _tangents[layer - 1], false,
                Weights[layer - 1].Values, true, stretch);
            for (int i = 0; i < tangent.Length; i++)
                tangent[i] = stretch[i] * (1 - a[i] * a[i]);
        }
    }

    // From alpha to zeta: tanh' = 1 - a^2, tanh'' = -2 a tanh'.
    private void Bend(int layer, Span<double> alpha, bool hasDirections)
    {
        ReadOnlySpan<double> a = _activations[layer], carried = _carried[layer], stretch = _stretches[layer];
        for (int i = 0; i < alpha.Length; i++)
        {
            double slope = 1 - a[i] * a[i];
            alpha[i] = slope * (hasDirections ? alpha[i] - 2 * a[i] * carried[i] * stretch[i] : alpha[i]);
        }
    }

    private Span<double> Room(double[][] arrays, int layer)
    {
        int size = _rows * _widths[layer];
        if (arrays[layer].Length < size)
            arrays[layer] = new double[size + size / 4];
        return arrays[layer].AsSpan(0, size);
    }

    private static void AddBias(Span<double> z, ReadOnlySpan<double> bias)
    {
        for (int start = 0; start < z.Length; start += bias.Length)
        {
            for (int i = 0; i < bias.Length; i++)
                z[start + i] += bias[i];
        }
    }

    private static void AddColumns(ReadOnlySpan<double> rows, Span<double> sums)
    {
        for (int start = 0; start < rows.Length; start += sums.Length)
        {
            for (int i = 0; i < sums.Length; i++)
                sums[i] += rows[start + i];
        }
    }
}
