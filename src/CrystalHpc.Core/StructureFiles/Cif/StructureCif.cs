using System.Globalization;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.SpaceGroups;

namespace CrystalHpc.Core.StructureFiles;

/// <summary>
/// Writes a structure as a CIF data block: the numerical facts and what identifies the entry, no text of the source. Reading the block back
/// gives the same structure.
/// </summary>
public static class StructureCif
{
    /// <summary>Writes one data block.</summary>
    /// <param name="writer">Receives the block.</param>
    /// <param name="structure">The structure; charges become oxidation numbers of its atom types.</param>
    public static void Write(CifWriter writer, CrystalStructure structure)
    {
        ArgumentNullException.ThrowIfNull(structure);
        Write(writer, structure.Cell, structure.Operations, structure.Sites, structure.Metadata);
    }

    /// <summary>Writes one data block from its parts, which need not make up a sound structure.</summary>
    public static void Write(
        CifWriter writer, UnitCell cell, IReadOnlyList<SymmetryOperation> operations, IReadOnlyList<AtomSite> sites,
        StructureMetadata metadata)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Block(metadata.BlockName.Length > 0 ? metadata.BlockName : metadata.CodId);
        WriteEntry(writer, metadata);
        WriteCell(writer, cell, metadata);
        writer.Loop(
            ["_space_group_symop_id", "_space_group_symop_operation_xyz"],
            operations.Select((operation, i) => Row(i + 1, SymmetryTriplet.Format(operation))));
        string[] types = TypeSymbols(sites);
        WriteTypes(writer, sites, types);
        WriteSites(writer, sites, types);
    }

    private static void WriteEntry(CifWriter writer, StructureMetadata metadata)
    {
        Item(writer, "_cod_database_code", metadata.CodId);
        Item(writer, "_journal_paper_doi", metadata.Doi);
        Item(writer, "_journal_name_full", metadata.Journal);
        Item(writer, "_journal_volume", metadata.JournalVolume);
        Item(writer, "_journal_page_first", metadata.FirstPage);
        Item(writer, "_journal_year", metadata.Year);
        Item(writer, "_chemical_name_common", metadata.CompoundName);
        Item(writer, "_chemical_name_systematic", metadata.SystematicName);
        Item(writer, "_chemical_formula_sum", metadata.FormulaSum);
        Item(writer, "_diffrn_ambient_temperature", Written(metadata.TemperatureKelvin));
        Item(writer, "_diffrn_ambient_pressure", Written(metadata.PressureKilopascal));
        Item(writer, "_refine_ls_R_factor_gt", metadata.RFactor);
        if (metadata.IsTheoretical)
            writer.Item("_cod_struct_determination_method", "theoretical");
        Item(writer, "_cod_error_flag", string.Join(' ', metadata.DatabaseFlags
            .Where(flag => flag is "cod-retracted" or "cod-errors" or "cod-warnings").Select(flag => flag["cod-".Length..])));
        foreach ((string flag, string tag) in (ReadOnlySpan<(string, string)>)
            [
                ("cod-duplicate", "_cod_duplicate_entry"), ("cod-suboptimal", "_cod_suboptimal_structure"),
                ("cod-on-hold", "_cod_hold_until_date"),
            ])
        {
            if (metadata.DatabaseFlags.Contains(flag))
                writer.Item(tag, "yes");
        }
    }

    // A range as the reader understands it: 4.2-299, >1000.
    private static string Written(ValueRange? value) => value switch
    {
        null => "",
        { } range when range.Low == range.High => string.Create(CultureInfo.InvariantCulture, $"{range.Low:R}"),
        { } range when double.IsFinite(range.High) => string.Create(CultureInfo.InvariantCulture, $"{range.Low:R}-{range.High:R}"),
        { } range => string.Create(CultureInfo.InvariantCulture, $">{range.Low:R}"),
    };

    private static void WriteCell(CifWriter writer, UnitCell cell, StructureMetadata metadata)
    {
        writer.Item("_cell_length_a", cell.A);
        writer.Item("_cell_length_b", cell.B);
        writer.Item("_cell_length_c", cell.C);
        writer.Item("_cell_angle_alpha", cell.Alpha);
        writer.Item("_cell_angle_beta", cell.Beta);
        writer.Item("_cell_angle_gamma", cell.Gamma);
        writer.Item("_cell_volume", Math.Round(cell.Volume, 3));
        Item(writer, "_cell_formula_units_Z", metadata.FormulaUnits);
        Item(writer, "_exptl_crystal_density_diffrn", metadata.DensityGramsPerCubicCentimeter);
        Item(writer, "_space_group_IT_number", metadata.SpaceGroupNumber);
        Item(writer, "_space_group.IT_coordinate_system_code", metadata.SettingCode);
        Item(writer, "_space_group_name_H-M_alt", metadata.SpaceGroup);
        Item(writer, "_space_group_name_Hall", metadata.HallSymbol);
    }

    private static void WriteTypes(CifWriter writer, IReadOnlyList<AtomSite> sites, string[] types)
    {
        int[] firstOfType = [.. Enumerable.Range(0, types.Length).DistinctBy(site => types[site])];
        if (sites.All(site => site.Charge is null))
            return;
        writer.Loop(
            ["_atom_type_symbol", "_atom_type_oxidation_number"],
            firstOfType.Select(site => Row(types[site], sites[site].Charge is { } charge ? charge : CifField.Unknown)));
    }

    private static void WriteSites(CifWriter writer, IReadOnlyList<AtomSite> sites, string[] types)
    {
        bool groups = sites.Any(site => site.DisorderGroup.Length > 0);
        bool hydrogens = sites.Any(site => site.AttachedHydrogens > 0);
        List<string> tags =
        [
            "_atom_site_label", "_atom_site_type_symbol", "_atom_site_fract_x", "_atom_site_fract_y", "_atom_site_fract_z",
            "_atom_site_occupancy",
        ];
        if (groups)
            tags.AddRange(["_atom_site_disorder_assembly", "_atom_site_disorder_group"]);
        if (hydrogens)
            tags.Add("_atom_site_attached_hydrogens");
        writer.Loop(tags, sites.Select((site, i) =>
        {
            List<CifField> row =
            [
                site.Label, types[i], Coordinate(site.Position.X, site), Coordinate(site.Position.Y, site),
                Coordinate(site.Position.Z, site),
                site.Occupancy,
            ];
            if (groups)
            {
                row.Add(site.DisorderAssembly.Length > 0 ? site.DisorderAssembly : CifField.Inapplicable);
                row.Add(site.DisorderGroup.Length > 0 ? site.DisorderGroup : CifField.Inapplicable);
            }

            if (hydrogens)
                row.Add((double)site.AttachedHydrogens);
            return row;
        }));
    }

    // As many digits as the source had.
    private static CifField Coordinate(double value, AtomSite site) => CifField.WithDecimals(
        value, site.PositionResolution > 0 ? (int)Math.Round(-Math.Log10(site.PositionResolution)) : 0);

    // Type symbols as written, unless one symbol would then stand for two charges.
    private static string[] TypeSymbols(IReadOnlyList<AtomSite> sites)
    {
        string[] symbols = [.. sites.Select(site => site.TypeSymbol.Length > 0 ? site.TypeSymbol : site.Element.Symbol)];
        bool ambiguous = sites.Zip(symbols).GroupBy(pair => pair.Second, StringComparer.OrdinalIgnoreCase)
            .Any(type => type.Select(pair => pair.First.Charge).Distinct().Count() > 1);
        return ambiguous ? [.. sites.Select(site => site.Element.Symbol + ChargeText(site.Charge))] : symbols;
    }

    private static string ChargeText(double? charge) => charge is { } value
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(value)}{(value < 0 ? '-' : '+')}")
        : "";

    private static CifField[] Row(params CifField[] fields) => fields;

    private static void Item(CifWriter writer, string tag, string value)
    {
        if (value.Length > 0)
            writer.Item(tag, value);
    }

    private static void Item(CifWriter writer, string tag, double? value)
    {
        if (value is { } number)
            writer.Item(tag, number);
    }
}
