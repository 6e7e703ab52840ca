using System.CommandLine;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json.Nodes;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Terminals;
using CrystalHpc.Parallel;

namespace CrystalHpc.Engine.Commands;

/// <summary><c>crystalhpc info</c>: what runs here and how; the first thing to send with a question.</summary>
public static class InfoCommand
{
    private static readonly string[] Packages = ["MathNet.Numerics", "CsvHelper", "System.CommandLine"];

    private static int VectorBits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>The verb.</summary>
    public static Command Create(CommandContext context)
    {
        var command = new Command("info", """
            Versions, MPI library and interface, ranks, cores, linear algebra.

            Examples:
              crystalhpc info
              srun -n 2 crystalhpc info
            """);
        var schema = new Option<bool>("--schema") { Description = "Print the JSON schema of configuration files instead." };
        var findings = new Option<bool>("--findings") { Description = "Print every finding and rejection code with its meaning instead." };
        var json = new Option<bool>("--json") { Description = "The same for programs." };
        command.Add(schema);
        command.Add(findings);
        command.Add(json);
        command.SetAction(parsed => context.Runner.RunAlone(() => Terminal.Out.WriteLine(
            parsed.GetValue(schema) ? ConfigurationSchema.Create(context.Systems.Configuration)
            : parsed.GetValue(findings) ? FindingCatalog.ToMarkdown(context.Systems.Findings).Trim()
            : parsed.GetValue(json) ? ToJson(context.Runner.Environment.Describe()).ToJsonString(JobSummary.Json)
            : Describe(context.Runner.Environment.Describe()))));
        return command;
    }

    private static string Describe(MpiDescription mpi)
    {
        (string Name, string Value)[] facts =
        [
            ("crystalhpc", ProgramVersion.Full),
            (".NET", RuntimeInformation.FrameworkDescription),
            ("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}"),
            ("vectors", string.Create(CultureInfo.InvariantCulture, $"{VectorBits} bits")),
            ("MPI", mpi.Library is null ? "not in use (no launcher)" : $"{mpi.Library}: {mpi.LibraryVersion}"),
            ("MPI interface", mpi.Abi ?? "-"),
            ("MPI binding", mpi.Binding ?? "-"),
            ("MPI threads", mpi.ThreadLevel?.ToString() ?? "-"),
            ("launcher", mpi.Launcher ?? "none"),
            ("ranks", string.Create(CultureInfo.InvariantCulture, $"{mpi.Size}, {mpi.NodeSize} on this node")),
            ("cores visible", mpi.CoresVisible.ToString(CultureInfo.InvariantCulture)),
            ("linear algebra", LinearAlgebraProvider.Name),
            .. Libraries(),
        ];
        return string.Join('\n', facts.Select(fact => $"{fact.Name,-18} {fact.Value}"));
    }

    private static JsonObject ToJson(MpiDescription mpi)
    {
        var libraries = new JsonObject();
        foreach ((string name, string version) in Libraries())
            libraries[name] = version;
        return new JsonObject
        {
            ["program_version"] = ProgramVersion.Full,
            ["runtime"] = RuntimeInformation.FrameworkDescription,
            ["system"] = RuntimeInformation.OSDescription,
            ["architecture"] = RuntimeInformation.ProcessArchitecture.ToString(),
            ["vector_bits"] = VectorBits,
            ["mpi_library"] = mpi.Library,
            ["mpi_library_version"] = mpi.LibraryVersion,
            ["mpi_interface"] = mpi.Abi,
            ["mpi_binding"] = mpi.Binding,
            ["mpi_thread_level"] = mpi.ThreadLevel?.ToString(),
            ["launcher"] = mpi.Launcher,
            ["ranks"] = mpi.Size,
            ["ranks_on_node"] = mpi.NodeSize,
            ["cores_visible"] = mpi.CoresVisible,
            ["linear_algebra"] = LinearAlgebraProvider.Name,
            ["libraries"] = libraries,
        };
    }

    private static IEnumerable<(string Name, string Value)> Libraries() => Packages
        .Select(name => (name, Assembly.Load(name).GetName().Version?.ToString(3) ?? "?"));
}
