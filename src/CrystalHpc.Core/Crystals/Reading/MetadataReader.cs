using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.Crystals;

/// <summary>Reads what a data block says about compound, experiment and database entry.</summary>
internal static class MetadataReader
{
    /// <summary>Names used in <see cref="StructureMetadata.DatabaseFlags"/>, in the order in which they are listed there.</summary>
    public static readonly string[] FlagNames =
        ["cod-retracted", "cod-errors", "cod-warnings", "cod-duplicate", "cod-suboptimal", "cod-on-hold"];

    /// <summary>Reads the metadata; whatever is missing stays empty.</summary>
    public static StructureMetadata Read(CifBlock block, ICollection<Finding> findings)
    {
        double units = block.GetNumber(CifNames.FormulaUnits);
        double density = block.GetNumber(CifNames.Density);
        double number = block.GetNumber(CifNames.SpaceGroupNumber);
        double temperature = block.GetNumber(CifNames.Temperature);
        double pressure = block.GetNumber(CifNames.Pressure);
        string title = block.GetText(CifNames.Title);
        double year = block.GetNumber(CifNames.Year);
        return new StructureMetadata
        {
            BlockName = block.Name,
            CodId = ReadCodId(block),
            Doi = block.GetText(CifNames.Doi),
            Journal = block.GetText(CifNames.Journal),
            JournalVolume = block.GetText(CifNames.JournalVolume),
            FirstPage = block.GetText(CifNames.FirstPage),
            FormulaSum = block.GetText(CifNames.FormulaSum),
            CompoundName = block.GetText(CifNames.CompoundName),
            SpaceGroup = block.GetText(CifNames.HermannMauguin),
            HallSymbol = block.GetText(CifNames.Hall),
            SpaceGroupNumber = number is >= 1 and <= 230 ? (int)number : null,
            FormulaUnits = units > 0 ? units : null,
            DensityGramsPerCubicCentimeter = density > 0 ? density : null,
            TemperatureKelvin = ReadTemperature(temperature, findings) ?? FromTitle(TitleConditions.TemperatureKelvin(title), "K", findings),
            PressureKilopascal = double.IsFinite(pressure) ? pressure : FromTitle(TitleConditions.PressureKilopascal(title), "kPa", findings),
            Year = year is >= 1800 and < 3000 ? (int)year : null,
            RFactor = ReadRFactor(block, findings),
            IsTheoretical = block.GetText(CifNames.DeterminationMethod).Contains("theoretical", StringComparison.OrdinalIgnoreCase),
            DatabaseFlags = ReadFlags(block),
        };
    }

    // COD numbers have seven digits; entries of the database carry theirs as the name of the block too.
    private static string ReadCodId(CifBlock block)
    {
        string id = block.GetText(CifNames.CodId);
        return id.Length == 0 && block.Name.Length == 7 && block.Name.All(char.IsAsciiDigit) ? block.Name : id;
    }

    private static double? FromTitle(double? value, string unit, ICollection<Finding> findings)
    {
        if (value is not null)
            findings.Add(new Finding(CrystalFindings.MetadataFromTitle, FormattableString.Invariant($"{value} {unit}")));
        return value;
    }

    // A temperature below 0 K was meant in degrees Celsius.
    private static double? ReadTemperature(double value, ICollection<Finding> findings)
    {
        if (!double.IsFinite(value))
            return null;
        if (value is >= 0 or < -273.15)
            return value >= 0 ? value : null;
        findings.Add(new Finding(CrystalFindings.MetadataRepaired, FormattableString.Invariant($"temperature {value} taken as degrees Celsius")));
        return value + 273.15;
    }

    private static double? ReadRFactor(CifBlock block, ICollection<Finding> findings)
    {
        double value = block.GetNumber(CifNames.RFactor);
        if (!(value > 0))
            return null;
        if (value < 1)
            return value;
        findings.Add(new Finding(CrystalFindings.MetadataRepaired, FormattableString.Invariant($"R factor {value} taken as percent")));
        return value < 100 ? value / 100 : null;
    }

    private static List<string> ReadFlags(CifBlock block)
    {
        string error = block.GetText(CifNames.ErrorFlag) + " " + block.GetText(CifNames.IssueSeverity);
        bool[] set =
        [
            error.Contains("retract", StringComparison.OrdinalIgnoreCase),
            error.Contains("error", StringComparison.OrdinalIgnoreCase),
            error.Contains("warning", StringComparison.OrdinalIgnoreCase),
            IsSet(block, CifNames.Duplicate),
            IsSet(block, CifNames.Suboptimal),
            IsSet(block, CifNames.OnHold),
        ];
        return [.. FlagNames.Where((_, i) => set[i])];
    }

    // The values are COD numbers, 'yes', or dates; several may stand in a loop.
    private static bool IsSet(CifBlock block, string[] names)
    {
        foreach (string name in names)
        {
            if (!block.TryGetColumn(name, out CifColumn column))
                continue;
            for (int row = 0; row < column.Count; row++)
            {
                if (!column[row].IsMissing && !column[row].Text.Equals("no", StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }

        return false;
    }
}
