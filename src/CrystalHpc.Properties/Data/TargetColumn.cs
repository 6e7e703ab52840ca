using CrystalHpc.Learning.Formulas.Tables;

namespace CrystalHpc.Properties.Data;

/// <summary>A target and the column of tables that holds it.</summary>
/// <param name="Target">The target.</param>
/// <param name="Column">Name of the column.</param>
/// <param name="Unit">Unit of what the network learns.</param>
public sealed record TargetColumn(PropertyTarget Target, string Column, string Unit)
{
    // Tables of one target, as Matbench has them, call its column so, and hold what is learned: logarithms where others hold moduli.
    private const string Logarithms = "target";

    // Formation energies of different sources have different references, so that columns of a training must have the same name.
    private static readonly (string Column, string Target, string Unit)[] Known =
    [
        ("e_form_eV_atom", "formation_energy", "eV/atom"),
        ("form_en", "formation_energy", "eV/atom"),
        ("heat_all", "formation_energy", "eV/cell"),
        ("tot_en", "energy", "eV/atom"),
        ("energy_eV_atom", "energy", "eV/atom"),
        ("band_gap_eV", "gap", "eV"),
        ("band_gap", "gap", "eV"),
        ("band_gap_eV", "metal", "probability"),
        ("band_gap", "metal", "probability"),
        ("measured_gap_eV", "measured_gap", "eV"),
        ("e_hull_eV_atom", "hull_energy", "eV/atom"),
        ("e_hull_eV_atom", "stable", "probability"),
        ("K_VRH_GPa", "log10_K", "log10 GPa"),
        ("G_VRH_GPa", "log10_G", "log10 GPa"),
        (Logarithms, "log10_K", "log10 GPa"),
        (Logarithms, "log10_G", "log10 GPa"),
        (Logarithms, "log10_eps", "log10 1"),
        ("poisson", "poisson", "1"),
        ("n", "n", "1"),
        ("poly_total", "log10_eps", "log10 1"),
        ("last_phdos_peak_cm1", "phonon_peak", "1/cm"),
    ];

    /// <summary>What a cell says, as the network learns it.</summary>
    /// <param name="row">The row.</param>
    /// <param name="place">Number of the column.</param>
    /// <param name="problem">What is wrong where the answer is NaN.</param>
    public double Read(CsvTableRow row, int place, out RefusedRow problem)
    {
        (double least, double most) = (Target.Least, Target.Most);
        bool isLogarithm = Target.IsLogarithm && Column.Equals(Logarithms, StringComparison.OrdinalIgnoreCase);
        if (isLogarithm)
            (least, most) = (Target.Learned(least), Target.Learned(most));
        return FormulaTable.Number(row, place, least, most, out problem) is not { } value ? double.NaN
            : isLogarithm ? value : Target.Learned(value);
    }

    /// <summary>The targets that columns of these names hold, in the order of the targets.</summary>
    public static IReadOnlyList<TargetColumn> Of(IReadOnlyList<string> columns)
    {
        var found = new List<TargetColumn>();
        foreach (PropertyTarget target in PropertyTarget.All)
        {
            (string? column, _, string unit) = Known.FirstOrDefault(
                known => known.Target == target.Name && known.Column != Logarithms
                    && columns.Contains(known.Column, StringComparer.OrdinalIgnoreCase));
            if (column is not null)
                found.Add(new TargetColumn(target, column, unit));
        }

        return found;
    }

    /// <summary>A target as people name it: <c>NAME</c>, whose column follows from those of a table, or <c>NAME=COLUMN</c>.</summary>
    /// <returns>Null when there is no such target, or its column is not known.</returns>
    public static TargetColumn? Parse(string text, IReadOnlyList<string> columns)
    {
        string[] parts = text.Split('=', 2, StringSplitOptions.TrimEntries);
        if (PropertyTarget.Find(parts[0]) is not { } target)
            return null;
        if (parts.Length == 1)
            return Of(columns).FirstOrDefault(known => known.Target == target);
        string unit = Known.FirstOrDefault(
            known => known.Target == target.Name && known.Column.Equals(parts[1], StringComparison.OrdinalIgnoreCase)).Unit
            ?? Known.First(known => known.Target == target.Name).Unit;
        return columns.Contains(parts[1], StringComparer.OrdinalIgnoreCase) ? new TargetColumn(target, parts[1], unit) : null;
    }
}
