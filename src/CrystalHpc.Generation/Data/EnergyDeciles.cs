using CrystalHpc.Learning.Formulas;

namespace CrystalHpc.Generation.Data;

/// <summary>
/// The condition of a crystal: the tenth of its kind that its formation energy lies in, or "unknown". Pooled over kinds the tenths would
/// tell the kind instead.
/// </summary>
public sealed class EnergyDeciles
{
    /// <summary>Number of conditions: ten tenths and "unknown".</summary>
    public const int Count = 11;

    /// <summary>The condition of crystals without an energy.</summary>
    public const int Unknown = 10;

    private const int Bounds = 9;

    // The bounds of a kind without energies: a number, since files of models hold nothing else.
    private const double None = double.MaxValue;

    private readonly double[] _bounds;

    private EnergyDeciles(double[] bounds) => _bounds = bounds;

    /// <summary>The nine bounds of each kind, eV/atom, kind by kind; the largest number there is for kinds without energies.</summary>
    public ReadOnlySpan<double> Values => _bounds;

    /// <summary>The tenths of the training part.</summary>
    public static EnergyDeciles Of(IEnumerable<GenerationSample> samples)
    {
        ILookup<CellClass, double> energies = samples.Where(sample => sample.Part == SplitPart.Training && !double.IsNaN(
            sample.EnergyPerAtom))
            .ToLookup(sample => sample.Class, sample => sample.EnergyPerAtom);
        return new([.. Enum.GetValues<CellClass>().SelectMany(kind => BoundsOf([.. energies[kind].Order()]))]);
    }

    /// <summary>Tenths that were stored.</summary>
    /// <exception cref="ArgumentException">There are not nine for each kind.</exception>
    public static EnergyDeciles From(ReadOnlySpan<double> values) => values.Length == Bounds * Enum.GetValues<CellClass>().Length
        ? new(values.ToArray()) : throw new ArgumentException($"{values.Length} bounds", nameof(values));

    /// <summary>The condition of a crystal, 0 (lowest energies) to 9, or <see cref="Unknown"/>.</summary>
    public int ConditionOf(CellClass kind, double energyPerAtom)
    {
        ReadOnlySpan<double> bounds = _bounds.AsSpan((int)kind * Bounds, Bounds);
        if (double.IsNaN(energyPerAtom) || bounds[0] == None)
            return Unknown;
        int tenth = 0;
        while (tenth < Bounds && energyPerAtom > bounds[tenth])
            tenth++;
        return tenth;
    }

    /// <summary>The condition of a crystal.</summary>
    public int ConditionOf(GenerationSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return ConditionOf(sample.Class, sample.EnergyPerAtom);
    }

    // Quantiles between the two nearest values, as is usual.
    private static IEnumerable<double> BoundsOf(double[] sorted) => Enumerable.Range(1, Bounds).Select(tenth =>
    {
        if (sorted.Length == 0)
            return None;
        double place = tenth * (sorted.Length - 1) / 10.0;
        int below = (int)place;
        return sorted[below] + (place - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]);
    });
}
