using System.CommandLine;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Products;
using CrystalHpc.Engine.Report;
using CrystalHpc.Engine.Stages;

namespace CrystalHpc.Engine.Systems;

/// <summary>
/// One field of work on the engine, such as bond valence: what it brings to the configuration, to extraction, to a run, to the report and
/// to the command line. Systems know the engine, never one another.
/// </summary>
public interface ISystem
{
    /// <summary>Its sections of the configuration.</summary>
    IReadOnlyList<Section> Sections { get; }

    /// <summary>Its finding codes, by the part that finds them.</summary>
    IReadOnlyList<FindingPart> Findings { get; }

    /// <summary>
    /// What extraction makes of every shard for this system, as the configuration asks. One call for each rank: products may keep working
    /// space.
    /// </summary>
    IEnumerable<IShardProduct> Products(RunConfiguration configuration);

    /// <summary>What a run does after its tables are merged, in order.</summary>
    IReadOnlyList<IStage> Stages { get; }

    /// <summary>Its part of the report.</summary>
    IReportSource Report { get; }

    /// <summary>Its verbs.</summary>
    IEnumerable<Command> Commands(CommandContext context);

    /// <summary>What it says of crystals that other systems ask about; nothing, where it does not say otherwise.</summary>
    IEnumerable<IStructureJudge> Judges(JudgeOptions options) => [];
}
