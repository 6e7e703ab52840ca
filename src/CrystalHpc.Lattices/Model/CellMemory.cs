using CrystalHpc.Core.Numerics;
using CrystalHpc.Lattices.Data;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Formulas.Neighbors;

namespace CrystalHpc.Lattices.Model;

/// <summary>
/// What known cells say of a formula in a given Bravais lattice: weighted means over known compounds of the same amounts and the same
/// lattice, by three widths in the distance of elements. Volumes are compared relative to the sum of volumes of the elements, which a
/// least-squares fit gives.
/// </summary>
public sealed class CellMemory
{
    /// <summary>Means over neighbors are taken with these widths, in units of the mean distance of two elements.</summary>
    private static readonly double[] Widths = [0.15, 0.3, 0.6];

    // Weight of the mean over the Bravais lattice.
    private const double PriorWeight = 0.01;

    // Added to the normal equations of the volumes of elements: those that hardly occur stay near the mean.
    private const double Ridge = 0.5;

    private const int Neighbors = 32, Numbers = ConventionalCell.Numbers;

    private readonly IReadOnlyList<KnownCell> _rows;
    private readonly List<int>[] _members;
    private readonly AnonymousNeighbors?[] _search;
    private readonly float[] _values;
    private readonly float[] _means = new float[LatticeClasses.Bravais.Count * Numbers];
    private readonly double[] _elementVolumes;

    /// <summary>Takes known cells.</summary>
    public CellMemory(IReadOnlyList<KnownCell> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        (_rows, _values, _elementVolumes) = (rows, new float[rows.Count * Numbers], FitVolumes(rows));
        _members = [.. Enumerable.Range(0, LatticeClasses.Bravais.Count)
            .Select(bravais => Enumerable.Range(0, rows.Count).Where(i => rows[i].Bravais == bravais).ToList())];
        for (int i = 0; i < rows.Count; i++)
            WriteTargets(rows[i], _values.AsSpan(i * Numbers, Numbers));
        foreach ((int bravais, List<int> members) in _members.Index())
        {
            foreach (int member in members)
            {
                for (int k = 0; k < Numbers; k++)
                    _means[bravais * Numbers + k] += _values[member * Numbers + k] / members.Count;
            }
        }

        _search = [.. _members.Select(members => members.Count == 0
            ? null : new AnonymousNeighbors([.. members.Select(member => rows[member].Composition)]))];
    }

    /// <summary>
    /// Numbers that it gives of a formula: for each width the means and ln of the weights, then the nearest cell and its distance.
    /// </summary>
    public static int Count => (Widths.Length + 1) * (Numbers + 1);

    /// <summary>The known cells.</summary>
    public IReadOnlyList<KnownCell> Rows => _rows;

    /// <summary>What a network learns of a cell: its numbers, the volume relative to that of the elements.</summary>
    public void WriteTargets(KnownCell row, Span<float> targets)
    {
        ArgumentNullException.ThrowIfNull(row);
        row.Cell.Write(targets);
        targets[0] -= LogVolume(row.Composition);
    }

    /// <summary>Makes NaN of the numbers that a Bravais lattice fixes: what is not free is not learned.</summary>
    public static void Mask(int bravais, Span<float> targets)
    {
        int[] free = LatticeClasses.Bravais[bravais][0] switch
        {
            'a' => [0, 1, 2, 3, 4, 5, 6],
            'm' => [0, 1, 2, 3, 5],
            'o' => [0, 1, 2, 3],
            't' or 'h' => [0, 1, 3],
            _ => [0, 1],
        };
        for (int k = 0; k < Numbers; k++)
            targets[k] = free.Contains(k) ? targets[k] : float.NaN;
    }

    /// <summary>The cell of what a network says.</summary>
    public ConventionalCell CellOf(Composition composition, int bravais, ReadOnlySpan<float> outputs)
    {
        Span<float> numbers = stackalloc float[Numbers];
        outputs[..Numbers].CopyTo(numbers);
        numbers[0] += LogVolume(composition);
        return ConventionalCell.From(numbers, bravais);
    }

    /// <summary>Writes what the known cells say; compounds of the formula itself are left out.</summary>
    public void Write(Composition composition, int bravais, Span<float> numbers)
    {
        ArgumentNullException.ThrowIfNull(composition);
        var nearest = new NearestList(Neighbors);
        List<int> members = _members[bravais];
        _search[bravais]?.Find(composition, member => _rows[members[member]].Composition.Text == composition.Text, nearest);
        ReadOnlySpan<float> mean = _means.AsSpan(bravais * Numbers, Numbers);
        for (int width = 0; width < Widths.Length; width++)
        {
            Span<float> target = numbers.Slice(width * (Numbers + 1), Numbers + 1);
            double total = PriorWeight;
            for (int k = 0; k < Numbers; k++)
                target[k] = (float)(PriorWeight * mean[k]);
            for (int i = 0; i < nearest.Count; i++)
            {
                double weight = PortableMath.Exp(-nearest.SquaredDistances[i] / (Widths[width] * Widths[width]));
                total += weight;
                for (int k = 0; k < Numbers; k++)
                    target[k] += (float)(weight * _values[members[nearest.Indices[i]] * Numbers + k]);
            }

            for (int k = 0; k < Numbers; k++)
                target[k] /= (float)total;
            target[Numbers] = (float)(0.5 * PortableMath.Log(total));
        }

        Span<float> last = numbers.Slice(Widths.Length * (Numbers + 1), Numbers + 1);
        if (nearest.Count > 0)
            _values.AsSpan(members[nearest.Indices[0]] * Numbers, Numbers).CopyTo(last);
        else
            mean.CopyTo(last);
        last[Numbers] = nearest.Count > 0 ? Math.Min(nearest.SquaredDistances[0], 2) : 2;
    }

    private float LogVolume(Composition composition)
    {
        double volume = 0;
        for (int i = 0; i < composition.Count; i++)
            volume += composition.Fraction(i) * _elementVolumes[composition.Elements[i]];
        return (float)PortableMath.Log(volume);
    }

    // Volumes of elements whose sums come nearest to those of the known cells, relative to the volume.
    private static double[] FitVolumes(IReadOnlyList<KnownCell> rows)
    {
        const int n = Composition.KnownElements;
        double[] matrix = new double[n * n], right = new double[n];
        double mean = rows.Average(row => row.Cell.VolumePerAtom);
        foreach (KnownCell row in rows)
        {
            double weight = 1 / (row.Cell.VolumePerAtom * row.Cell.VolumePerAtom);
            for (int i = 0; i < row.Composition.Count; i++)
            {
                int x = row.Composition.Elements[i];
                right[x] += weight * row.Composition.Fraction(i) * (row.Cell.VolumePerAtom - mean);
                for (int j = 0; j < row.Composition.Count; j++)
                    matrix[x * n + row.Composition.Elements[j]] += weight * row.Composition.Fraction(i) * row.Composition.Fraction(j);
            }
        }

        for (int i = 0; i < n; i++)
            matrix[i * n + i] += Ridge / (mean * mean);
        if (!Cholesky.TryFactor(matrix, n))
            throw new InvalidOperationException("the equations of the volumes of elements are singular");
        Cholesky.Solve(matrix, n, right);
        return [.. right.Select(deviation => Math.Max(2, mean + deviation))];
    }
}
