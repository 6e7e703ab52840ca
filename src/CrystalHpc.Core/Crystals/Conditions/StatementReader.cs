using System.Text.RegularExpressions;

namespace CrystalHpc.Core.Crystals;

/// <summary>
/// Reads the temperatures and pressures of one statement from left to right. A word of treatment (annealed, synthesized, quenched from ...)
/// or of a transition claims what follows, until a word of measurement (structure, refinement, measured ...) or, for <c>T = ...</c>, a
/// comma.
/// </summary>
internal sealed partial class StatementReader
{
    private readonly TitleStatement _statement;
    private readonly List<ConditionMention> _mentions;
    private bool _isClaimed;
    private bool _isClaimedInClause;
    private bool _isOfTransition;
    private Match _marker = Match.Empty;
    private string _word = "";
    private ConditionRole _lastRole;
    private bool _followsQuantity;

    private StatementReader(TitleStatement statement, List<ConditionMention> mentions) => (_statement, _mentions) = (statement, mentions);

    /// <summary>Adds the mentions of a statement to a list, in the order in which they stand.</summary>
    public static void Read(TitleStatement statement, List<ConditionMention> mentions)
    {
        var reader = new StatementReader(statement, mentions);
        foreach (Match token in Tokens().Matches(statement.Text))
            reader.Take(token);
        reader.EndMarker();
    }

    private void Take(Match token)
    {
        if (token.Groups["marker"].Success)
        {
            EndMarker();
            _marker = token;
        }
        else if (token.Groups["quantity"].Success)
        {
            TakeQuantity(token);
        }
        else if (token.Groups["room"].Success)
        {
            TakeRoom(token);
        }
        else if (token.Groups["extreme"].Success)
        {
            TakeExtreme(token);
        }
        else if (token.Groups["bare"].Success)
        {
            TakeBareNumber(token);
        }
        else if (token.Groups["word"].Success)
        {
            TakeWord(token.Value);
        }
        else
        {
            EndMarker();
            _isClaimedInClause = false;
            _isClaimed &= token.Value is "," or "(" or ")";
            _word = token.Value is "," or "(" ? _word : "";
        }
    }

    private void TakeQuantity(Match token)
    {
        ConditionKind kind = token.Groups["pressure"].Success ? ConditionKind.Pressure : ConditionKind.Temperature;
        bool isOfMarker = _marker.Success && KindOf(_marker) == kind;
        ConditionRole role = token.Groups["claimed"].Success ? ConditionRole.Other : isOfMarker ? StatedRole() : RoleByWord();
        Add(kind, Qualified(InUnit(token), isOfMarker), role, token.Value);
        _marker = Match.Empty;
    }

    private void TakeRoom(Match token)
    {
        bool isPressure = token.Groups["ofPressure"].Success, isBoth = token.Groups["ofBoth"].Success;
        bool isBareWord = !isPressure && !isBoth && !token.Groups["ofTemperature"].Success;
        if (isBareWord && !_marker.Success)
        {
            TakeWord(token.Value);
            return;
        }

        isPressure = isBareWord ? KindOf(_marker) == ConditionKind.Pressure : isPressure;
        ConditionRole role = _marker.Success ? StatedRole() : RoleByWord() is ConditionRole.Other ? ConditionRole.Other
            : IsRangeWord() ? ConditionRole.Range : ConditionRole.At;
        if (isPressure || isBoth)
            Add(ConditionKind.Pressure, ValueRange.Exactly(ConditionUnits.AtmosphereKilopascal), role, token.Value);
        if (!isPressure)
            Add(ConditionKind.Temperature, ValueRange.Exactly(ConditionUnits.RoomTemperatureKelvin), role, token.Value);
        _marker = Match.Empty;
    }

    // 'at high pressure', 'at lower mantle pressure and temperature': how far from room conditions is not said.
    private void TakeExtreme(Match token)
    {
        var far = ValueRange.Exactly(token.Groups["low"].Success ? 0 : double.PositiveInfinity);
        ConditionRole role = _isClaimed && !_isOfTransition ? ConditionRole.Other : ConditionRole.Extreme;
        if (Extremes.NamesTemperature(token.Value))
            Add(ConditionKind.Temperature, far, role, token.Value);
        if (Extremes.NamesPressure(token.Value) && far.Low > 0)
            Add(ConditionKind.Pressure, far, role, token.Value);
        _marker = Match.Empty;
    }

    // 'T = 300' and 'P = 0' are understood, 'P = 2.7a' is not; a number without 'T =' before it is none of ours.
    private void TakeBareNumber(Match token)
    {
        if (!_marker.Success)
        {
            TakeWord(token.Value);
            return;
        }

        ConditionKind kind = KindOf(_marker);
        ValueRange value = NumberText.Parse(token);
        bool isRead = token.Groups["tail"].Length == 0 && (kind == ConditionKind.Temperature || value.High == 0);
        Add(kind, isRead ? Qualified(value, true) : null, StatedRole(), _marker.Value + token.Value);
        _marker = Match.Empty;
    }

    private void TakeWord(string word)
    {
        EndMarker();
        _word = word;
        if (Measuring().IsMatch(word))
            (_isClaimed, _isClaimedInClause) = (false, false);
        else if (Claiming().IsMatch(word))
            (_isClaimed, _isClaimedInClause, _isOfTransition) = (true, true, word.StartsWith("trans", StringComparison.OrdinalIgnoreCase));
        _followsQuantity &= Joining().IsMatch(word);
    }

    private void Add(ConditionKind kind, ValueRange? value, ConditionRole role, string text)
    {
        _mentions.Add(new ConditionMention(kind, value, role, _statement.IsNote, text.Trim()));
        (_lastRole, _followsQuantity, _word) = (role, true, "");
    }

    // A marker without a value after it was no statement: 'T = Ni, Pd'.
    private void EndMarker() => _marker = Match.Empty;

    private ConditionRole StatedRole()
        => _isClaimedInClause ? ConditionRole.Other : IsRangeWord() ? ConditionRole.Range : ConditionRole.Stated;

    private ConditionRole RoleByWord()
    {
        if (_isClaimed)
            return ConditionRole.Other;
        if (_followsQuantity && (_word.Length == 0 || Joining().IsMatch(_word)))
            return _lastRole == ConditionRole.Stated ? ConditionRole.At : _lastRole;
        return At().IsMatch(_word) || (_statement.IsNote && !IsRangeWord()) ? ConditionRole.At : ConditionRole.Range;
    }

    private bool IsRangeWord() => Ranging().IsMatch(_word);

    // 'above 100 GPa', 'T < 20 C': one end is open.
    private ValueRange Qualified(ValueRange value, bool isOfMarker)
    {
        string sign = isOfMarker ? _marker.Groups["op"].Value : _word;
        return sign switch
        {
            ['<', ..] or "below" or "to" or "until" => value with { Low = Math.Min(0, value.Low) },
            ['>', ..] or "above" => value with { High = double.PositiveInfinity },
            _ => value,
        };
    }

    private static ConditionKind KindOf(Match marker) =>
        marker.Groups["ofT"].Success ? ConditionKind.Temperature : ConditionKind.Pressure;

    private static ValueRange InUnit(Match token)
    {
        ValueRange value = NumberText.Parse(token);
        if (token.Groups["pressure"] is { Success: true } pressure)
            return value.Times(ConditionUnits.Kilopascals(pressure.Value));
        if (token.Groups["celsius"].Success)
            return new ValueRange(ConditionUnits.FromCelsius(value.Low), ConditionUnits.FromCelsius(value.High));
        return token.Groups["fahrenheit"].Success
            ? new ValueRange(ConditionUnits.FromFahrenheit(value.Low), ConditionUnits.FromFahrenheit(value.High))
            : value;
    }

    [GeneratedRegex(
        @"(?<marker>(?<![\w.])(?:(?<ofT>T|[Tt]emp(?:erature|\.)?)|[Pp](?:ressure)?)\s*(?<op>(?:=\s*)+|[<>]=?|(?<=\s)~|\u2248))"
        + @"|(?<quantity>(?<![\w.)])~?\s*" + NumberText.Pattern + @"[\s)-]*" + ConditionUnits.Pattern
            + @"(?:(?<claimed>(?=[\s-]*(?:[Ss]upercond|quench|anneal)))|))"
        + @"|(?<room>\bRT\b(?<ofTemperature>)|\b(?i:(?:room|ambient|atmospheric"
        + @"|laboratory)(?:[\s-]*(?:(?<ofTemperature>temperatures?|T\b)|(?<ofPressure>pressures?|P\b)"
        + @"|(?<ofBoth>conditions?)))?))\b"
        + @"|(?<room>\bin\s+air\b(?<ofPressure>))"
        + @"|(?<extreme>" + Extremes.Pattern + ")"
        + @"|(?<bare>(?<![\w.)])" + NumberText.Pattern + @"(?<tail>\w*))|(?<word>[\p{L}][\p{L}\p{N}]*)|[.;:](?=\s|$)|[,()]",
        RegexOptions.CultureInvariant)]
    private static partial Regex Tokens();

    [GeneratedRegex(
        "^(?:anneal|quench|heated|synthesi|prepared|preparation|grown|growth|crystalli[sz]ed|treat|recovered|calcin|fired|equilibrat|"
        + "sinter|melt|hydrothermal"
        + "|dehydrat|deformed|shock|exchange|experiment|disordered|ordered|dried|oxidi[sz]ed|reduced|decompos|synthes|transition|transform|"
            + "supercond|Tc$|after$"
        + "|obtained|formed)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Claiming();

    [GeneratedRegex(
        "^(?:structures?|refinements?|refined|measured|collected|recorded|data|study|studies|investigations?|determinations?|determined|"
        + "diffraction|neutron|Struktur"
        + "|Kristallstruktur|cristalline|structurale)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Measuring();

    [GeneratedRegex("^(?:at|a|à|bei|near|around|under|@)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex At();

    [GeneratedRegex("^(?:to|up|down|until|between|from|above|below|range|von|bis|de)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Ranging();

    [GeneratedRegex("^(?:and|or|und|et|to)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Joining();
}
