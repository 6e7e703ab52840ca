using CrystalHpc.BondValence.Equations;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Parallel;

namespace CrystalHpc.BondValence.Fit;

/// <summary>
/// Keys of cations in rounds of about as many equations: what all groups of structures say of the cations of one round fits into the memory
/// of one rank, however large the corpus. Rounds do not depend on the number of ranks.
/// </summary>
internal sealed class CationRounds
{
    private const long MostEquations = 1 << 16;

    private readonly int[] _starts;
    private readonly int[][] _rows, _rowKeys;

    /// <summary>Divides the keys. A collective call.</summary>
    /// <param name="job">The job.</param>
    /// <param name="keys">Keys of the fit.</param>
    /// <param name="tables">Equations of this rank.</param>
    /// <param name="mostEquations">Equations of a round, at most, unless one cation has more.</param>
    public CationRounds(Job job, IReadOnlyList<BondKey> keys, EquationTable[] tables, long mostEquations = MostEquations)
    {
        _rows = [.. tables.Select(table => Enumerable.Range(0, table.EquationCount).OrderBy(row => FirstKey(table, row)).ToArray())];
        _rowKeys = [.. tables.Zip(_rows, (table, rows) => rows.Select(row => FirstKey(table, row)).ToArray())];
        long[] equations = new long[keys.Count];
        foreach (int key in _rowKeys.SelectMany(key => key))
            equations[key]++;
        job.World.AllreduceInPlace(equations.AsSpan(), ReduceOperation.Sum);
        var starts = new List<int> { 0 };
        long sum = 0;
        for (int key = 0; key < keys.Count;)
        {
            int end = key + 1;
            while (end < keys.Count && keys[end].Cation == keys[key].Cation)
                end++;
            long own = equations.AsSpan(key, end - key).ToArray().Sum();
            if (key > starts[^1] && sum + own > mostEquations)
            {
                starts.Add(key);
                sum = 0;
            }

            sum += own;
            key = end;
        }

        _starts = [.. starts, keys.Count];
    }

    /// <summary>Number of rounds.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>Rows of a table whose cations a round is about, in their order within each key.</summary>
    public ReadOnlySpan<int> RowsOf(int table, int round)
    {
        int from = Bound(_rowKeys[table], _starts[round]), to = Bound(_rowKeys[table], _starts[round + 1]);
        return _rows[table].AsSpan(from, to - from);
    }

    private static int FirstKey(EquationTable table, int row) => table.KeyIndices[table.BondOffsets[row]];

    private static int Bound(int[] sorted, int key)
    {
        (int low, int high) = (0, sorted.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = sorted[middle] < key ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
