using CrystalHpc.Potentials.Simulation.Defects;
using CsvHelper;

namespace CrystalHpc.Potentials.Commands.Simulation;

/// <summary>A vacancy: a row of what <c>potential vacancy --csv</c> writes.</summary>
/// <param name="Input">The file of the crystal.</param>
/// <param name="Site">Number of the missing atom in the relaxed cell, from 1.</param>
/// <param name="Element">Its element.</param>
/// <param name="Position">Its Wyckoff position.</param>
/// <param name="Atoms">Atoms that are left in the supercell.</param>
/// <param name="ChemicalPotential">Energy of an atom where the missing one goes, eV.</param>
/// <param name="Unrelaxed">Formation energy with all other atoms at their places, eV.</param>
/// <param name="Formation">Formation energy after they have moved, eV.</param>
/// <param name="Steps">Steps of the relaxation.</param>
/// <param name="IsDone">False when forces were left.</param>
/// <param name="Warnings">What to know before trusting it.</param>
[CsvRecord]
internal sealed partial record VacancyRow(
    [property: CsvColumn("input")] string Input,
    [property: CsvColumn("site")] int Site,
    [property: CsvColumn("element")] string Element,
    [property: CsvColumn("wyckoff")] string Position,
    [property: CsvColumn("atoms")] int Atoms,
    [property: CsvColumn("chemical_potential_eV")] double ChemicalPotential,
    [property: CsvColumn("unrelaxed_eV")] double Unrelaxed,
    [property: CsvColumn("formation_eV")] double Formation,
    [property: CsvColumn("steps")] int Steps,
    [property: CsvColumn("done")] bool IsDone,
    [property: CsvColumn("warnings")] string Warnings)
{
    /// <summary>The first line of the table, by which a file of ours is known.</summary>
    public const string Signature = "input,site,element,wyckoff,atoms";

    /// <summary>The row of a vacancy.</summary>
    public static VacancyRow Of(string input, Vacancy vacancy) => new(
        input, vacancy.Site + 1, vacancy.Element.Symbol, vacancy.Position, vacancy.Relaxed.Frame.AtomCount, vacancy.ChemicalPotential,
        vacancy.Unrelaxed, vacancy.Formation, vacancy.Relaxed.Steps, vacancy.Relaxed.IsDone, string.Join("; ", vacancy.Warnings));

    /// <summary>Lines for people.</summary>
    public void Print(TextWriter output)
    {
        output.WriteLine(FormattableString.Invariant($"{Input}: {Element} at {Position}, atom {Site}"));
        output.WriteLine(FormattableString.Invariant(
            $"  {"Formation energy",-18} {Formation:0.0000} eV, {Unrelaxed:0.0000} eV before atoms moved"));
        output.WriteLine(FormattableString.Invariant($"  {"Chemical potential",-18} {ChemicalPotential:0.0000} eV"));
        output.WriteLine(FormattableString.Invariant($"  {"Steps",-18} {Steps}, {Atoms} atoms{(IsDone ? "" : ", and forces are left")}"));
        if (Warnings.Length > 0)
            output.WriteLine($"  {"Warning",-18} {Warnings}");
    }
}
