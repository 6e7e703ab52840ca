using System.CommandLine;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Generation.Prediction.Sampling;
using CrystalHpc.Generation.Prediction.Screening;

namespace CrystalHpc.Generation.Commands;

/// <summary><c>crystalhpc generate judge</c>.</summary>
internal static class JudgeCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("judge", """
            Judges crystals as 'generate sample' judges its candidates: those of other programs, or known ones for comparison. Writes the
            same table and page.

            Example:
              crystalhpc generate judge my-cif-files --hull known.csv --where neutral=yes --out judged
            """);
        var inputs = new Argument<string[]>("INPUT")
        {
            Description = "Tables of structures (.csv, .csv.gz), CIF files, folders, archives.", Arity = ArgumentArity.OneOrMore,
        };
        command.Add(inputs);
        var options = new ScreeningOptions(command);
        command.SetAction(parsed => context.Runner.RunAlone(() =>
        {
            ScreeningSetup setup = options.Open(parsed, context);
            CrystalStructure[] structures = [.. parsed.GetRequiredValue(inputs)
                .SelectMany(path => StructureSource.Read(path, context.Systems.Configuration.Defaults)).Select(entry => entry.Structure)];
            var funnel = new Funnel();
            var search = new CandidateSearch(new Sampler(setup.Model.Model), setup.Screening, setup.Table, setup.Conditions);
            IReadOnlyList<ScreenedCandidate> candidates = search.Judge(structures, setup.Tolerances, funnel);
            setup.Write(candidates, funnel, ScreeningOptions.PoolOf(setup, null));
            if (candidates.Count == 0)
                throw UserException.Unusable("no crystal is left");
        }));
        return command;
    }
}
