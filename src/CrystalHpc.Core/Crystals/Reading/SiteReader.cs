using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.Crystals;

/// <summary>The rows of an atom list that are atoms.</summary>
/// <param name="Sites">The sites in file order.</param>
/// <param name="Unplaced">Rows left out because they have no coordinates.</param>
internal sealed record SiteTable(IReadOnlyList<AtomSite> Sites, int Unplaced);

/// <summary>Reads the atom list of a data block.</summary>
internal sealed class SiteReader
{
    private readonly ICollection<Finding> _findings;
    private readonly CifColumn _x;
    private readonly CifColumn _y;
    private readonly CifColumn _z;
    private readonly CifColumn? _label;
    private readonly CifColumn? _type;
    private readonly CifColumn? _occupancy;
    private readonly CifColumn? _group;
    private readonly CifColumn? _assembly;
    private readonly CifColumn? _hydrogens;
    private readonly CifColumn? _flag;
    private readonly OxidationTable _oxidation;
    private readonly ChemicalFormula? _formula;

    private SiteReader(CifBlock block, StructureMetadata metadata, CifColumn x, CifColumn y, CifColumn z, ICollection<Finding> findings)
    {
        (_findings, _x, _y, _z) = (findings, x, y, z);
        _label = Column(block, CifNames.SiteLabel);
        _type = Column(block, CifNames.SiteType);
        _occupancy = Column(block, CifNames.SiteOccupancy);
        _group = Column(block, CifNames.SiteDisorderGroup);
        _assembly = Column(block, CifNames.SiteDisorderAssembly);
        _hydrogens = Column(block, CifNames.SiteAttachedHydrogens);
        _flag = Column(block, CifNames.SiteCalculated);
        _oxidation = OxidationTable.Read(block);
        _formula = ChemicalFormula.TryParse(metadata.FormulaSum, out ChemicalFormula formula) ? formula : null;
    }

    /// <summary>The sites; null, with findings, when a row cannot be understood or no atom is left.</summary>
    public static SiteTable? Read(CifBlock block, StructureMetadata metadata, ICollection<Finding> findings)
    {
        if (!block.TryGetColumn(CifNames.FractionalX, out CifColumn x)
            || !block.TryGetColumn(CifNames.FractionalY, out CifColumn y) || !block.TryGetColumn(CifNames.FractionalZ, out CifColumn z)
            || x.Count != y.Count || x.Count != z.Count)
        {
            findings.Add(new Finding(CrystalFindings.NoAtomSites, "the columns _atom_site_fract_x, y, z are not complete"));
            return null;
        }

        return new SiteReader(block, metadata, x, y, z, findings).ReadRows();
    }

    private SiteTable? ReadRows()
    {
        var sites = new List<AtomSite>(_x.Count);
        int unplaced = 0;
        bool readable = true;
        for (int row = 0; row < _x.Count; row++)
        {
            string label = TextAt(_label, row);
            if (TextAt(_flag, row).StartsWith("dum", StringComparison.OrdinalIgnoreCase))
            {
                Report(CrystalFindings.SiteDummy, _x[row], label);
                continue;
            }

            if (_x[row].IsMissing || _y[row].IsMissing || _z[row].IsMissing)
            {
                Report(CrystalFindings.SiteWithoutCoordinates, _x[row], label);
                unplaced++;
                continue;
            }

            AtomSite? site = ReadRow(row, label);
            if (site is null)
            {
                readable = false;
            }
            else if (site.Occupancy == 0)
            {
                Report(CrystalFindings.SiteOccupancyZero, _x[row], label);
            }
            else
            {
                sites.Add(site);
            }
        }

        if (sites.Count == 0 && readable)
            _findings.Add(new Finding(CrystalFindings.NoAtomSites, "no row of the atom list is an atom with coordinates"));
        return readable && sites.Count > 0 ? new SiteTable(WithImpliedHydrogens(sites), unplaced) : null;
    }

    private AtomSite? ReadRow(int row, string label)
    {
        double resolution = 0;
        string type = TextAt(_type, row);
        if (!TryReadCoordinate(_x[row], ref resolution, out double x) || !TryReadCoordinate(_y[row], ref resolution, out double y)
            || !TryReadCoordinate(_z[row], ref resolution, out double z))
        {
            Report(CrystalFindings.SiteCoordinatesUnreadable, _x[row], $"{label}: '{_x[row].Text}' '{_y[row].Text}' '{_z[row].Text}'");
            return null;
        }

        bool guessed = false;
        if (!(type.Length > 0 && SiteSymbol.TryParseType(type, out Element element))
            && !SiteSymbol.TryParseLabel(label.Length > 0 ? label : type, _formula, out element, out guessed))
        {
            Report(CrystalFindings.SiteElementUnknown, _x[row], $"label '{label}', type '{type}'");
            return null;
        }

        if (guessed)
            Report(CrystalFindings.SiteElementGuessed, _x[row], $"'{label}' read as {element}");
        if (!TryReadOccupancy(row, label, out double occupancy))
            return null;
        double hydrogens = 0;
        if (_hydrogens is { } column && column[row].TryGetNumber(out CifNumber attached))
            hydrogens = attached.Value;
        return new AtomSite
        {
            Label = label.Length > 0 ? label : $"{element}{row + 1}",
            TypeSymbol = type,
            Element = element,
            Charge = _oxidation.ChargeOf(type, element),
            Position = new Fractional(x, y, z),
            PositionResolution = resolution,
            Occupancy = occupancy,
            DisorderGroup = GroupAt(row),
            DisorderAssembly = GroupAt(row).Length > 0 ? TextAt(_assembly, row) : "",
            AttachedHydrogens = hydrogens is >= 0 and < 100 ? (int)hydrogens : 0,
            Line = _x[row].Line,
        };
    }

    private static bool TryReadCoordinate(CifValue value, ref double resolution, out double coordinate)
    {
        coordinate = 0;
        if (!value.TryGetNumber(out CifNumber number) || !double.IsFinite(number.Value) || Math.Abs(number.Value) > 1e3)
            return false;
        coordinate = number.Value;
        bool exact = number.Value * 8 == Math.Round(number.Value * 8);
        if (!exact)
            resolution = Math.Max(resolution, Math.Pow(10, -number.DecimalPlaces));
        return true;
    }

    private bool TryReadOccupancy(int row, string label, out double occupancy)
    {
        occupancy = 1;
        if (_occupancy is not { } column || column[row].IsMissing)
            return true;
        CifValue value = column[row];
        if (!value.TryGetNumber(out CifNumber number) || !(number.Value >= 0))
        {
            Report(CrystalFindings.SiteOccupancyInvalid, value, $"{label}: '{value.Text}'");
            return false;
        }

        occupancy = number.Value;
        if (occupancy > 1.001)
            Report(CrystalFindings.SiteOccupancyAboveOne, value, FormattableString.Invariant($"{label}: {occupancy}"));
        return true;
    }

    // 'Wat' and 'O-H' stand for atoms with hydrogen, unless the list has hydrogen atoms of its own.
    private static List<AtomSite> WithImpliedHydrogens(List<AtomSite> sites)
    {
        if (sites.Exists(site => site.Element == ChemicalFormula.Hydrogen || site.AttachedHydrogens > 0))
            return sites;
        return sites.ConvertAll(site =>
            SiteSymbol.ImpliedHydrogens(site.TypeSymbol.Length > 0 ? site.TypeSymbol : site.Label) is > 0 and int count
                ? site with { AttachedHydrogens = count }
                : site);
    }

    private CifColumn? Column(CifBlock block, string[] names)
    {
        if (!block.TryGetColumn(names, out CifColumn column))
            return null;
        if (column.Count == _x.Count && column.LoopIndex == _x.LoopIndex)
            return column;
        _findings.Add(new Finding(CrystalFindings.SiteColumnMismatch, $"{names[0]} has {column.Count} rows, the coordinates {_x.Count}"));
        return null;
    }

    // SHELX writes group 0 for atoms that are not disordered.
    private string GroupAt(int row) => TextAt(_group, row) is var group && group != "0" ? group : "";

    private static string TextAt(CifColumn? column, int row) =>
        column is { } present && !present[row].IsMissing ? present[row].Text.Trim() : "";

    private void Report(Findings.FindingCode code, CifValue place, string message) =>
        _findings.Add(new Finding(code, place.Line, place.Column, message));
}
