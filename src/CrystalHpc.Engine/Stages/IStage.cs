using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;

namespace CrystalHpc.Engine.Stages;

/// <summary>What a system does with the merged tables of a run, such as fitting.</summary>
public interface IStage
{
    /// <summary>Name of the stage, which is also that of its verb.</summary>
    string Name { get; }

    /// <summary>Names under which it reports to <c>run.json</c>, in order.</summary>
    IReadOnlyList<string> Reports { get; }

    /// <summary>Whether a configuration asks for it.</summary>
    bool IsWanted(RunConfiguration configuration);

    /// <summary>Does it, unless its results are there and were made from the same. A collective call.</summary>
    /// <param name="job">The job.</param>
    /// <param name="open">The run.</param>
    /// <param name="isForPeople">Print the outcome on standard output.</param>
    void Run(Job job, OpenRun open, bool isForPeople);
}

/// <summary>A run that a command works on.</summary>
/// <param name="Configuration">Its configuration, with what the command line overrides.</param>
/// <param name="Directory">Where it lies.</param>
/// <param name="Record">What its <c>run.json</c> says.</param>
public sealed record OpenRun(RunConfiguration Configuration, RunDirectory Directory, RunRecord Record);
