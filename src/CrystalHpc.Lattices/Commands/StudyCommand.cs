using System.CommandLine;
using System.Globalization;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Lattices.Study;
using CrystalHpc.Learning.Models;

namespace CrystalHpc.Lattices.Commands;

/// <summary><c>crystalhpc lattice study</c>.</summary>
internal static class StudyCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("study", """
            How good plain networks are on the tables of a configuration, and what each part of the recipe brings: the figures of
            docs/studies/lattice.md, in study.csv and as
            pictures.

            Examples:
              crystalhpc lattice study configs/lattice.json --out study
              mpirun -n 4 crystalhpc lattice study configs/lattice.json --out study --part ablation
            """);
        RunSelection selection = RunSelection.ByConfiguration(context, command);
        var output = new Option<string>("--out") { Description = "Folder for study.csv and the pictures.", HelpName = "DIR",
            Required = true };
        var part = new Option<string[]>("--part") { Description = "Only this part; may be given several times.", HelpName = "PART" };
        part.AcceptOnlyFromAmong([.. StudyParts.All.Select(entry => entry.Name)]);
        command.Add(output);
        command.Add(part);
        context.Runner.AddOptions(command);
        command.SetAction(parsed => context.Runner.Run(parsed, job =>
        {
            LatticeOptions options = selection.ReadConfiguration(job, parsed).Require(LatticeOptions.Section);
            string[] chosen = parsed.GetValue(part) is { Length: > 0 } named ? named : [.. StudyParts.All.Select(entry => entry.Name)];
            string folder = Path.GetFullPath(parsed.GetRequiredValue(output));
            var study = new StudyParts(job, options);
            var rows = new List<StudyRow>();
            foreach ((string name, Func<StudyParts, IEnumerable<StudyRow>> run) in StudyParts.All.Where(
                entry => chosen.Contains(entry.Name)))
            {
                foreach (StudyRow row in run(study))
                {
                    job.Say(string.Create(
                        CultureInfo.InvariantCulture,
                        $"study    {row.Part,-9} {row.Name,-34} {row.Target,-19} {row.Metric,-9} {row.Training,7} validation "
                        + $"{row.Validation,7} test {row.Test,7}"));
                    rows.Add(row);
                }
            }

            job.World.OnRankZero(() =>
            {
                Directory.CreateDirectory(folder);
                Csv.Write(Path.Combine(folder, "study.csv"), rows);
                StudyPictures.Write(folder, rows);
            });
            return ExitCode.Done;
        }));
        return command;
    }
}
