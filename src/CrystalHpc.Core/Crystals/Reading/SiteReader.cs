using System.Globalization;
using System.Text;
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
    // Refined occupancies exceed 1 by their uncertainty.
    private const double LargestOccupancy = 1.01;

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
    private bool _isMisfit;

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

        if (CountColumns(block, CifNames.FractionalX) > 1)
        {
            findings.Add(new Finding(CrystalFindings.SiteLoopsSeveral, x.Count > 0 ? x[0].Line : 0, 0,
                $"{CifNames.FractionalX[0]} stands in several loops"));
            return null;
        }

        return new SiteReader(block, metadata, x, y, z, findings).ReadRows();
    }

    private SiteTable? ReadRows()
    {
        var sites = new List<AtomSite>(_x.Count);
        int unplaced = 0;
        bool readable = !_isMisfit;
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

            if (IsNoAtom(row, label))
            {
                Report(CrystalFindings.SiteDummy, _x[row], label);
                continue;
            }

            IReadOnlyList<AtomSite> atoms = ReadRow(row, label);
            readable &= atoms.Count > 0;
            if (atoms.Any(atom => atom.Occupancy == 0))
                Report(CrystalFindings.SiteOccupancyZero, _x[row], label);
            sites.AddRange(atoms.Where(atom => atom.Occupancy > 0));
        }

        if (sites.Count == 0 && readable)
            _findings.Add(new Finding(CrystalFindings.NoAtomSites, "no row of the atom list is an atom with coordinates"));
        return readable && sites.Count > 0 ? new SiteTable(WithImpliedHydrogens(sites), unplaced) : null;
    }

    // The type says what stands on a site; the label only where there is none.
    private bool IsNoAtom(int row, string label) =>
        TextAt(_type, row) is { Length: > 0 } type ? SiteComposition.IsNoAtom(type) : SiteSymbol.IsNoAtom(label, _formula);

    // One atom, or one for each element of a mixed site; none, with a finding, when the row cannot be understood.
    private IReadOnlyList<AtomSite> ReadRow(int row, string label)
    {
        double resolution = 0;
        string type = TextAt(_type, row);
        if (!TryReadCoordinate(_x[row], ref resolution, out double x) || !TryReadCoordinate(_y[row], ref resolution, out double y)
            || !TryReadCoordinate(_z[row], ref resolution, out double z))
        {
            Report(CrystalFindings.SiteCoordinatesUnreadable, _x[row], $"{label}: '{_x[row].Text}' '{_y[row].Text}' '{_z[row].Text}'");
            return [];
        }

        IReadOnlyList<(Element Element, double Share)> elements = Elements(row, label, type);
        if (elements.Count == 0 || !TryReadOccupancy(row, label, out double occupancy))
            return [];
        double hydrogens = 0;
        if (_hydrogens is { } column && column[row].TryGetNumber(out CifNumber attached))
            hydrogens = attached.Value;
        var site = new AtomSite
        {
            Label = label.Length > 0 ? label : $"{elements[0].Element}{row + 1}",
            TypeSymbol = type,
            Element = elements[0].Element,
            Position = new Fractional(x, y, z),
            PositionResolution = resolution,
            Occupancy = occupancy,
            DisorderGroup = GroupAt(row),
            DisorderAssembly = GroupAt(row).Length > 0 ? TextAt(_assembly, row) : "",
            AttachedHydrogens = hydrogens is >= 0 and < 100 ? (int)hydrogens : 0,
            Line = _x[row].Line,
        };
        if (elements.Count == 1)
            return [site with { Charge = _oxidation.ChargeOf(type, site.Element), Occupancy = occupancy * elements[0].Share }];
        return [.. elements.Select(part => site with { Element = part.Element, TypeSymbol = part.Element.Symbol, Occupancy = occupancy
            * part.Share })];
    }

    private IReadOnlyList<(Element Element, double Share)> Elements(int row, string label, string type)
    {
        bool guessed = false;
        string symbol = type.Length > 0 ? type : label;
        bool isOne = type.Length > 0 ? SiteSymbol.TryParseType(type, out Element element)
            : SiteSymbol.TryParseLabel(label, _formula, out element, out guessed);
        if (guessed)
            Report(CrystalFindings.SiteElementGuessed, _x[row], $"'{label}' read as {element}");
        if (isOne)
            return [(element, 1)];
        if (SiteComposition.Shares(symbol) is { } shares)
            return shares;
        Report(CrystalFindings.SiteElementUnknown, _x[row], $"label '{label}', type '{type}'");
        return [];
    }

    private static bool TryReadCoordinate(CifValue value, ref double resolution, out double coordinate)
    {
        coordinate = 0;
        if (TryReadRatio(value, out coordinate))
            return true;
        if (!value.TryGetNumber(out CifNumber number) || !double.IsFinite(number.Value) || Math.Abs(number.Value) > 1e3)
            return false;
        coordinate = number.Value;
        bool exact = number.Value * 8 == Math.Round(number.Value * 8);
        if (!exact)
            resolution = Math.Max(resolution, Math.Pow(10, -number.DecimalPlaces));
        return true;
    }

    // '1/3' and '-2/3' are exact.
    private static bool TryReadRatio(CifValue value, out double ratio)
    {
        ratio = 0;
        ReadOnlySpan<byte> text = value.Bytes;
        int slash = text.IndexOf((byte)'/');
        if (slash < 1 || !int.TryParse(text[..slash], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int above)
            || !int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int below) || below is 0 or > 1000)
            return false;
        ratio = (double)above / below;
        return Math.Abs(ratio) <= 10;
    }

    private bool TryReadOccupancy(int row, string label, out double occupancy)
    {
        occupancy = 1;
        if (_occupancy is not { } column || column[row].IsMissing)
            return true;
        CifValue value = column[row];
        double? read = value.TryGetNumber(out CifNumber number) ? number.Value
            : TryReadRatio(value, out double ratio) ? ratio
            : ItemText.Fraction(value.Text) is { } share && share.Low == share.High ? share.Low : null;
        if (read is not (>= 0 and <= LargestOccupancy))
        {
            Report(CrystalFindings.SiteOccupancyInvalid, value, $"{label}: '{value.Text}'");
            return false;
        }

        occupancy = Math.Min(read.Value, 1);
        if (read > 1)
            Report(CrystalFindings.SiteOccupancyAboveOne, value, FormattableString.Invariant($"{label}: {read} read as 1"));
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
        if (Enumerable.Range(0, column.Count).All(row => column[row].IsMissing))
            return null;
        _findings.Add(new Finding(CrystalFindings.SiteColumnMismatch, $"{names[0]} has {column.Count} rows, the coordinates {_x.Count}"));
        _isMisfit = true;
        return null;
    }

    // Repeated names included: a second loop of sites has the names of the first.
    private static int CountColumns(CifBlock block, string[] names)
    {
        int count = 0;
        for (int i = 0; i < block.TagCount; i++)
        {
            ReadOnlySpan<byte> tag = block.GetTag(i);
            foreach (string name in names)
                count += Ascii.EqualsIgnoreCase(tag, name) ? 1 : 0;
        }

        return count;
    }

    // SHELX writes group 0 for atoms that are not disordered.
    private string GroupAt(int row) => TextAt(_group, row) is var group && group != "0" ? group : "";

    private static string TextAt(CifColumn? column, int row) =>
        column is { } present && !present[row].IsMissing ? present[row].Text.Trim() : "";

    private void Report(Findings.FindingCode code, CifValue place, string message) =>
        _findings.Add(new Finding(code, place.Line, place.Column, message));
}
