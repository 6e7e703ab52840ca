using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.ParameterTables;
using CrystalHpc.BondValence.Study2023;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>Valence sum of one site by one table.</summary>
/// <param name="Valence">Sum of the valences of its bonds, v.u.; NaN when the table does not cover all of them, or gives one of them more
/// than a million.</param>
/// <param name="IsDoubtful">The table itself warns of the parameters of one of the bonds.</param>
public readonly record struct BondSum(double Valence, bool IsDoubtful)
{
    // Far beyond any valence; what a table with a tiny B makes of a bond shorter than r0 must not become infinite sums of squares.
    internal const double LargestValence = 1e6;

    /// <summary>Adds up the valences of the bonds of an equation.</summary>
    /// <param name="equation">The equation of a site.</param>
    /// <param name="table">Where the parameters come from.</param>
    /// <param name="roundEachBond">Rounds the valence of each bond before adding: <see cref="RoundedBonds"/>.</param>
    public static BondSum Of(SiteEquation equation, ParameterTable table, bool roundEachBond = false)
    {
        ArgumentNullException.ThrowIfNull(equation);
        ArgumentNullException.ThrowIfNull(table);
        double sum = 0;
        bool isDoubtful = false;
        foreach (EquationBond bond in equation.Bonds)
        {
            if (table.Find(equation.KeyOf(bond)) is not { } entry)
                return new BondSum(double.NaN, false);
            double valence = entry.Valence(bond.DistanceAngstrom);
            if (!(valence <= LargestValence))
                return new BondSum(double.NaN, false);
            sum += roundEachBond ? RoundedBonds.Round(valence) : valence;
            isDoubtful |= entry.IsDoubtful;
        }

        return new BondSum(sum, isDoubtful);
    }
}
