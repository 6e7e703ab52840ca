using CrystalHpc.Core.Numerics;
using CrystalHpc.Learning.Tensors;
using CrystalHpc.Parallel;

namespace CrystalHpc.Learning.Optimizers;

/// <summary>
/// Extended Kalman filter over many measurements at once (multi-stream: Feldkamp and Puskorius 1994; for potentials Singraber, Morawietz,
/// Behler and Dellago 2019, doi 10.1021/acs.jctc.8b01092). Blocks of parameters are taken as uncorrelated, one block is the full filter.
/// Each rank holds some rows of each covariance matrix; what a row becomes does not depend on who holds it.
/// </summary>
public sealed class KalmanFilter
{
    private readonly ICommunicator _world;
    private readonly Block[] _blocks;
    private double[] _innovation = [], _inverse = [];

    /// <summary>A filter.</summary>
    /// <param name="blockEnds">Where blocks of parameters end.</param>
    /// <param name="variance">Variance of each parameter at the start.</param>
    /// <param name="world">The ranks that share the rows.</param>
    public KalmanFilter(IReadOnlyList<int> blockEnds, double variance, ICommunicator world)
    {
        ArgumentNullException.ThrowIfNull(blockEnds);
        _world = world;
        _blocks = [.. blockEnds.Select((end, i) => new Block(i == 0 ? 0 : blockEnds[i - 1], end, world.Rank, world.Size))];
        foreach (Block block in _blocks)
        {
            for (int row = block.FirstRow; row < block.EndRow; row++)
                block.Covariance[(row - block.FirstRow) * block.Size + row] = variance;
        }
    }

    /// <summary>The rows of the covariance matrices that this rank holds, one block after another.</summary>
    public IReadOnlyList<double[]> State => [.. _blocks.Select(block => block.Covariance)];

    /// <summary>The same with the place of the first number in the whole matrix, and the length of that.</summary>
    internal IEnumerable<(double[] Rows, long First, long Total)> Rows() =>
        _blocks.Select(block => (block.Covariance, (long)block.FirstRow * block.Size, (long)block.Size * block.Size));

    /// <summary>Moves parameters by measurements. A collective call; arguments are the same on all ranks.</summary>
    /// <param name="values">The parameters.</param>
    /// <param name="jacobian">Slopes of the predictions, a row for each measurement.</param>
    /// <param name="residuals">Measured less predicted.</param>
    /// <param name="measurementNoise">Variance of the noise of each measurement.</param>
    /// <param name="processNoise">What is added to the variance of each parameter.</param>
    /// <param name="memory">Forgetting: covariances are divided by this, 1 or a little less.</param>
    /// <returns>False when the measurements contradict the covariance: a number has become infinite, nothing was changed.</returns>
    public bool Update(
        Span<double> values, ReadOnlySpan<double> jacobian, ReadOnlySpan<double> residuals, double measurementNoise, double processNoise,
            double memory)
    {
        int count = residuals.Length, parameters = _blocks[^1].End;
        if (_innovation.Length < count * count)
            (_innovation, _inverse) = (new double[count * count], new double[count * count]);
        Span<double> innovation = _innovation.AsSpan(0, count * count);
        innovation.Clear();
        foreach (Block block in _blocks)
        {
            block.Select(jacobian, parameters, count);
            if (block.IsUntouched)
                continue;
            int rows = block.EndRow - block.FirstRow;
            Span<double> gains = block.Gains.AsSpan(0, block.Size * count);
            gains.Clear();
            MatrixProduct.Compute<double>(rows, count, block.Size, block.Covariance, false, block.Jacobian, true,
                gains[(block.FirstRow * count)..]);
            if (_world.Size > 1)
                _world.AllreduceInPlace(gains, ReduceOperation.Sum);
            MatrixProduct.Compute(count, count, block.Size, block.Jacobian, false, gains, false, innovation, accumulate: true);
        }

        for (int i = 0; i < count; i++)
            innovation[i * count + i] += measurementNoise;
        if (!Cholesky.TryFactor(innovation, count))
            return false;
        InvertFactor(innovation, count);
        var whitened = new double[count];
        MatrixProduct.Compute<double>(count, 1, count, _inverse, false, residuals, false, whitened);
        foreach (Block block in _blocks)
            block.Move(values[block.Start..block.End], _inverse, whitened, count, processNoise, memory);
        return true;
    }

    // The inverse of the lower factor, which is lower as well.
    private void InvertFactor(ReadOnlySpan<double> factor, int size)
    {
        Span<double> inverse = _inverse.AsSpan(0, size * size);
        inverse.Clear();
        for (int row = 0; row < size; row++)
        {
            double diagonal = 1 / factor[row * size + row];
            Span<double> target = inverse.Slice(row * size, row);
            for (int k = 0; k < row; k++)
            {
                double share = -factor[row * size + k] * diagonal;
                ReadOnlySpan<double> above = inverse.Slice(k * size, k + 1);
                for (int column = 0; column <= k; column++)
                    target[column] += share * above[column];
            }

            inverse[row * size + row] = diagonal;
        }
    }

    private sealed class Block(int start, int end, int rank, int ranks)
    {
        private double[] _whitenedGains = [], _negative = [], _all = [];

        public int Start { get; } = start;

        public int End { get; } = end;

        public int Size => End - Start;

        public int FirstRow { get; } = (int)((long)(end - start) * rank / ranks);

        public int EndRow { get; } = (int)((long)(end - start) * (rank + 1) / ranks);

        public double[] Covariance { get; } =
            new double[((long)(end - start) * (rank + 1) / ranks - (long)(end - start) * rank / ranks) * (end - start)];

        public double[] Jacobian { get; private set; } = [];

        public double[] Gains { get; private set; } = [];

        // No measurement depends on the block, as where an element is missing in a structure: nothing is to be multiplied.
        public bool IsUntouched { get; private set; }

        public void Select(ReadOnlySpan<double> jacobian, int parameters, int count)
        {
            if (Jacobian.Length < Size * count)
                (Jacobian, Gains, _whitenedGains, _negative, _all) = (new double[Size * count], new double[Size * count],
                    new double[Size * count], new double[Size * count], new double[Size]);
            for (int row = 0; row < count; row++)
                jacobian.Slice(row * parameters + Start, Size).CopyTo(Jacobian.AsSpan(row * Size));
            IsUntouched = !Jacobian.AsSpan(0, Size * count).ContainsAnyExcept(0.0);
        }

        // With S = L L^T and W = P H^T L^-T: w += W L^-1 r, P -= W W^T.
        public void Move(Span<double> values, double[] inverse, ReadOnlySpan<double> whitened, int count, double processNoise,
            double memory)
        {
            if (!IsUntouched)
                Learn(values, inverse, whitened, count);
            if (memory != 1)
                VectorSpan.Scale(1 / memory, Covariance.AsSpan());
            for (int row = 0; row < EndRow - FirstRow; row++)
                Covariance[row * Size + FirstRow + row] += processNoise;
        }

        private void Learn(Span<double> values, double[] inverse, ReadOnlySpan<double> whitened, int count)
        {
            MatrixProduct.Compute<double>(Size, count, count, Gains, false, inverse, true, _whitenedGains);
            MatrixProduct.Compute(Size, 1, count, _whitenedGains, false, whitened, false, _all);
            for (int i = 0; i < Size; i++)
                values[i] += _all[i];
            int rows = EndRow - FirstRow;
            for (int i = 0; i < rows * count; i++)
                _negative[i] = -_whitenedGains[FirstRow * count + i];
            MatrixProduct.Compute<double>(rows, Size, count, _negative, false, _whitenedGains, true, Covariance, accumulate: true);
        }
    }
}
