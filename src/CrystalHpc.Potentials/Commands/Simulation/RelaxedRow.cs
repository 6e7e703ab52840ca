using System.Globalization;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Potentials.Simulation;
using CrystalHpc.Potentials.Simulation.Relaxation;
using CsvHelper;

namespace CrystalHpc.Potentials.Commands.Simulation;

/// <summary>A relaxed structure: a row of what <c>potential relax --csv</c> writes.</summary>
/// <param name="Input">Its file.</param>
/// <param name="Atoms">Number of atoms.</param>
/// <param name="PressureGigapascal">Pressure, GPa.</param>
/// <param name="Steps">Steps that were made.</param>
/// <param name="IsDone">False when forces were left.</param>
/// <param name="EnergyElectronVolt">Energy, eV.</param>
/// <param name="EnthalpyElectronVolt">Energy + pressure times volume, eV.</param>
/// <param name="LargestForceElectronVoltPerAngstrom">Largest component of a force, eV/A.</param>
/// <param name="VolumeCubicAngstrom">Volume of the cell, A^3; empty without a cell.</param>
/// <param name="Cell">a, b, c in A and alpha, beta, gamma in degrees; empty without a cell.</param>
/// <param name="Warnings">What to know before trusting it.</param>
[CsvRecord]
internal sealed partial record RelaxedRow(
    [property: CsvColumn("input")] string Input,
    [property: CsvColumn("atoms")] int Atoms,
    [property: CsvColumn("pressure_GPa")] double PressureGigapascal,
    [property: CsvColumn("steps")] int Steps,
    [property: CsvColumn("done")] bool IsDone,
    [property: CsvColumn("energy_eV")] double EnergyElectronVolt,
    [property: CsvColumn("enthalpy_eV")] double EnthalpyElectronVolt,
    [property: CsvColumn("largest_force_eV_per_A")] double LargestForceElectronVoltPerAngstrom,
    [property: CsvColumn("volume_A3")] double? VolumeCubicAngstrom,
    [property: CsvColumn("cell")] string Cell,
    [property: CsvColumn("warnings")] string Warnings)
{
    /// <summary>The first line of the table, by which a file of ours is known.</summary>
    public const string Signature = "input,atoms,pressure_GPa,steps";

    /// <summary>The row of a structure.</summary>
    public static RelaxedRow Of(string input, double pressure, RelaxedStructure relaxed)
    {
        double? volume = relaxed.Frame.Cell is { } cell ? Math.Abs(cell.Volume) : null;
        double work = pressure / Units.GigapascalPerElectronVoltPerCubicAngstrom * (volume ?? 0);
        return new RelaxedRow(
            input, relaxed.Frame.AtomCount, pressure, relaxed.Steps, relaxed.IsDone, relaxed.Energy.EnergyElectronVolt,
            relaxed.Energy.EnergyElectronVolt + work,
            relaxed.Energy.ForcesElectronVoltPerAngstrom.Max(Math.Abs), volume, TextOf(relaxed.Frame.Cell),
            string.Join("; ", relaxed.Energy.Warnings));
    }

    /// <summary>Lines for people.</summary>
    public void Print(TextWriter output)
    {
        string pressure = PressureGigapascal == 0 ? "" : FormattableString.Invariant($", {PressureGigapascal:0.###} GPa");
        output.WriteLine($"{Input}{pressure}");
        output.WriteLine(FormattableString.Invariant($"  {"Steps",-16} {Steps}{(IsDone ? "" : ", and forces are left")}"));
        output.WriteLine(FormattableString.Invariant(
            $"  {"Energy",-16} {EnergyElectronVolt:0.0000} eV, {EnergyElectronVolt / Atoms:0.00000} eV an atom"));
        if (PressureGigapascal != 0)
            output.WriteLine(FormattableString.Invariant($"  {"Enthalpy",-16} {EnthalpyElectronVolt:0.0000} eV"));
        if (VolumeCubicAngstrom is { } volume)
        {
            output.WriteLine(FormattableString.Invariant($"  {"Volume",-16} {volume:0.000} A^3, {volume / Atoms:0.0000} A^3 an atom"));
            output.WriteLine($"  {"Cell",-16} {Cell}");
        }

        output.WriteLine(FormattableString.Invariant($"  {"Largest force",-16} {LargestForceElectronVoltPerAngstrom:0.00000} eV/A"));
        if (Warnings.Length > 0)
            output.WriteLine($"  {"Warning",-16} {Warnings}");
    }

    private static string TextOf(Basis? cell) =>
        cell is { } basis ? string.Join(' ', basis.LengthsAndAngles()
            .Select(value => value.ToString("0.0000", CultureInfo.InvariantCulture))) : "";
}
