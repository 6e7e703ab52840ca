using CrystalHpc.Engine.Configuration;
using CsvHelper;

namespace CrystalHpc.BondValence.Fit;

/// <summary>Fitted parameters of one cation and anion: a row of <c>parameters.csv</c>.</summary>
[CsvRecord]
internal sealed partial record ParameterRow(
    [property: CsvColumn("cation")] string Cation,
    [property: CsvColumn("cation_charge")] int CationCharge,
    [property: CsvColumn("anion")] string Anion,
    [property: CsvColumn("anion_charge")] int AnionCharge,
    [property: CsvColumn("r0_A")] double R0A,
    [property: CsvColumn("r0_se_A")] double R0SeA,
    [property: CsvColumn("r0_low95_A")] double R0Low95A,
    [property: CsvColumn("r0_high95_A")] double R0High95A,
    [property: CsvColumn("b_A")] double BA,
    [property: CsvColumn("b_se_A")] double BSeA,
    [property: CsvColumn("b_low95_A")] double BLow95A,
    [property: CsvColumn("b_high95_A")] double BHigh95A,
    [property: CsvColumn("correlation")] double Correlation,
    [property: CsvColumn("pivot_length_A")] double PivotLengthA,
    [property: CsvColumn("n_sites")] long Sites,
    [property: CsvColumn("n_bonds")] long Bonds,
    [property: CsvColumn("n_structures")] long Structures,
    [property: CsvColumn("n_groups")] int Groups,
    [property: CsvColumn("rmsd_vu")] double? RmsdVu,
    [property: CsvColumn("law")] string Law,
    [property: CsvColumn("source")] string Source,
    [property: CsvColumn("flags")] string Flags)
{
    /// <summary>The row of a fitted key.</summary>
    public static ParameterRow Of(BondParameters parameters, BondLaw law) => new(
        parameters.Key.Cation.Element.Symbol,
        parameters.Key.Cation.Charge,
        parameters.Key.Anion.Element.Symbol,
        parameters.Key.Anion.Charge,
        parameters.R0Angstrom,
        parameters.R0ErrorAngstrom,
        parameters.R0Angstrom - parameters.R0Quantile * parameters.R0ErrorAngstrom,
        parameters.R0Angstrom + parameters.R0Quantile * parameters.R0ErrorAngstrom,
        parameters.SoftnessAngstrom,
        parameters.SoftnessErrorAngstrom,
        parameters.SoftnessAngstrom - parameters.SoftnessQuantile * parameters.SoftnessErrorAngstrom,
        parameters.SoftnessAngstrom + parameters.SoftnessQuantile * parameters.SoftnessErrorAngstrom,
        parameters.Correlation,
        parameters.PivotLengthAngstrom,
        parameters.SiteCount,
        parameters.BondCount,
        parameters.StructureCount,
        parameters.GroupCount,
        double.IsNaN(parameters.RmsdValence) ? null : parameters.RmsdValence,
        SnakeCase.Of(law),
        SnakeCase.Of(parameters.Source),
        FlagsOf(parameters));

    /// <summary>The cautions of a fitted key as text.</summary>
    public static string FlagsOf(BondParameters parameters) =>
        parameters.Flags == ParameterCautions.None ? "" : string.Join(';', Enum.GetValues<ParameterCautions>()
            .Where(flag => flag != ParameterCautions.None && parameters.Flags.HasFlag(flag))
            .Select(flag => SnakeCase.Of(flag).Replace('_', '-')));
}
