using System.Globalization;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.SpaceGroups;

namespace CrystalHpc.BondValence.Synthesis;

/// <summary>What a synthetic file will say; dirt changes it before it is written.</summary>
internal sealed class Draft
{
    private const double RoomTemperatureKelvin = 293;

    private Draft(UnitCell cell, List<SymmetryOperation> operations, List<AtomSite> sites, StructureMetadata metadata) =>
        (Cell, Operations, Sites, Metadata) = (cell, operations, sites, metadata);

    public UnitCell Cell { get; set; }

    public List<SymmetryOperation> Operations { get; }

    public List<AtomSite> Sites { get; }

    public StructureMetadata Metadata { get; set; }

    /// <summary>The file of a sound crystal.</summary>
    public static Draft Of(MadeCrystal crystal, CounterRandom random, string codId, SynthesisOptions options)
    {
        Template template = crystal.Compound.Template;
        double labels = random.NextUniform();
        bool hasNumbers = labels < options.LabelShare;
        bool hasSymbols = !hasNumbers && labels < options.LabelShare + options.TypeSymbolShare;
        var sites = new List<AtomSite>();
        var numbers = new Dictionary<Element, int>();
        for (int site = 0; site < template.Sites.Count; site++)
        {
            Species species = crystal.Compound.SpeciesOf(template.Sites[site]);
            numbers[species.Element] = numbers.GetValueOrDefault(species.Element) + 1;
            sites.Add(new AtomSite
            {
                Label = string.Create(CultureInfo.InvariantCulture, $"{species.Element}{numbers[species.Element]}"),
                Element = species.Element,
                TypeSymbol = hasSymbols ? species.ToString() : species.Element.Symbol,
                Charge = hasNumbers ? species.Charge : null,
                Position = crystal.Positions[site],
                PositionResolution = 1e-5,
            });
        }

        (string formula, int units) = FormulaOf(crystal.Compound, hydrogenPerOxygen: 0);
        return new Draft(crystal.Cell, [.. template.Operations], sites, new StructureMetadata
        {
            BlockName = codId,
            CodId = codId,
            FormulaSum = formula,
            FormulaUnits = units,
            CompoundName = $"synthetic {template.Prototype.Name}",
            SpaceGroup = template.SpaceGroup?.HermannMauguin ?? "",
            HallSymbol = template.SpaceGroup?.HallSymbol ?? "",
            SpaceGroupNumber = template.SpaceGroup?.Number,
            TemperatureKelvin = ValueRange.Exactly(RoomTemperatureKelvin),
            Year = 1970 + random.NextIndex(50),
            RFactor = Math.Round(random.NextUniform(0.015, 0.08), 4),
        });
    }

    /// <summary>Reduced sum formula and the number of formula units in the cell.</summary>
    public static (string Formula, int Units) FormulaOf(Compound compound, int hydrogenPerOxygen)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (TemplateSite site in compound.Template.Sites)
        {
            string symbol = compound.SpeciesOf(site).Element.Symbol;
            counts[symbol] = counts.GetValueOrDefault(symbol) + site.Multiplicity;
        }

        if (hydrogenPerOxygen > 0)
            counts["H"] = hydrogenPerOxygen * counts["O"];
        int units = counts.Values.Aggregate((left, right) => (int)System.Numerics.BigInteger.GreatestCommonDivisor(left, right));
        string text = string.Join(' ', counts.Select(count => string.Create(
            CultureInfo.InvariantCulture, $"{count.Key}{count.Value / units}")));
        return (ChemicalFormula.TryParse(text, out ChemicalFormula formula) ? formula.ToString() : text, units);
    }

    /// <summary>Scales the cell.</summary>
    public void Scale(double factor) => Cell = new UnitCell(
        Math.Round(factor * Cell.A, 4), Math.Round(factor * Cell.B, 4), Math.Round(factor * Cell.C, 4), Cell.Alpha, Cell.Beta, Cell.Gamma);
}
