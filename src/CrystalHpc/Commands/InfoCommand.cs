using System.CommandLine;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CrystalHpc.Configuration;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Jobs;
using CrystalHpc.Parallel;
using CrystalHpc.Storage;

namespace CrystalHpc.Commands;

/// <summary><c>crystalhpc info</c>: what runs here and how; the first thing to send with a question.</summary>
internal static class InfoCommand
{
    private static readonly string[] Packages = ["MathNet.Numerics", "CsvHelper", "System.CommandLine"];

    public static Command Create(JobRunner runner)
    {
        var command = new Command("info", """
            Versions, MPI library and interface, ranks, cores, linear algebra.

            Examples:
              crystalhpc info
              srun -n 2 crystalhpc info
            """);
        var schema = new Option<bool>("--schema") { Description = "Print the JSON schema of configuration files instead." };
        var findings = new Option<bool>("--findings") { Description = "Print every finding and rejection code with its meaning instead." };
        command.Add(schema);
        command.Add(findings);
        command.SetAction(parsed =>
        {
            if (runner.Environment.World.Rank == 0)
            {
                Console.Out.WriteLine(parsed.GetValue(schema) ? ConfigurationSchema.Create()
                    : parsed.GetValue(findings) ? FindingCatalog.ToMarkdown().Trim()
                    : Describe(runner.Environment.Describe()));
            }

            return (int)ExitCode.Done;
        });
        return command;
    }

    private static string Describe(MpiDescription mpi)
    {
        (string Name, string Value)[] facts =
        [
            ("crystalhpc", ProgramVersion.Full),
            (".NET", RuntimeInformation.FrameworkDescription),
            ("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}"),
            ("vectors", $"{(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128)} bits"),
            ("MPI", mpi.Library is null ? "not in use (no launcher)" : $"{mpi.Library}: {mpi.LibraryVersion}"),
            ("MPI interface", mpi.Abi ?? "-"),
            ("MPI threads", mpi.ThreadLevel?.ToString() ?? "-"),
            ("launcher", mpi.Launcher ?? "none"),
            ("ranks", string.Create(CultureInfo.InvariantCulture, $"{mpi.Size}, {mpi.NodeSize} on this node")),
            ("cores visible", mpi.CoresVisible.ToString(CultureInfo.InvariantCulture)),
            ("linear algebra", LinearAlgebraProvider.Name),
            .. Libraries(),
        ];
        return string.Join('\n', facts.Select(fact => $"{fact.Name,-16} {fact.Value}"));
    }

    private static IEnumerable<(string Name, string Value)> Libraries() => Packages
        .Select(name => (name, Assembly.Load(name).GetName().Version?.ToString(3) ?? "?"));
}
