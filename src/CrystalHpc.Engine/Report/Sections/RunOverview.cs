using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Products;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Stages;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Report;

/// <summary>What the page says about any run, whatever its systems.</summary>
/// <param name="Record">What <c>run.json</c> says.</param>
/// <param name="Merge">Counts of the merged run.</param>
/// <param name="Structures">Verdicts.</param>
public sealed record RunOverview(RunRecord Record, MergeReport Merge, StructureSummary Structures)
{
    /// <summary>Name of the corpus: those of its folders and archives, without where they lie.</summary>
    public string CorpusName
        => string.Join(", ", Record.Corpus.Roots.Select(root => Path.GetFileName(Path.TrimEndingDirectorySeparator(root))));

    /// <summary>Reads the tables of a run.</summary>
    /// <exception cref="UserException">The run is not merged, or a table is damaged.</exception>
    public static RunOverview Read(RunDirectory run, RunRecord record) => new(
        record,
        record.Stage<MergeReport>("merge") ?? throw UserException.Unusable($"{run.Root} is not merged: run 'crystalhpc merge {run.Root}'"),
        StructureSummary.Of(Csv.Read<StructureRow>(Path.Combine(run.Merged, StructureProduct.FileName))));
}
