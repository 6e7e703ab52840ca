using System.CommandLine;
using System.Diagnostics;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Terminals;
using CrystalHpc.Generation.Data;
using CrystalHpc.Generation.Prediction;
using CrystalHpc.Generation.Prediction.Sampling;

namespace CrystalHpc.Generation.Commands;

/// <summary><c>crystalhpc generate sample</c>.</summary>
internal static class SampleCommand
{
    // Few draws of the rarest type are of it.
    private const int AttemptsEach = 200;

    public static Command Create(CommandContext context)
    {
        var command = new Command("sample", """
            Makes new cubic crystals: at random, around known ones, or on the way from one to another. Writes a CIF file for each and a
            table. The same seed gives the same files.

            Examples:
              crystalhpc generate sample -n 50 --type ABX3 --out candidates
              crystalhpc generate sample -n 50 --like CaTiO3 --elements Ca,Sr,Ba,Ti,Zr,O --stability 1 --out candidates
              crystalhpc generate sample --between CaTiO3 BaTiO3 -n 10 --out path
            """);
        var count = new Option<int>("-n", "--count") { Description = "Number of crystals.", HelpName = "N", DefaultValueFactory = _ => 10 };
        var type = new Option<string?>("--type") { Description = "Only formulas of this type: AB, ABX3 or X2YZ.", HelpName = "TYPE" };
        type.AcceptOnlyFromAmong([nameof(CellClass.AB), nameof(CellClass.ABX3), nameof(CellClass.X2YZ)]);
        var like = new Option<string[]>("--like")
        {
            Description = "Around these crystals: formulas that the model was trained on, or CIF files.", HelpName = "FORMULA|FILE",
            AllowMultipleArgumentsPerToken = true,
        };
        var between = new Option<string[]>("--between")
        {
            Description = "On the way from one crystal to another, n steps.", HelpName = "FROM TO", Arity = new ArgumentArity(2, 2),
            AllowMultipleArgumentsPerToken = true,
        };
        var variance = new Option<double>("--variance")
        {
            Description = "How far around, as the variance of the latent vectors; known crystals have about 1.", HelpName = "V", DefaultValueFactory = _ => 0.5,
        };
        var elements = new Option<string?>("--elements") { Description = "Only these elements, separated by commas.", HelpName = "LIST" };
        var exclude = new Option<string?>("--exclude") { Description = "None of these elements.", HelpName = "LIST" };
        var stability = new Option<string?>("--stability")
        {
            Description = "Tenth of the formation energies of known crystals that is asked for: 1 (or best) to 10, or unknown; all in turn when omitted.",
            HelpName = "TENTH",
        };
        var seed = new Option<long>("--seed") { Description = "Seed of the random numbers.", HelpName = "SEED", DefaultValueFactory = _ => 1 };
        var attempts = new Option<int?>("--attempts")
        {
            Description = FormattableString.Invariant($"Draws after which it is enough; {AttemptsEach} for each crystal when omitted."), HelpName = "N",
        };
        var tolerance = new Option<double>("--symmetry-tolerance")
        {
            Description = "Atoms this far from a symmetry are moved onto it, A.", HelpName = "A",
            DefaultValueFactory = _ => SamplingWish.DefaultSymmetryAngstrom,
        };
        Option<string?> model = GenerateCommand.ModelOption();
        var output = new Option<string>("--out") { Description = "Folder for the CIF files and candidates.csv.", HelpName = "DIR", Required = true };
        foreach (Option option in new Option[] { count, type, like, between, variance, elements, exclude, stability, seed, attempts, tolerance, model, output })
            command.Add(option);
        command.SetAction(parsed => context.Runner.RunAlone(() =>
        {
            var wish = new SamplingWish(
                Positive(parsed.GetValue(count), "-n"), (ulong)parsed.GetValue(seed),
                parsed.GetValue(type) is { } named ? Enum.Parse<CellClass>(named) : null, ConditionOf(parsed.GetValue(stability)),
                ElementsOf(parsed.GetValue(elements)), ElementsOf(parsed.GetValue(exclude)),
                Positive(parsed.GetValue(attempts) ?? AttemptsEach * parsed.GetValue(count), "--attempts"), parsed.GetValue(tolerance));
            if (!(wish.SymmetryAngstrom is > 0 and <= 0.5))
                throw UserException.Unusable("--symmetry-tolerance must be above 0 and at most 0.5 A");
            if (!(parsed.GetValue(variance) is >= 0 and <= 100))
                throw UserException.Unusable("--variance must be between 0 and 100");
            // On the way from one crystal to another only the place changes.
            if (parsed.GetValue(between) is { Length: > 0 })
                wish = wish with { Condition = wish.Condition ?? EnergyDeciles.Unknown };
            KnownModel known = KnownModel.Open(parsed.GetValue(model));
            LatentSource source = SourceOf(
                known, context, parsed.GetValue(like) ?? [], parsed.GetValue(between) ?? [], parsed.GetValue(variance), wish);
            long start = Stopwatch.GetTimestamp();
            SamplingResult result = new Sampler(known.Model).Draw(source, wish);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            string folder = parsed.GetRequiredValue(output);
            CandidateFolder.Write(folder, result.Candidates, known.Formulas);
            Print(result, seconds, folder, known.Formulas);
            if (result.Candidates.Count < wish.Count && source.Draws is null)
                throw UserException.Unusable(FormattableString.Invariant(
                    $"{result.Candidates.Count} of {wish.Count} crystals after {result.Attempts:N0} draws; more draws by --attempts"));
        }));
        return command;
    }

    private static void Print(SamplingResult result, double seconds, string folder, IReadOnlySet<string> known)
    {
        int fresh = result.Candidates.Count(candidate => !known.Contains(candidate.Key));
        Terminal.Out.WriteLine(FormattableString.Invariant(
            $"{result.Candidates.Count} candidates in {folder}, {fresh} of them with formulas that the model was not trained on"));
        Terminal.Out.WriteLine(FormattableString.Invariant($"{result.Attempts:N0} draws in {seconds:F1} s, {100 * result.ValidShare:F1} % valid"));
        foreach (DropReason reason in Enum.GetValues<DropReason>().Where(reason => reason != DropReason.Kept && result.CountOf(reason) > 0))
            Terminal.Out.WriteLine(FormattableString.Invariant($"  dropped {result.CountOf(reason),6:N0}  {TextOf(reason)}"));
    }

    private static string TextOf(DropReason reason) => reason switch
    {
        DropReason.NoCell => "the voxels show no crystal",
        DropReason.AtomsTooClose => "two atoms closer than 0.5 A",
        DropReason.NoSymmetry => "no symmetry that makes up the cell",
        DropReason.OtherType => "a formula of another type",
        DropReason.Elements => "elements that are not wanted",
        _ => "the same as a candidate before",
    };

    private static LatentSource SourceOf(
        KnownModel known, CommandContext context, string[] like, string[] between, double variance, SamplingWish wish)
    {
        if (like.Length > 0 && between.Length > 0)
            throw UserException.Unusable("--like and --between exclude each other");
        if (between.Length == 2)
            return LatentSource.Between(BaseOf(known, between[0], context), BaseOf(known, between[1], context), wish.Count);
        return like.Length == 0
            ? LatentSource.Random(known.Model.LatentSize)
            : LatentSource.Around([.. like.Select(name => BaseOf(known, name, context))], variance);
    }

    // A formula of the training; else the first structure of a CIF file.
    private static LatentBase BaseOf(KnownModel known, string name, CommandContext context)
    {
        if (known.Find(name) is { } reference)
            return reference;
        if (!LooseStructures.Are(name))
            throw UserException.Unusable($"'{name}' is neither a formula that the model was trained on nor a CIF file");
        StructureOutcome outcome = LooseStructures.Read(name, context.Systems.Configuration.Defaults, LooseStructures.Validation)
            .First().Outcome;
        if (!outcome.IsAccepted || outcome.Structure is not { } structure)
            throw UserException.Unusable($"{name}: {string.Join(", ", outcome.Reasons.Select(reason => reason.Name))}");
        if (CubicCell.TryCreate(structure, out Finding? problem) is not { } cell)
            throw UserException.Unusable($"{name}: {problem!.Value.Code.Name}, {problem.Value.Message}");
        foreach (Element element in cell.Elements)
        {
            if (known.Model.Species.PlaceOf(element.AtomicNumber) == SpeciesList.None)
                throw UserException.Unusable($"{name}: the model does not know {element.Symbol}");
        }

        return LatentBase.Of(known.Model, Path.GetFileName(name), cell, EnergyDeciles.Unknown);
    }

    private static int? ConditionOf(string? text) => text switch
    {
        null => null,
        "best" => 0,
        "unknown" => EnergyDeciles.Unknown,
        _ => int.TryParse(text, out int tenth) && tenth is >= 1 and <= 10 ? tenth - 1
            : throw UserException.Unusable($"--stability {text}: a tenth is 1 (or best) to 10, or unknown"),
    };

    private static HashSet<Element> ElementsOf(string? list) => [.. (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(symbol => Element.TryParse(symbol, out Element element) ? element : throw UserException.Unusable($"'{symbol}' is no element"))];

    private static int Positive(int value, string option) => value > 0 ? value : throw UserException.Unusable($"{option} must be above 0");
}
