using System.Globalization;

namespace CrystalHpc.Properties.Study;

/// <summary>A training of the study.</summary>
/// <param name="Name">What differs from the configuration.</param>
/// <param name="Options">The options.</param>
/// <param name="IsFinal">Test rows are looked at: nothing is chosen by it.</param>
/// <param name="MostRows">Training rows, at most.</param>
internal sealed record StudyVariant(string Name, PropertyOptions Options, bool IsFinal = false, int MostRows = int.MaxValue)
{
    // The largest training set of the curve over the amount of data.
    private const int MostOfCurve = 5000;

    /// <summary>The parts of the study by their names.</summary>
    public static (string Name, Func<PropertyOptions, IEnumerable<StudyVariant>> Create)[] Parts { get; } =
    [
        ("paper", options => [new("as configured", options, IsFinal: true)]),
        ("convolutions", options => new[] { 1, 2, 3, 4 }.Select(
            count => new StudyVariant(Text(count), options with { Convolutions = count }))),
        ("neighbors", options => new[] { 6, 8, 12, 16, 24 }.Select(
            count => new StudyVariant(Text(count), options with { Graphs = options.Graphs with { Neighbors = count } }))),
        ("angles", options => new[] { false, true }.Select(has => new StudyVariant(
            has ? "distances and angles" : "distances", options with { Graphs = options.Graphs with { Angles = has } },
            IsFinal: true))),
        ("data", options => new[] { 16, 8, 4, 2, 1 }.Select(
            share => new StudyVariant(Text(MostOfCurve / share), options, MostRows: MostOfCurve / share))),
    ];

    /// <summary>The variants of a part on so many training rows: none follows one of the curve that has all rows.</summary>
    public static StudyVariant[] Of(IEnumerable<StudyVariant> part, int trainingRows)
    {
        StudyVariant[] variants = [.. part];
        return [.. variants.Where((_, i) => i == 0 || variants[i - 1].MostRows is int.MaxValue || variants[i - 1].MostRows < trainingRows)];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
