using CrystalHpc.Core.Elements;

namespace CrystalHpc.Generation.Prediction.Screening;

/// <summary>A known compound with its formation energy.</summary>
/// <param name="Name">Its formula.</param>
/// <param name="Shares">Share of the atoms of each element.</param>
/// <param name="EnergyPerAtom">Formation energy, eV/atom.</param>
public sealed record HullCompound(string Name, IReadOnlyDictionary<Element, double> Shares, double EnergyPerAtom);

/// <summary>The lowest energy that a composition can have as a mixture of known compounds and elements.</summary>
/// <param name="EnergyPerAtom">That energy, eV/atom.</param>
/// <param name="Products">The compounds, the largest share of atoms first.</param>
public sealed record HullPoint(double EnergyPerAtom, IReadOnlyList<string> Products);

/// <summary>The convex hull of formation energies over compositions; elements are at zero.</summary>
/// <param name="compounds">The known compounds, on one scale of energies.</param>
public sealed class ConvexHull(IReadOnlyList<HullCompound> compounds)
{
    private const double Tiny = 1e-12;

    // More steps than any hull of a few elements takes; a stop where rounding makes steps go round.
    private const int MostSteps = 10_000;

    /// <summary>The hull at a composition: a linear program, min sum of shares times energies such that the elements add up, by the
    /// simplex method.</summary>
    /// <param name="shares">Share of the atoms of each element.</param>
    public HullPoint At(IReadOnlyDictionary<Element, double> shares)
    {
        ArgumentNullException.ThrowIfNull(shares);
        Element[] elements = [.. shares.Keys.Order()];
        int n = elements.Length;
        HullCompound[] columns =
        [
            .. elements.Select(element => new HullCompound(element.Symbol, new Dictionary<Element, double> { [element] = 1 }, 0)),
            .. compounds.Where(compound => compound.Shares.Keys.All(shares.ContainsKey)),
        ];

        // Rows: the elements; the basis starts with the elements themselves, so its inverse is the identity.
        int[] basis = [.. Enumerable.Range(0, n)];
        double[,] inverse = new double[n, n];
        double[] amounts = [.. elements.Select(element => shares[element])];
        for (int i = 0; i < n; i++)
            inverse[i, i] = 1;
        for (int step = 0; step < MostSteps; step++)
        {
            double[] prices = Prices(columns, basis, inverse, n);
            int entering = Entering(columns, elements, prices);
            if (entering < 0)
                break;
            double[] direction = Direction(columns[entering], elements, inverse);
            int leaving = Leaving(amounts, direction, basis);
            Pivot(inverse, amounts, direction, leaving);
            basis[leaving] = entering;
        }

        int[] order = [.. Enumerable.Range(0, n).Where(i => amounts[i] > 1e-9).OrderByDescending(i => amounts[i])];
        return new HullPoint(order.Sum(i => amounts[i] * columns[basis[i]].EnergyPerAtom), [.. order.Select(i => columns[basis[i]].Name)]);
    }

    private static double[] Prices(HullCompound[] columns, int[] basis, double[,] inverse, int n)
    {
        double[] prices = new double[n];
        for (int row = 0; row < n; row++)
        {
            for (int i = 0; i < n; i++)
                prices[row] += columns[basis[i]].EnergyPerAtom * inverse[i, row];
        }

        return prices;
    }

    // Bland's rule: the first that lowers the energy, so that steps never go round.
    private static int Entering(HullCompound[] columns, Element[] elements, double[] prices)
    {
        for (int column = 0; column < columns.Length; column++)
        {
            double cost = columns[column].EnergyPerAtom;
            for (int row = 0; row < elements.Length; row++)
                cost -= prices[row] * columns[column].Shares.GetValueOrDefault(elements[row]);
            if (cost < -Tiny)
                return column;
        }

        return -1;
    }

    private static double[] Direction(HullCompound column, Element[] elements, double[,] inverse)
    {
        double[] direction = new double[elements.Length];
        for (int i = 0; i < direction.Length; i++)
        {
            for (int row = 0; row < direction.Length; row++)
                direction[i] += inverse[i, row] * column.Shares.GetValueOrDefault(elements[row]);
        }

        return direction;
    }

    private static int Leaving(double[] amounts, double[] direction, int[] basis)
    {
        int leaving = -1;
        double least = double.PositiveInfinity;
        for (int i = 0; i < amounts.Length; i++)
        {
            double ratio = direction[i] > Tiny ? amounts[i] / direction[i] : double.PositiveInfinity;
            if (ratio < least || (ratio == least && leaving >= 0 && basis[i] < basis[leaving]))
                (least, leaving) = (ratio, i);
        }

        // Shares are bounded: some amount always falls.
        return leaving;
    }

    private static void Pivot(double[,] inverse, double[] amounts, double[] direction, int leaving)
    {
        int n = amounts.Length;
        double pivot = direction[leaving];
        amounts[leaving] /= pivot;
        for (int row = 0; row < n; row++)
            inverse[leaving, row] /= pivot;
        for (int i = 0; i < n; i++)
        {
            if (i == leaving)
                continue;
            amounts[i] = Math.Max(0, amounts[i] - direction[i] * amounts[leaving]);
            for (int row = 0; row < n; row++)
                inverse[i, row] -= direction[i] * inverse[leaving, row];
        }
    }
}
