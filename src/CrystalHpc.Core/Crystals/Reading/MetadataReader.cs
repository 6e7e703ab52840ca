using System.Globalization;
using System.Text.RegularExpressions;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Formulas;

namespace CrystalHpc.Core.Crystals;

/// <summary>Reads what a data block says about compound, experiment and database entry.</summary>
internal static partial class MetadataReader
{
    // Years beyond these are typing errors, or no years at all.
    private const int FirstYear = 1800;
    private const int LastYear = 2100;

    /// <summary>Names used in <see cref="StructureMetadata.DatabaseFlags"/>, in the order in which they are listed there.</summary>
    public static readonly string[] FlagNames =
        ["cod-retracted", "cod-errors", "cod-warnings", "cod-duplicate", "cod-suboptimal", "cod-on-hold"];

    /// <summary>Reads the metadata; whatever is missing stays empty.</summary>
    public static StructureMetadata Read(CifBlock block, ICollection<Finding> findings)
    {
        var items = new ItemReader(block, findings);
        double? units = items.Read(CifNames.FormulaUnits, text => Positive(ItemText.Number(text)))?.Typical;
        double? density = items.Read(CifNames.Density, text => Positive(ItemText.Density(text)))?.Typical;
        double? year = items.Read(CifNames.Year, ReadYear)?.Low;
        (int? number, string setting) = ReadNumber(block, items);
        ValueRange? temperature = Bounded(
            items, CifNames.Temperature, CifNames.TemperatureAbove, CifNames.TemperatureBelow, text => ReadTemperature(text, findings));
        ValueRange? pressure = Bounded(items, CifNames.Pressure, CifNames.PressureAbove, CifNames.PressureBelow, ItemText.Pressure);
        string formula = block.GetText(CifNames.FormulaSum);
        if (!ItemText.SaysNothing(formula) && !Formula.TryParse(formula, out _, out FormulaRefusal? refusal))
            items.Refuse($"{CifNames.FormulaSum[0]} '{formula}': {refusal.Reason}");
        string title = block.TryGetColumn(CifNames.Title, out CifColumn titles) && titles.Count > 0 && !titles[0].IsMissing
            ? titles[0].Text : "";
        TitleConditions named = TitleConditions.Read(title);
        temperature ??= FromText(named.TemperatureKelvin, "K", findings);
        pressure ??= FromText(named.PressureKilopascal, "kPa", findings);
        foreach (string[] names in CifNames.ConditionRemarks)
        {
            TitleConditions remarked = TitleConditions.Read(block.GetText(names));
            temperature ??= FromText(remarked.TemperatureKelvin, "K", findings);
            pressure ??= FromText(remarked.PressureKilopascal, "kPa", findings);
        }

        foreach (string statement in named.Unreadable)
            items.Refuse($"title: '{statement}'");
        if (named.Unused.Count > 0)
            findings.Add(new Finding(CrystalFindings.TitleConditionsUnused, string.Join("; ", named.Unused)));
        string? computed = ComputedStructure.Evidence(block, title);
        if (computed is not null)
            findings.Add(new Finding(CrystalFindings.MetadataComputed, computed));
        return new StructureMetadata
        {
            BlockName = block.Name,
            CodId = ReadCodId(block),
            Doi = block.GetText(CifNames.Doi),
            Journal = block.GetText(CifNames.Journal),
            JournalVolume = block.GetText(CifNames.JournalVolume),
            FirstPage = block.GetText(CifNames.FirstPage),
            FormulaSum = formula,
            CompoundName = block.GetText(CifNames.CompoundName),
            SystematicName = block.GetText(CifNames.SystematicName),
            SpaceGroup = ReadSymbol(block, CifNames.HermannMauguin),
            HallSymbol = ReadSymbol(block, CifNames.Hall),
            SettingCode = setting,
            SpaceGroupNumber = number,
            FormulaUnits = units,
            DensityGramsPerCubicCentimeter = density,
            TemperatureKelvin = temperature,
            PressureKilopascal = pressure,
            Year = (int?)year,
            RFactor = ReadRFactor(items, findings),
            IsTheoretical = computed is not null,
            DatabaseFlags = ReadFlags(block),
            UnreadableItems = items.Unreadable.Count > 0 ? items.Unreadable : [],
        };
    }

    // A quoted '?' or 'unknown' is no symbol.
    private static string ReadSymbol(CifBlock block, string[] names) =>
        block.GetText(names) is var symbol && ItemText.SaysNothing(symbol) ? "" : symbol;

    // Z and densities of 0 and less were never measured.
    private static ValueRange? Positive(ValueRange? value) => value is { Low: > 0 } ? value : null;

    private static ValueRange? ReadYear(string text) =>
        ItemText.Number(text) is { Low: >= FirstYear, High: <= LastYear } year ? year : null;

    private static ValueRange? ReadFraction(string text) =>
        ItemText.Fraction(text) is { Low: >= 0, High: < 100 } fraction ? fraction : null;

    // The value, or else the bounds that the dictionary has items for.
    private static ValueRange? Bounded(ItemReader items, string[] names, string[] above, string[] below, Func<string, ValueRange?> parse)
    {
        if (items.Read(names, parse) is { } value)
            return value;
        (ValueRange? low, ValueRange? high) = (items.Read(above, parse), items.Read(below, parse));
        return low is null && high is null ? null : new ValueRange(low?.Low ?? 0, high?.High ?? double.PositiveInfinity);
    }

    // COD numbers have seven digits; entries of the database carry theirs as the name of the block too.
    private static string ReadCodId(CifBlock block)
    {
        string id = block.GetText(CifNames.CodId);
        return id.Length == 0 && block.Name.Length == 7 && block.Name.All(char.IsAsciiDigit) ? block.Name : id;
    }

    // A temperature below 0 K was meant in degrees Celsius.
    private static ValueRange? ReadTemperature(string text, ICollection<Finding> findings)
    {
        ValueRange? value = ItemText.Temperature(text);
        if (value is not null && ItemText.Number(text) is { Low: < 0 } celsius)
            findings.Add(new Finding(CrystalFindings.MetadataRepaired, $"temperature {celsius} taken as degrees Celsius"));
        return value;
    }

    private static ValueRange? FromText(ValueRange? value, string unit, ICollection<Finding> findings)
    {
        if (value is not null)
            findings.Add(new Finding(CrystalFindings.MetadataFromTitle, $"{value} {unit}"));
        return value;
    }

    // The number may bring the code of a setting: '14:b2', '227:2', '62 (cab)'.
    private static (int? Number, string Setting) ReadNumber(CifBlock block, ItemReader items)
    {
        string code = block.GetText(CifNames.SettingCode);
        string text = block.GetText(CifNames.SpaceGroupNumber);
        if (text.Length == 0 || ItemText.SaysNothing(text))
            return (null, code);
        Match match = NumberWithSetting().Match(text);
        ReadOnlySpan<char> digits = match.Groups["number"].ValueSpan;
        if (match.Success && int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) is >= 1 and <= 230 and int number)
            return (number, code.Length > 0 ? code : match.Groups["code"].Value);
        items.Refuse($"{CifNames.SpaceGroupNumber[0]} '{text}'");
        return (null, code);
    }

    // A value of 1 or more was meant in percent, and none of 0 was measured.
    private static double? ReadRFactor(ItemReader items, ICollection<Finding> findings)
    {
        if (items.Read(CifNames.RFactor, ReadFraction)?.High is not (> 0 and double value))
            return null;
        if (value < 1)
            return value;
        findings.Add(new Finding(CrystalFindings.MetadataRepaired, FormattableString.Invariant($"R factor {value} taken as percent")));
        return value / 100;
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

    [GeneratedRegex(@"^(?<number>\d{1,3})(?:\.0*)?(?:\s*[:;,(_\s-]\s*\(?(?<code>[-A-Za-z0-9]*)\)?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex NumberWithSetting();
}
