using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Corpora;
using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Commands;

/// <summary><c>crystalhpc symmetry</c>: the space groups that the atoms of structures have.</summary>
internal static class SymmetryCommand
{
    private const double LeastAngstrom = 1e-5;
    private const double LargestAngstrom = 1;

    /// <summary>The verb.</summary>
    public static Command Create(CommandContext context)
    {
        var command = new Command("symmetry", """
            Finds the space group that the atoms of a structure have, whatever its file says: conventional cell, Wyckoff
            positions, and how much the answer depends on the tolerance.

            Examples:
              crystalhpc symmetry samples/cod/9/00/86/9008678.cif
              crystalhpc symmetry samples/cod/9/00/86/9008678.cif --tolerance 0.1 --json
            """);
        var files = new Argument<string[]>("FILE")
        {
            Description = "CIF files, packed or not, members of archives as ARCHIVE!MEMBER, or - for standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        var tolerance = new Option<double>("--tolerance")
        {
            Description = "How far atoms may be from where the symmetry has them, in Å.",
            HelpName = "ANGSTROM",
            DefaultValueFactory = _ => SymmetryTolerance.Default.Angstrom,
            CustomParser = ParseTolerance,
        };
        var json = new Option<bool>("--json") { Description = "The same for programs: one JSON object a line, one line a structure." };
        command.Add(files);
        command.Add(tolerance);
        command.Add(json);
        command.SetAction(parsed => context.Runner.RunAlone(() => Find(
            context.Systems.Configuration.Defaults, parsed.GetRequiredValue(files), new SymmetryTolerance(parsed.GetValue(tolerance)),
            parsed.GetValue(json))));
        return command;
    }

    private static double ParseTolerance(ArgumentResult result)
    {
        if (double.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out double value) && value
            is >= LeastAngstrom and <= LargestAngstrom)
            return value;
        result.AddError(FormattableString.Invariant(
            $"--tolerance must be a number from {LeastAngstrom:0.#####} to {LargestAngstrom}, in Å"));
        return default;
    }

    private static void Find(RunConfiguration defaults, string[] files, SymmetryTolerance tolerance, bool isJson)
    {
        var finder = new SymmetryFinder();
        int without = 0;
        foreach (string file in files)
        {
            bool any = false;
            foreach (SymmetryAnswer answer in AnswersOf(finder, defaults, file, tolerance))
            {
                any |= answer.Symmetry is not null;
                if (isJson)
                    Console.Out.WriteLine(answer.ToJson().ToJsonString(JobSummary.OneLine));
                else
                    SymmetryText.Print(Console.Out, answer);
            }

            without += any ? 0 : 1;
        }

        if (without > 0)
            throw UserException.Unusable($"{without} of {files.Length} files hold no structure whose symmetry can be found");
    }

    // A file that cannot be read is an answer, too: the others are still wanted.
    private static IEnumerable<SymmetryAnswer> AnswersOf(
        SymmetryFinder finder, RunConfiguration defaults, string file, SymmetryTolerance tolerance)
    {
        byte[] bytes;
        string? unreadable = null;
        try
        {
            bytes = FileArgument.Read(file, CorpusLimits.Of(defaults.Get(EngineSections.Corpus)));
        }
        catch (UserException failure)
        {
            (bytes, unreadable) = ([], failure.Message);
        }

        if (unreadable is not null)
        {
            yield return new SymmetryAnswer(file, "", null, null, unreadable);
            yield break;
        }

        var syntax = new List<Finding>();
        CifBlock[] blocks = [.. CifDocument.Parse(bytes, syntax).Blocks.Where(StructureReader.HasAtomSites)];
        if (blocks.Length == 0)
            yield return new SymmetryAnswer(file, "", null, null, "no data block lists atoms with coordinates");
        foreach (CifBlock block in blocks)
        {
            var findings = new List<Finding>();
            CrystalStructure? structure = StructureReader.Read(block, defaults.Get(EngineSections.Structures), findings);
            yield return structure is null
                ? new SymmetryAnswer(file, block.Name, null, null, Reasons(findings))
                : SymmetryAnswer.Of(finder, file, block.Name, structure, tolerance);
        }
    }

    private static string Reasons(List<Finding> findings) => string.Join("; ",
        findings.Where(finding => finding.Code.Severity == FindingSeverity.Error).Select(finding => $"{finding.Code}: {finding.Message}")
        .Distinct());
}
