using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using CrystalHpc.Core.Elements;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Terminals;
using CrystalHpc.Generation.Data;
using CrystalHpc.Generation.Prediction.Sampling;
using CrystalHpc.Generation.Prediction.Screening;

namespace CrystalHpc.Generation.Commands;

/// <summary><c>crystalhpc generate sample</c>.</summary>
internal static class SampleCommand
{
    // Few draws of the rarest type are of it.
    private const int AttemptsEach = 200;

    public static Command Create(CommandContext context)
    {
        var command = new Command("sample", """
            Makes new cubic crystals: at random, around known ones (--like), or on the way from one to another (--between). Each is brought
            onto its symmetry, looked up among known crystals and judged: charges, bond valences, properties, distance to the hull. Writes a
            CIF file for each, a table of all that is said of them, a table of what became of the draws, and a page. The same seed gives the
            same files.

            Examples:
              crystalhpc generate sample -n 50 --like SrTiO3 --type ABX3 --stability best --exclude Pb --out candidates
              crystalhpc generate sample -n 20 --like SrTiO3 --new --where neutral=yes --where 'gii_vu<0.5' --export qe --out candidates
              crystalhpc generate sample -n 50 --type X2YZ --hull known.csv --where 'hull_distance_eV_atom<0.1' --out candidates
              crystalhpc generate sample --between CaTiO3 BaTiO3 -n 10 --out path
            """);
        var count = new Option<int>("-n", "--count") { Description = "Number of crystals.", HelpName = "N", DefaultValueFactory = _ => 10 };
        var type = new Option<string?>("--type") { Description = "Only formulas of this type: AB, ABX3 or X2YZ.", HelpName = "TYPE" };
        type.AcceptOnlyFromAmong([nameof(CellClass.AB), nameof(CellClass.ABX3), nameof(CellClass.X2YZ)]);
        var like = new Option<string[]>("--like")
        {
            Description = "Around these crystals: formulas of known cubic crystals, or CIF files.", HelpName = "FORMULA|FILE",
            AllowMultipleArgumentsPerToken = true,
        };
        var between = new Option<string[]>("--between")
        {
            Description = "On the way from one crystal to another, n steps.", HelpName = "FROM TO", Arity = new ArgumentArity(2, 2),
            AllowMultipleArgumentsPerToken = true,
        };
        var variance = new Option<double>("--variance")
        {
            Description = "How far around at first, as the variance of the latent vectors; known "
                + "crystals have about 1. It grows, up to twice, where most "
                + "draws are crystals that were drawn before.", HelpName = "V", DefaultValueFactory = _ => 0.5,
        };
        var elements = new Option<string?>("--elements") { Description = "Only these elements, separated by commas.", HelpName = "LIST" };
        var exclude = new Option<string?>("--exclude") { Description = "None of these elements.", HelpName = "LIST" };
        var stability = new Option<string?>("--stability")
        {
            Description = "Tenth of the formation energies of known crystals that is asked for: 1 (or "
                + "best) to 10, or unknown; all in turn when omitted.",
            HelpName = "TENTH",
        };
        var seed = new Option<long>("--seed") { Description = "Seed of the random numbers.", HelpName = "SEED",
        DefaultValueFactory = _ => 1 };
        var attempts = new Option<int?>("--attempts")
        {
            Description = FormattableString.Invariant($"Draws after which it is enough; {AttemptsEach} for each crystal when omitted."),
                HelpName = "N",
        };
        foreach (Option option in new Option[] { count, type, like, between, variance, elements, exclude, stability, seed, attempts })
            command.Add(option);
        var options = new ScreeningOptions(command);
        command.SetAction(parsed => context.Runner.RunAlone(() =>
        {
            var wish = new SamplingWish(
                Positive(parsed.GetValue(count), "-n"), (ulong)parsed.GetValue(seed),
                parsed.GetValue(type) is { } named ? Enum.Parse<CellClass>(named) : null, ConditionOf(parsed.GetValue(stability)),
                ElementsOf(parsed.GetValue(elements)), ElementsOf(parsed.GetValue(exclude)),
                Positive(parsed.GetValue(attempts) ?? AttemptsEach * parsed.GetValue(count), "--attempts"));
            if (!(parsed.GetValue(variance) is >= 0 and <= 100))
                throw UserException.Unusable("--variance must be between 0 and 100");
            ScreeningSetup setup = options.Open(parsed, context);
            wish = wish with { Tolerances = setup.Tolerances };
            // On the way from one crystal to another only the place changes.
            if (parsed.GetValue(between) is { Length: > 0 })
                wish = wish with { Condition = wish.Condition ?? EnergyDeciles.Unknown };
            LatentSource source = SourceOf(
                setup, new LatentBases(setup.Model, setup.Library, context.Systems.Configuration.Defaults), parsed.GetValue(like) ?? [],
                parsed.GetValue(between) ?? [], parsed.GetValue(variance), wish);
            Run(setup, source, wish);
        }));
        return command;
    }

    private static void Run(ScreeningSetup setup, LatentSource source, SamplingWish wish)
    {
        long start = Stopwatch.GetTimestamp();
        var funnel = new Funnel();
        var search = new CandidateSearch(new Sampler(setup.Model.Model), setup.Screening, setup.Table, setup.Conditions);
        IReadOnlyList<ScreenedCandidate> candidates = search.Run(source, wish, funnel);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        setup.Write(candidates, funnel, ScreeningOptions.PoolOf(setup, wish.Type));
        Terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{seconds:F1} s, {3600 * candidates.Count / seconds:N0} candidates an hour; {100 * funnel.Draws.ValidShare:F1} "
            + $"% of draws valid"));
        if (source.Variance is { } variance)
            Terminal.Out.WriteLine(FormattableString.Invariant($"drawn around {variance:0.##} by variance at the end"));
        Terminal.Out.WriteLine($"page: {Path.Combine(setup.Folder.FullPath, CandidateFolder.Page)}");
        if (candidates.Count < wish.Count && source.Draws is null)
        {
            throw UserException.Unusable(FormattableString.Invariant(
                $"{candidates.Count} of {wish.Count} crystals after {funnel.Draws.Attempts:N0} draws; more draws by --attempts"));
        }
    }

    private static LatentSource SourceOf(
        ScreeningSetup setup, LatentBases bases, string[] like, string[] between, double variance, SamplingWish wish)
    {
        if (like.Length > 0 && between.Length > 0)
            throw UserException.Unusable("--like and --between exclude each other");
        if (between.Length == 2)
            return LatentSource.Between(bases.Of(between[0]), bases.Of(between[1]), wish.Count);
        return like.Length == 0 ? LatentSource.Random(setup.Model.Model.LatentSize)
            : LatentSource.Around([.. like.Select(bases.Of)], variance);
    }

    private static int? ConditionOf(string? text) => text switch
    {
        null => null,
        "best" => 0,
        "unknown" => EnergyDeciles.Unknown,
        _ => int.TryParse(text, out int tenth) && tenth is >= 1 and <= 10 ? tenth - 1
            : throw UserException.Unusable($"--stability {text}: a tenth is 1 (or best) to 10, or unknown"),
    };

    private static HashSet<Element> ElementsOf(string? list)
        => [.. (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(symbol => Element.TryParse(symbol, out Element element)
            ? element : throw UserException.Unusable($"'{symbol}' is no element"))];

    private static int Positive(int value, string option) => value > 0 ? value : throw UserException.Unusable($"{option} must be above 0");
}
