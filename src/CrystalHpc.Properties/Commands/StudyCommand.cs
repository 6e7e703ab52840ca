using System.CommandLine;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Models;
using CrystalHpc.Properties.Data;
using CrystalHpc.Properties.Study;
using CrystalHpc.Properties.Training;

namespace CrystalHpc.Properties.Commands;

/// <summary><c>crystalhpc property study</c>.</summary>
internal static class StudyCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("study", """
            What convolutions, neighbors, angles and the amount of data bring on the tables of a configuration, and the figures beside the
            published ones: those of docs/studies/properties.md, in study.csv. Teams of ranks train side by side; the table is the same on
            any number of ranks.

            Examples:
              crystalhpc property study configs/moduli.json --run study
              mpirun -n 4 crystalhpc property study configs/phonons.json --run study --part angles
            """);
        RunSelection selection = RunSelection.ByConfiguration(context, command);
        var part = new Option<string[]>("--part") { Description = "Only this part; may be given several times.", HelpName = "PART" };
        part.AcceptOnlyFromAmong([.. StudyVariant.Parts.Select(entry => entry.Name)]);
        command.Add(part);
        context.Runner.AddOptions(command);
        command.SetAction(parsed => context.Runner.Run(parsed, job =>
        {
            RunConfiguration configuration = selection.ReadConfiguration(job, parsed);
            PropertyOptions options = configuration.Require(PropertyOptions.Section);
            string[] chosen = parsed.GetValue(part) is { Length: > 0 } named ? named : [.. StudyVariant.Parts.Select(entry => entry.Name)];
            IReadOnlyList<PropertyTable> tables = [];
            job.World.Together(() => tables = PropertyTraining.Read(job, options));
            int trainingRows = PropertyTraining.PartOf(tables.SelectMany(table => table.Samples), SplitPart.Training).Length;
            var rows = new List<StudyRow>();
            foreach ((string name, Func<PropertyOptions, IEnumerable<StudyVariant>> create) in StudyVariant.Parts)
            {
                if (!chosen.Contains(name))
                    continue;
                if (name == "paper")
                    rows.AddRange(PublishedFigures.Of(tables[0].Targets.Select(target => target.Target.Name)));
                foreach (StudyRow row in StudyTraining.Run(job, name, StudyVariant.Of(create(options), trainingRows)))
                {
                    string what = FormattableString.Invariant(
                        $"{row.Part,-12} {row.Name,-22} {row.Target,-16} {row.Metric,-20} {row.Training,6}");
                    job.Say(FormattableString.Invariant($"study    {what} validation {row.Validation,9} test {row.Test,9}"));
                    rows.Add(row);
                }
            }

            string folder = configuration.RunDirectory;
            job.World.OnRankZero(() =>
            {
                Directory.CreateDirectory(folder);
                NamedOutput.Write(Path.Combine(folder, "study.csv"), "part,name,target,metric", stream => Csv.Write(stream, rows));
            });
            return ExitCode.Done;
        }));
        return command;
    }
}
