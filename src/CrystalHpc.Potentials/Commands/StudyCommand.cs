using System.CommandLine;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Potentials.Study;

namespace CrystalHpc.Potentials.Commands;

/// <summary><c>crystalhpc potential study</c>.</summary>
internal static class StudyCommand
{
    private static readonly (string Name, Func<Job, StudyData, PotentialOptions, IEnumerable<StudyRow>> Run)[] Parts =
        [("grid", GridStudy.Run), ("ablation", AblationStudy.Run)];

    public static Command Create(CommandContext context)
    {
        var command = new Command("study", """
            What networks, functions, forces and committees bring on the structures of a configuration: the figures of
            docs/studies/titania.md, in study.csv. Teams of ranks train networks side by side; the table is the same on any number of ranks.

            Examples:
              crystalhpc potential study configs/titania.json --out study
              mpirun -n 4 crystalhpc potential study configs/titania.json --out study --part grid
            """);
        RunSelection selection = RunSelection.ByConfiguration(context, command);
        var output = new Option<string>("--out") { Description = "Folder for study.csv.", HelpName = "DIR", Required = true };
        var part = new Option<string[]>("--part") { Description = "Only this part; may be given several times.", HelpName = "PART" };
        part.AcceptOnlyFromAmong([.. Parts.Select(entry => entry.Name)]);
        command.Add(output);
        command.Add(part);
        context.Runner.AddOptions(command);
        command.SetAction(parsed => context.Runner.Run(parsed, job =>
        {
            var options = PotentialOptions.Of(selection.ReadConfiguration(job, parsed));
            string[] chosen = parsed.GetValue(part) is { Length: > 0 } named ? named : [.. Parts.Select(entry => entry.Name)];
            string folder = Path.GetFullPath(parsed.GetRequiredValue(output));
            var data = new StudyData(job, options);
            var rows = new List<StudyRow>();
            foreach (StudyRow row in Parts.Where(entry => chosen.Contains(entry.Name)).SelectMany(entry => entry.Run(job, data, options)))
            {
                string what = FormattableString.Invariant($"{row.Part,-9} {row.Name,-48} {row.Atoms,6} {row.Metric,-28} {row.Training,5}");
                job.Say(FormattableString.Invariant($"study    {what} validation {row.Validation,11} test {row.Test,11}"));
                rows.Add(row);
            }

            job.World.OnRankZero(() =>
            {
                Directory.CreateDirectory(folder);
                Csv.Write(Path.Combine(folder, "study.csv"), rows);
            });
            return ExitCode.Done;
        }));
        return command;
    }
}
