using System.CommandLine;
using System.Numerics;
using CrystalHpc.BondValence.Synthesis;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.BondValence.Commands;

/// <summary><c>crystalhpc synthesize</c>: a corpus of CIF files with known bond-valence parameters.</summary>
internal static class SynthesizeCommand
{
    private const int MostFiles = 1_000_000;

    public static Command Create(CommandContext context)
    {
        var command = new Command("synthesize", """
            Makes CIF files of synthetic crystals whose cation valence sums follow planted parameters, with dirt on demand; writes
            the truth beside them.

            Examples:
              crystalhpc synthesize runs/made --files 1000
              crystalhpc synthesize runs/made --files 10000 --seed 7 --dirt 10 --format tar.gz
              crystalhpc synthesize runs/made --parameters runs/quickstart/fit/parameters.csv --dirt short-distances=1,disorder=5
            """);
        var directory = new Argument<string>("DIR") { Description = "Folder for the corpus; must be new or empty." };
        Option<int> files = Number("--files", "N", "Number of files.", 1000, 1, MostFiles);
        Option<long> seed = Number("--seed", "N", "File k depends on the seed and k alone.", 1L, 0L, long.MaxValue);
        var format = new Option<CorpusFormat>("--format")
        {
            Description = "files (COD's folders), zip or tar.gz.", HelpName = "FORMAT", DefaultValueFactory = _ => CorpusFormat.Files,
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                CorpusFormat? known = text switch { "files" => CorpusFormat.Files, "zip" => CorpusFormat.Zip, "tar.gz"
                    => CorpusFormat.TarGz, _ => null };
                if (known is null)
                    result.AddError($"'{text}' is no format; allowed: files, zip, tar.gz");
                return known ?? CorpusFormat.Files;
            },
        };
        var parameters = new Option<string?>("--parameters")
        {
            Description = "Plant these parameters, a table like parameters.csv; a pair with two rows has "
                + "two populations. Default: drawn at random.", HelpName = "TABLE.csv",
        };
        Option<int> pairs = Number("--pairs", "N", "Pairs to draw where no table is given.", 120, 1, 10_000);
        Option<double> softness = Number("--softness", "A", "Mean of the B drawn, angstrom.", 0.37, 0.3, 0.45);
        Option<double> softnessSpread = Number("--softness-spread", "A", "Standard deviation of the B drawn, angstrom.", 0.03, 0, 0.1);
        Option<double> doubles = Number("--two-populations", "PERCENT", "Share of the pairs drawn that get a second r0, 0.2 A larger.", 0.0,
            0, 100);
        Option<double> sigma = Number("--sigma", "A", "Standard deviation of errors of bond lengths, angstrom.", 0.015, 0, 0.1);
        Option<double> compoundSigma = Number("--compound-sigma", "A",
            "The same for errors that all files of one compound share, angstrom.", 0.0, 0, 0.1);
        Option<double> strain = Number("--strain", "PERCENT", "Standard deviation of the strain of cells.", 2.0, 0, 10);
        Option<double> displacement = Number("--displacement", "A", "Standard deviation of displacements before relaxation, angstrom.",
            0.06, 0, 0.3);
        Option<double> labels = Number("--labels", "PERCENT", "Share of files with oxidation numbers.", 60.0, 0, 100);
        Option<double> symbols = Number("--type-symbols", "PERCENT", "Share of files with charges in type symbols; the rest says nothing.",
            20.0, 0, 100);
        Option<double> reflections = Number("--reflections", "KB",
            "Mean size of a list of reflections in each file, kilobytes; COD's files have 170.", 0.0, 0, 10_000);
        Option<double[]> dirt = DirtList.Option();
        foreach (Option option in (Option[])[files, seed, format, parameters, pairs, softness, softnessSpread, doubles, sigma,
            compoundSigma, strain, displacement,
            labels, symbols, dirt, reflections])
            command.Add(option);
        command.Add(directory);
        context.Runner.AddOptions(command);
        command.SetAction(parsed => context.Runner.Run(parsed, job =>
        {
            if (parsed.GetValue(labels) + parsed.GetValue(symbols) > 100)
                throw new UserException(ExitCode.CommandLine, "--labels and --type-symbols together are more than 100 %");
            var options = new SynthesisOptions(
                (ulong)parsed.GetValue(seed), parsed.GetValue(sigma), parsed.GetValue(compoundSigma), parsed.GetValue(strain) / 100,
                parsed.GetValue(displacement), parsed.GetValue(labels) / 100, parsed.GetValue(symbols) / 100, parsed.GetValue(dirt)!,
                (int)(1000 * parsed.GetValue(reflections)));
            Func<IReadOnlyList<PlantedPair>> draw = () => PlantedParameters.Draw(
                options.Seed, parsed.GetValue(pairs), 0.03, parsed.GetValue(softness), parsed.GetValue(softnessSpread),
                parsed.GetValue(doubles) / 100, 0.2);
            SynthesizeStage.Run(
                job, Path.GetFullPath(parsed.GetRequiredValue(directory)), parsed.GetValue(files), parsed.GetValue(format), options,
                parsed.GetValue(parameters), draw);
            return ExitCode.Done;
        }));
        return command;
    }

    private static Option<T> Number<T>(string name, string help, string description, T value, T low, T high)
        where T : struct, INumber<T> => new(name)
        {
            Description = description, HelpName = help, DefaultValueFactory = _ => value,
            CustomParser = result => NumberArgument.Parse(result, low, high) ?? value,
        };
}
