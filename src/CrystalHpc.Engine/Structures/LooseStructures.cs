using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Validation;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Corpora;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Products;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Structures;

/// <summary>The structures of CIF files, folders and archives that are named on a command line, without a run directory.</summary>
public static class LooseStructures
{
    /// <summary>
    /// Any ordered structure whose atoms do not overlap and are those of its sum formula, whatever its chemistry and conditions: what
    /// learned systems use. The section 'validation' of configs/crystals.json says the same.
    /// </summary>
    public static ValidationOptions Validation { get; } = ValidationOptions.Default with
    {
        RequireOxygenOrHalogen = false, RequireOxidationStates = false, MaximumShorteningAngstrom = 0, RequireBonds = false, OldestYear = 0,
        MinimumTemperatureKelvin = 0, MaximumTemperatureKelvin = 1e5, MaximumPressureKilopascal = 1e12, RejectUnreadableValues = false,
            MaximumRFactor = 1,
    };

    /// <summary>True for a folder, or an archive or CIF file by its name.</summary>
    public static bool Are(string path) => Directory.Exists(path) || (CorpusSource.IsSource(path) && File.Exists(path));

    /// <summary>What became of each structure, in the order of a corpus, with the path of its file.</summary>
    /// <param name="path">A file, a folder or an archive.</param>
    /// <param name="defaults">The configuration without any file.</param>
    /// <param name="validation">Which structures are accepted.</param>
    /// <exception cref="UserException">There is none.</exception>
    public static IEnumerable<(string Path, StructureOutcome Outcome)> Read(
        string path, RunConfiguration defaults, ValidationOptions validation)
    {
        ArgumentNullException.ThrowIfNull(defaults);
        RunConfiguration configuration = defaults.With(EngineSections.Validation, validation).With(EngineSections.OxidationStates, null);
        var pipeline = new StructurePipeline(configuration, [new StructureProduct()]);
        CorpusLimits limits = CorpusLimits.Of(configuration.Get(EngineSections.Corpus));
        bool isEmpty = true;
        foreach (CorpusSource source in new Corpus([path]).Sources())
        {
            foreach ((string Path, StructureOutcome Outcome) entry in Read(source, pipeline, limits))
            {
                isEmpty = false;
                yield return entry;
            }
        }

        if (isEmpty)
            throw UserException.Unusable($"no structure in {path}");
    }

    private static List<(string Path, StructureOutcome Outcome)> Read(CorpusSource source, StructurePipeline pipeline, CorpusLimits limits)
    {
        var found = new List<(string, StructureOutcome)>();
        string path = source.Path;
        try
        {
            using ICorpusCursor cursor = source.Open(limits);
            while (cursor.MoveNext(out CorpusMember member))
            {
                path = source.PathOf(member);
                if (source.ProblemOf(member) is { } problem)
                    found.Add((path, StructureOutcome.OfFailure(path, problem)));
                else
                    found.AddRange(Process(cursor, path, pipeline, limits).Select(outcome => (path, outcome)));
            }
        }
        catch (Exception fault) when (FileContent.IsUnreadable(fault))
        {
            found.Add((path, StructureOutcome.OfFailure(path, new Finding(FileFindings.Unreadable, FileContent.Reason(fault)))));
        }

        return found;
    }

    private static IReadOnlyList<StructureOutcome> Process(
        ICorpusCursor cursor, string path, StructurePipeline pipeline, CorpusLimits limits)
    {
        using Stream stream = cursor.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.Length <= limits.MaxFileBytes
            ? pipeline.Process(path, bytes.ToArray())
            : [StructureOutcome.OfFailure(
                path, new Finding(FileFindings.TooLarge,
                FormattableString.Invariant($"{bytes.Length} bytes; the limit is {limits.MaxFileBytes}")))];
    }
}
