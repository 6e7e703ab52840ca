using CrystalHpc.Core.Numerics;

namespace CrystalHpc.BondValence.Fit;

/// <summary>
/// The linear system of a Gauss-Newton step with priors, on the tied parameter vector: an arrow. Its shaft is the blocks of the cations;
/// its tip the g that several of them share, which are found after the blocks are eliminated (Schur complement). Where no g is shared there
/// is no tip.
/// </summary>
internal sealed class GaussNewtonSystem
{
    private readonly Block[] _blocks;
    private readonly int _tipStart;
    private readonly int _tipSize;
    private readonly double[] _tip;
    private readonly double[] _tipFactor;

    public GaussNewtonSystem(GaussNewtonBlocks data, FitPriors priors, SoftnessTying tying)
    {
        _tipStart = tying.IsTied ? tying.KeyCount : ParameterLayout.Count(tying.KeyCount);
        _tipSize = tying.IsTied ? tying.GroupCount : 0;
        (_tip, _tipFactor) = (new double[_tipSize * _tipSize], new double[_tipSize * _tipSize]);
        _blocks = [.. Enumerable.Range(0, data.BlockCount).Select(block => Arrange(data, block, priors, tying))];
    }

    /// <summary>Prepares <see cref="Solve"/>.</summary>
    /// <param name="damping">This times the diagonal is added to it.</param>
    /// <param name="isFree">Parameters that take part; the others get 0. Empty: all.</param>
    /// <returns>False when the matrix is not positive definite: the data leave some direction open.</returns>
    public bool TryFactor(double damping, ReadOnlySpan<bool> isFree)
    {
        _tip.CopyTo(_tipFactor, 0);
        for (int t = 0; t < _tipSize; t++)
            _tipFactor[t * _tipSize + t] *= 1 + damping;
        foreach (Block block in _blocks)
        {
            if (!block.TryFactor(damping, isFree, _tipStart))
                return false;
            for (int t = 0; t < _tipSize; t++)
            {
                for (int u = 0; u < _tipSize; u++)
                    _tipFactor[t * _tipSize + u] -= block.Product(t, u);
            }
        }

        for (int t = 0; t < _tipSize && !isFree.IsEmpty; t++)
        {
            if (isFree[_tipStart + t])
                continue;
            for (int u = 0; u < _tipSize; u++)
                _tipFactor[t * _tipSize + u] = _tipFactor[u * _tipSize + t] = u == t ? 1 : 0;
        }

        return Cholesky.TryFactor(_tipFactor, _tipSize);
    }

    /// <summary>Replaces a vector by the solution of the system; entries of parameters that do not take part must be 0.</summary>
    public void Solve(Span<double> vector)
    {
        Span<double> tip = vector.Slice(_tipStart, _tipSize);
        foreach (Block block in _blocks)
            block.SolveAlone(vector, tip);
        Cholesky.Solve(_tipFactor, _tipSize, tip);
        foreach (Block block in _blocks)
            block.Correct(vector, tip);
    }

    private Block Arrange(GaussNewtonBlocks data, int index, FitPriors priors, SoftnessTying tying)
    {
        int first = ParameterLayout.Offset(data.FirstKey(index)), size = data.Size(index);
        int[] places = [.. Enumerable.Range(first, size).Select(tying.PlaceOf)];
        int[] inner = [.. Enumerable.Range(0, size).Where(i => places[i] >= 0 && places[i] < _tipStart)];
        Block block = new([.. inner.Select(i => places[i])], _tipSize);
        double Entry(int i, int j) => data.Hessian(index, i, j) + (i == j ? priors.Precision(first + i) : 0);
        for (int i = 0; i < inner.Length; i++)
        {
            for (int j = 0; j < inner.Length; j++)
                block.Matrix[i * inner.Length + j] = Entry(inner[i], inner[j]);
        }

        for (int j = 0; j < size; j++)
        {
            int tip = places[j] - _tipStart;
            if (tip < 0)
                continue;
            for (int i = 0; i < inner.Length; i++)
                block.Coupling[tip * inner.Length + i] += Entry(inner[i], j);
            for (int k = 0; k < size; k++)
            {
                if (places[k] >= _tipStart)
                    _tip[tip * _tipSize + places[k] - _tipStart] += Entry(j, k);
            }
        }

        return block;
    }

    // One cation: its matrix, and its coupling to the tip, a vector for each parameter of the tip.
    private sealed class Block(int[] places, int tipSize)
    {
        private readonly double[] _factor = new double[places.Length * places.Length];
        private readonly double[] _vector = new double[places.Length];
        private readonly double[] _freeCoupling = new double[tipSize * places.Length];
        private readonly double[] _solvedCoupling = new double[tipSize * places.Length];

        public double[] Matrix { get; } = new double[places.Length * places.Length];

        public double[] Coupling { get; } = new double[tipSize * places.Length];

        public bool TryFactor(double damping, ReadOnlySpan<bool> isFree, int tipStart)
        {
            int size = places.Length;
            Matrix.CopyTo(_factor, 0);
            Coupling.CopyTo(_freeCoupling, 0);
            for (int i = 0; i < size; i++)
            {
                _factor[i * size + i] *= 1 + damping;
                if (isFree.IsEmpty || isFree[places[i]])
                    continue;
                for (int j = 0; j < size; j++)
                    _factor[i * size + j] = _factor[j * size + i] = i == j ? 1 : 0;
                for (int t = 0; t < tipSize; t++)
                    _freeCoupling[t * size + i] = 0;
            }

            for (int t = 0; t < tipSize; t++)
            {
                if (!isFree.IsEmpty && !isFree[tipStart + t])
                    _freeCoupling.AsSpan(t * size, size).Clear();
            }

            if (!Cholesky.TryFactor(_factor, size))
                return false;
            _freeCoupling.CopyTo(_solvedCoupling, 0);
            for (int t = 0; t < tipSize; t++)
                Cholesky.Solve(_factor, size, _solvedCoupling.AsSpan(t * size, size));
            return true;
        }

        public double Product(int t, int u)
            => Dot(_freeCoupling.AsSpan(t * places.Length, places.Length), _solvedCoupling.AsSpan(u * places.Length, places.Length));

        // The solution without the tip, and what it leaves on the tip's right-hand side.
        public void SolveAlone(Span<double> vector, Span<double> tip)
        {
            for (int i = 0; i < places.Length; i++)
                _vector[i] = vector[places[i]];
            Cholesky.Solve(_factor, places.Length, _vector);
            for (int t = 0; t < tip.Length; t++)
                tip[t] -= Dot(_freeCoupling.AsSpan(t * places.Length, places.Length), _vector);
            for (int i = 0; i < places.Length; i++)
                vector[places[i]] = _vector[i];
        }

        public void Correct(Span<double> vector, ReadOnlySpan<double> tip)
        {
            for (int t = 0; t < tip.Length; t++)
            {
                for (int i = 0; i < places.Length; i++)
                    vector[places[i]] -= _solvedCoupling[t * places.Length + i] * tip[t];
            }
        }

        private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
        {
            double sum = 0;
            for (int i = 0; i < left.Length; i++)
                sum += left[i] * right[i];
            return sum;
        }
    }
}
