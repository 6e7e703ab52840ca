using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Thermodynamics;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Systems;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Formulas.Tables;

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

/// <summary>The distance of crystals to the hull of known compounds, all on one scale of energies.</summary>
public sealed class HullTable
{
    // What a table calls a formation energy per atom.
    private static readonly string[] Energies = ["e_form_eV_atom", JudgedColumn.FormationEnergy, "form_en"];

    // Another scale shows in the median over formulas, eV/atom; other structures of a formula and errors of predictions only in single
    // rows.
    private const double LargestMedian = 0.05;
    private const int LeastShared = 5;

    private readonly IReadOnlyList<HullCompound> _compounds;

    /// <summary>A table of compounds, on one scale of energies; elements are at zero.</summary>
    public HullTable(IReadOnlyList<HullCompound> compounds) => _compounds = compounds;

    /// <summary>Why its energies cannot be compared with those that are predicted; null when they can.</summary>
    public string? Problem { get; private set; }

    /// <summary>Number of formulas.</summary>
    public int Count => _compounds.Count;

    /// <summary>
    /// Reads a table with the columns <c>formula</c> and <c>e_form_eV_atom</c>; of a formula that occurs several times the lowest energy
    /// counts.
    /// </summary>
    /// <param name="path">The file, .csv or .csv.gz.</param>
    /// <exception cref="UserException">It is no such table.</exception>
    public static HullTable Read(string path)
    {
        FormulaTable table = FormulaTable.Read(path);
        int column = Energies.Select(table.Column).FirstOrDefault(found => found >= 0, -1);
        if (column < 0)
            throw UserException.Unusable($"{path} has no column {string.Join(" or ", Energies)}: formation energies in eV an atom");
        HullCompound[] compounds = [.. table.Rows.Select(row => (Row: row, Energy: FormulaTable.Number(row, column, -50, 50, out _)))
            .Where(entry => entry.Energy is not null).GroupBy(entry => entry.Row.Key, StringComparer.Ordinal)
            .Select(group => group.MinBy(entry => entry.Energy!.Value))
            .Select(entry => new HullCompound(entry.Row.Key, SharesOf(entry.Row.Composition), entry.Energy!.Value))];
        return compounds.Length == 0 ? throw UserException.Unusable($"{path} has no energies") : new HullTable(compounds);
    }

    /// <summary>The hull at a composition.</summary>
    /// <param name="shares">Share of the atoms of each element.</param>
    public HullPoint At(IReadOnlyDictionary<Element, double> shares)
    {
        ArgumentNullException.ThrowIfNull(shares);
        Element[] elements = [.. shares.Keys.Order()];
        HullCompound[] phases =
        [
            .. elements.Select(element => new HullCompound(element.Symbol, new Dictionary<Element, double> { [element] = 1 }, 0)),
            .. _compounds.Where(compound => compound.Shares.Keys.All(shares.ContainsKey)),
        ];
        var hull = new ConvexHull(elements, [.. phases.Select(phase => (
            elements.Select(element => phase.Shares.GetValueOrDefault(element)).ToArray(), phase.EnergyPerAtom))]);
        HullMixture mixture = hull.MixtureOf([.. elements.Select(element => shares[element])]);
        return new HullPoint(mixture.EnergyPerAtom, [.. mixture.Phases.Select(phase => phases[phase].Name)]);
    }

    /// <summary>Elements that occur in no compound of the table with others of these elements: the hull is open there.</summary>
    public IReadOnlyList<Element> Missing(IReadOnlyDictionary<Element, double> shares)
    {
        ArgumentNullException.ThrowIfNull(shares);
        HullCompound[] own = [.. _compounds.Where(compound => compound.Shares.Count > 1 && compound.Shares.Keys.All(shares.ContainsKey))];
        return [.. shares.Keys.Where(element => !own.Any(compound => compound.Shares.ContainsKey(element))).Order()];
    }

    /// <summary>
    /// Compares the table with predictions for crystals of the same formulas, eV/atom: <see cref="Problem"/> says when it has another
    /// scale.
    /// </summary>
    public void Compare(IReadOnlyDictionary<string, double> predicted)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        double[] differences = [.. _compounds.Where(compound => predicted.ContainsKey(compound.Name))
            .Select(compound => Math.Abs(compound.EnergyPerAtom - predicted[compound.Name])).Order()];
        if (differences.Length < LeastShared || differences[differences.Length / 2] <= LargestMedian)
            return;
        string median = FormattableString.Invariant($"{differences[differences.Length / 2]:0.000} eV/atom in the median");
        Problem = $"energies of the table are on another scale: for {differences.Length} known crystals predictions differ from them by "
            + $"{median}";
    }

    /// <summary>True when the table holds a formula.</summary>
    public bool Has(string key) => _compounds.Any(compound => compound.Name == key);

    private static Dictionary<Element, double> SharesOf(Composition composition) => Enumerable.Range(0, composition.Count)
        .ToDictionary(i => new Element((byte)(composition.Elements[i] + 1)), composition.Fraction);
}
