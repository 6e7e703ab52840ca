namespace CrystalHpc.Core.Crystals;

/// <summary>
/// Temperature and pressure of a measurement as a title states them. Stated values come before others, notes before the title of the
/// article;
/// several of the same rank are taken together, for the title does not say which of them it is.
/// </summary>
/// <param name="TemperatureKelvin">What is known of the temperature, K; null when nothing is said.</param>
/// <param name="PressureKilopascal">What is known of the pressure, kPa; null when nothing is said.</param>
/// <param name="Unreadable">Statements that name one and cannot be read.</param>
/// <param name="Unused">Temperatures and pressures that belong to something else, as written; where a title has no others, the words that
/// name one.</param>
internal sealed record TitleConditions(
    ValueRange? TemperatureKelvin, ValueRange? PressureKilopascal, IReadOnlyList<string> Unreadable, IReadOnlyList<string> Unused)
{
    private static readonly TitleConditions None = new(null, null, [], []);

    /// <summary>Reads a title with its line breaks.</summary>
    public static TitleConditions Read(string title)
    {
        var mentions = new List<ConditionMention>();
        foreach (TitleStatement statement in TitleStatement.Split(title))
            StatementReader.Read(statement, mentions);
        if (mentions.Count == 0)
            return Extremes.Spoken(title) is { Count: > 0 } words ? None with { Unused = words } : None;
        // A note says what is special of one entry among those of an article: what it does not name is as in a room.
        if (mentions.Exists(mention => mention.IsNote && mention.Role >= ConditionRole.At))
        {
            mentions = mentions.ConvertAll(mention => mention is { IsNote: false, Role: ConditionRole.Extreme }
                ? mention with { Role = ConditionRole.Other }
                : mention);
        }

        ConditionMention[] temperature = Best(mentions, ConditionKind.Temperature), pressure = Best(mentions, ConditionKind.Pressure);
        return new TitleConditions(
            Together(temperature, ConditionUnits.RoomTemperatureKelvin),
            Together(pressure, ConditionUnits.AtmosphereKilopascal),
            [.. temperature.Concat(pressure).Where(mention => mention.Value is null).Select(mention => mention.Text)],
            [.. mentions.Except(temperature).Except(pressure).Select(mention => mention.Text)]);
    }

    private static ConditionMention[] Best(List<ConditionMention> mentions, ConditionKind kind) => mentions
        .Where(mention => mention.Kind == kind && mention.Role != ConditionRole.Other)
        .GroupBy(mention => Rank(mention)).OrderByDescending(group => group.Key).FirstOrDefault()?.ToArray() ?? [];

    // In a note, 'at' says as much as the article's title can; a range says little anywhere, a word without a number less.
    private static int Rank(ConditionMention mention) => mention.Role switch
    {
        ConditionRole.Extreme => -1,
        ConditionRole.Range => mention.IsNote ? 1 : 0,
        _ => (int)mention.Role + (mention.IsNote ? 4 : 2),
    };

    // A range of the article's title ('to 8 GPa') may begin at room conditions without saying so.
    private static ValueRange? Together(ConditionMention[] mentions, double roomValue)
    {
        ValueRange? all = null;
        foreach (ConditionMention mention in mentions)
        {
            if (mention.Value is not { } value)
                continue;
            value = mention.Role <= ConditionRole.Range && !mention.IsNote ? value.Hull(ValueRange.Exactly(roomValue)) : value;
            all = all?.Hull(value) ?? value;
        }

        return all;
    }
}
