using CrystalHpc.Core.Elements;

namespace CrystalHpc.Core.Thermodynamics;

/// <summary>The best mixture of phases at a composition.</summary>
/// <param name="EnergyPerAtom">Its energy, eV an atom.</param>
/// <param name="Potentials">Chemical potential of each element, eV: the plane of the hull there. On a corner of the hull they are those of
/// one of the planes that meet.</param>
/// <param name="Phases">Numbers of the phases that it is made of, the largest share of atoms first.</param>
public sealed record HullMixture(double EnergyPerAtom, double[] Potentials, IReadOnlyList<int> Phases);

/// <summary>
/// The lower convex hull of energies over composition, for any number of elements: the energy of the best mixture of a composition is a
/// linear program, which the simplex method solves with one phase in the basis for each element.
/// </summary>
public sealed class ConvexHull
{
    // Energies an atom below this, eV, are rounding.
    private const double Rounding = 1e-10;
    private const int MostPivots = 10_000;

    // Pivots that take the phase of the largest gain; those after them take the first, which never goes round (Bland's rule).
    private const int SteepPivots = 500;

    private readonly IReadOnlyList<(double[] Shares, double Energy)> _phases;

    /// <summary>The hull of phases of which the first are the elements alone.</summary>
    /// <param name="elements">The elements.</param>
    /// <param name="phases">Shares of the elements in each phase, and its energy (of whatever kind), eV an atom.</param>
    public ConvexHull(IReadOnlyList<Element> elements, IReadOnlyList<(double[] Shares, double Energy)> phases) =>
        (Elements, _phases) = (elements, phases);

    /// <summary>The elements.</summary>
    public IReadOnlyList<Element> Elements { get; }

    /// <summary>The hull of some phases; null where an element has none of it alone: nothing bounds the hull there.</summary>
    /// <param name="phases">Atoms of each phase, and its energy (of whatever kind), eV.</param>
    public static ConvexHull? Of(IEnumerable<(Element[] Species, double Energy)> phases)
    {
        ArgumentNullException.ThrowIfNull(phases);
        (Element[] Species, double Energy)[] all = [.. phases];
        Element[] elements = [.. all.SelectMany(phase => phase.Species).Distinct().Order()];
        var found = new List<(double[], double)>();
        var hull = new ConvexHull(elements, found);

        // The elements first: they are the first basis.
        foreach (Element element in elements)
        {
            double lowest = all.Where(phase => phase.Species.All(species => species == element))
                .Select(phase => phase.Energy / phase.Species.Length).DefaultIfEmpty(double.NaN).Min();
            if (double.IsNaN(lowest))
                return null;
            found.Add((hull.SharesOf([element]), lowest));
        }

        found.AddRange(all.Select(phase => (hull.SharesOf(phase.Species), phase.Energy / phase.Species.Length)));
        return hull;
    }

    /// <summary>Share of each element.</summary>
    public double[] SharesOf(IReadOnlyCollection<Element> species) =>
        [.. Elements.Select(element => (double)species.Count(other => other == element) / species.Count)];

    /// <summary>Energy of the elements in these shares, eV an atom.</summary>
    public double ReferenceOf(double[] shares) => shares.Select((share, i) => share * _phases[i].Energy).Sum();

    /// <summary>Lowest energy of a mixture in these shares, eV an atom.</summary>
    public double EnergyOf(double[] shares) => MixtureOf(shares).EnergyPerAtom;

    /// <summary>The best mixture in these shares.</summary>
    public HullMixture MixtureOf(double[] shares)
    {
        ArgumentNullException.ThrowIfNull(shares);
        int size = Elements.Count;
        int[] basis = [.. Enumerable.Range(0, size)];
        for (int pivot = 0; pivot < MostPivots; pivot++)
        {
            double[,] columns = Matrix(basis);
            double[] amounts = Solve(columns, shares, transposed: false);
            double[] potentials = Solve(columns, [.. basis.Select(phase => _phases[phase].Energy)], transposed: true);
            (int entering, double least) = (-1, -Rounding);
            for (int phase = 0; phase < _phases.Count; phase++)
            {
                double gain = _phases[phase].Energy - Dot(potentials, _phases[phase].Shares);
                if (gain < least && (pivot < SteepPivots || entering < 0))
                    (entering, least) = (phase, gain);
            }

            if (entering < 0)
            {
                return new HullMixture(Dot(potentials, shares), potentials, [.. Enumerable.Range(0, size)
                    .Where(row => amounts[row] > Rounding).OrderByDescending(row => amounts[row]).Select(row => basis[row])]);
            }

            double[] direction = Solve(columns, _phases[entering].Shares, transposed: false);
            int leaving = Enumerable.Range(0, size).Where(row => direction[row] > 1e-12)
                .MinBy(row => (Math.Max(0, amounts[row]) / direction[row], -direction[row]));
            basis[leaving] = entering;
        }

        return new HullMixture(double.NaN, [.. Enumerable.Repeat(double.NaN, size)], []);
    }

    private double[,] Matrix(int[] basis)
    {
        var matrix = new double[basis.Length, basis.Length];
        for (int column = 0; column < basis.Length; column++)
        {
            for (int row = 0; row < basis.Length; row++)
                matrix[row, column] = _phases[basis[column]].Shares[row];
        }

        return matrix;
    }

    // Gauss with the largest pivot: as many rows as elements.
    private static double[] Solve(double[,] matrix, double[] right, bool transposed)
    {
        int size = right.Length;
        var a = new double[size, size + 1];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
                a[i, j] = transposed ? matrix[j, i] : matrix[i, j];
            a[i, size] = right[i];
        }

        for (int k = 0; k < size; k++)
        {
            int best = Enumerable.Range(k, size - k).MaxBy(row => Math.Abs(a[row, k]));
            for (int j = k; j <= size; j++)
                (a[k, j], a[best, j]) = (a[best, j], a[k, j]);
            for (int i = 0; i < size; i++)
            {
                if (i == k || a[i, k] == 0)
                    continue;
                double factor = a[i, k] / a[k, k];
                for (int j = k; j <= size; j++)
                    a[i, j] -= factor * a[k, j];
            }
        }

        return [.. Enumerable.Range(0, size).Select(i => a[i, size] / a[i, i])];
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
