using System.Buffers;
using System.CommandLine;
using System.Text.Json;
using CrystalHpc.Configuration;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.OxidationStates;
using CrystalHpc.Corpora;
using CrystalHpc.Jobs;
using CrystalHpc.Pipeline;
using CrystalHpc.Storage;
using CrystalHpc.Storage.Tables;

namespace CrystalHpc.Commands;

/// <summary><c>crystalhpc inspect</c>: everything the pipeline thinks of one file.</summary>
internal static class InspectCommand
{
    public static Command Create(JobRunner runner)
    {
        var command = new Command("inspect", """
            Shows everything the pipeline thinks of one file: structures, verdicts with reasons, sites with neighbors, findings with their places.

            Examples:
              crystalhpc inspect samples/cod/9/00/86/9008678.cif
              crystalhpc inspect samples/cod/9/00/86/9008678.cif --definitions crystal_nn,econ
              crystalhpc inspect 'corpus.tar.gz!folder/file.cif' --json
              crystalhpc inspect - < samples/cod/9/00/86/9008678.cif
            """);
        var file = new Argument<string>("FILE") { Description = "CIF file, packed or not, a member of an archive as ARCHIVE!MEMBER, or - for standard input." };
        var json = new Option<bool>("--json") { Description = "The same for programs." };
        var configuration = new Option<string?>("--config") { Description = "Configuration to judge by, instead of the defaults.", HelpName = "CONFIG" };
        var export = new Option<string?>("--export") { Description = "Write the structures of the file to this CIF file: cell, symmetry, sites, states.", HelpName = "OUT.cif" };
        Option<IReadOnlyList<NeighborDefinition>> definitions = DefinitionList.Option();
        command.Add(file);
        command.Add(json);
        command.Add(configuration);
        command.Add(definitions);
        command.Add(export);
        command.SetAction(parsed =>
        {
            if (runner.Environment.World.Rank > 0)
                return (int)ExitCode.Done;
            try
            {
                Inspect(
                    parsed.GetRequiredValue(file), parsed.GetValue(configuration), parsed.GetValue(definitions) ?? [], parsed.GetValue(json), parsed.GetValue(export));
                return (int)ExitCode.Done;
            }
            catch (UserException failure)
            {
                Console.Error.WriteLine($"crystalhpc: {failure.Message}");
                return (int)failure.Code;
            }
        });
        return command;
    }

    private static void Inspect(string file, string? configurationPath, IReadOnlyList<NeighborDefinition> definitions, bool asJson, string? exportPath)
    {
        RunConfiguration configuration = configurationPath is null ? RunConfiguration.ForSingleFiles : ConfigurationFile.Read(configurationPath);
        byte[] bytes = file == "-" ? ReadStandardInput() : Read(file, CorpusLimits.Of(configuration.Corpus));
        string id = file == "-" ? "stdin" : Path.GetFileNameWithoutExtension(file[(file.IndexOf('!', StringComparison.Ordinal) + 1)..]);
        IReadOnlyList<StructureOutcome> outcomes = new StructurePipeline(configuration).Process(id, bytes);
        if (exportPath is not null)
            Export(outcomes, exportPath);
        IReadOnlyList<NamedDefinition> compared = DefinitionList.Create(configuration.Neighbors, definitions);
        Inspection[] inspections = [.. outcomes.Select(outcome => Inspection.Of(outcome, compared))];
        if (asJson)
            Console.Out.WriteLine(JsonSerializer.Serialize(inspections, ConfigurationFile.IndentedJson));
        else
            InspectionText.Print(Console.Out, file, bytes, outcomes, inspections);
    }

    private static byte[] ReadStandardInput()
    {
        using Stream input = Console.OpenStandardInput();
        using var bytes = new MemoryStream();
        input.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static byte[] Read(string file, CorpusLimits limits)
    {
        int bang = file.IndexOf('!', StringComparison.Ordinal);
        string location = Path.GetFullPath(bang < 0 ? file : file[..bang]);
        if (!File.Exists(location))
            throw UserException.Unusable($"there is no file {location}");
        var source = new CorpusSource(Path.GetFileName(location), location);
        try
        {
            using ICorpusCursor cursor = source.Open(limits);
            while (cursor.MoveNext(out CorpusMember member))
            {
                if (bang >= 0 && member.Name != file[(bang + 1)..])
                    continue;
                using Stream stream = cursor.Open();
                using var bytes = new MemoryStream();
                stream.CopyTo(bytes);
                return bytes.Length <= limits.MaxFileBytes
                    ? bytes.ToArray()
                    : throw UserException.Unusable($"{file} is longer than {limits.MaxFileBytes} bytes");
            }
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw UserException.Unusable($"{file}: {fault.Message}");
        }

        throw UserException.Unusable($"{file}: the archive has no such member");
    }

    private static void Export(IReadOnlyList<StructureOutcome> outcomes, string path)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new CifWriter(buffer);
        foreach (StructureOutcome outcome in outcomes)
        {
            // A state that we assigned must not come back as the authors' own.
            if (outcome.Structure is { } structure)
                StructureCif.Write(writer, outcome.OxidationSource == OxidationSource.Assigned ? structure.WithCharges(new double?[structure.Sites.Count]) : structure);
        }

        WholeFile.Write(Path.GetFullPath(path), stream => stream.Write(buffer.WrittenSpan));
    }
}
