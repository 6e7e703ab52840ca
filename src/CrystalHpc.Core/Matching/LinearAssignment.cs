namespace CrystalHpc.Core.Matching;

/// <summary>
/// Pairs rows with columns so that the sum of their costs is least, by shortest augmenting paths in time n³ (R. Jonker, A. Volgenant,
/// Computing 38 (1987) 325, doi 10.1007/BF02278710). Keeps its working space.
/// </summary>
public sealed class LinearAssignment
{
    private const int Nobody = -1;

    private int[] _rowOfColumn = [];
    private int[] _previousColumn = [];
    private bool[] _isReached = [];
    private double[] _rowPrice = [];
    private double[] _columnPrice = [];
    private double[] _distance = [];

    /// <summary>Solves a square problem.</summary>
    /// <param name="costs">Cost of row i and column j at i·n + j; finite.</param>
    /// <param name="columnOfRow">Receives the column of each row; its length is n.</param>
    public void Solve(ReadOnlySpan<double> costs, Span<int> columnOfRow)
    {
        int n = columnOfRow.Length;
        Reset(n);
        for (int row = 0; row < n; row++)
            Augment(costs, n, row);
        for (int column = 0; column < n; column++)
            columnOfRow[_rowOfColumn[column]] = column;
    }

    private void Reset(int n)
    {
        if (_rowOfColumn.Length < n)
        {
            (_rowOfColumn, _previousColumn, _isReached) = (new int[n], new int[n], new bool[n]);
            (_rowPrice, _columnPrice, _distance) = (new double[n], new double[n], new double[n]);
        }

        Array.Fill(_rowOfColumn, Nobody, 0, n);
        Array.Clear(_rowPrice, 0, n);
        Array.Clear(_columnPrice, 0, n);
    }

    // The cheapest path from a free row over pairs that exist to a free column; prices keep all reduced costs at or above zero.
    private void Augment(ReadOnlySpan<double> costs, int n, int freeRow)
    {
        Array.Fill(_distance, double.PositiveInfinity, 0, n);
        Array.Clear(_isReached, 0, n);
        (int row, int column) = (freeRow, Nobody);
        double length = 0;
        while (true)
        {
            int nearest = Nobody;
            for (int j = 0; j < n; j++)
            {
                if (_isReached[j])
                    continue;
                double through = length + costs[row * n + j] - _rowPrice[row] - _columnPrice[j];
                if (through < _distance[j])
                    (_distance[j], _previousColumn[j]) = (through, column);
                if (nearest == Nobody || _distance[j] < _distance[nearest])
                    nearest = j;
            }

            _isReached[nearest] = true;
            (column, length) = (nearest, _distance[nearest]);
            if (_rowOfColumn[column] == Nobody)
                break;
            row = _rowOfColumn[column];
        }

        UpdatePrices(n, freeRow, length);
        while (column != Nobody)
        {
            int before = _previousColumn[column];
            _rowOfColumn[column] = before == Nobody ? freeRow : _rowOfColumn[before];
            column = before;
        }
    }

    private void UpdatePrices(int n, int freeRow, double length)
    {
        _rowPrice[freeRow] += length;
        for (int j = 0; j < n; j++)
        {
            if (!_isReached[j] || _rowOfColumn[j] == Nobody)
                continue;
            _rowPrice[_rowOfColumn[j]] += length - _distance[j];
            _columnPrice[j] -= length - _distance[j];
        }
    }
}
