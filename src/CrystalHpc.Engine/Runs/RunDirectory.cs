using System.Globalization;

namespace CrystalHpc.Engine.Runs;

/// <summary>Where everything lies in a run directory.</summary>
/// <param name="Root">The directory.</param>
public sealed record RunDirectory(string Root)
{
    /// <summary>What the run is and what its stages reported.</summary>
    public string RunJson => Path.Combine(Root, "run.json");

    /// <summary>What a training is and how far it is; in runs that train a model instead of reading a corpus.</summary>
    public string TrainingJson => Path.Combine(Root, "training.json");

    /// <summary>The files of the corpus.</summary>
    public string Manifest => Path.Combine(Root, "manifest.csv");

    /// <summary>The files and archives of the corpus as they were when it was indexed.</summary>
    public string Sources => Path.Combine(Root, "sources.csv");

    /// <summary>Listings of the corpus while it is being indexed; gone afterwards.</summary>
    public string Index => Path.Combine(Root, "index");

    /// <summary>Folders of the shards.</summary>
    public string Shards => Path.Combine(Root, "shards");

    /// <summary>Tables of all shards together.</summary>
    public string Merged => Path.Combine(Root, "merged");

    /// <summary>Logs of the jobs that worked on the run, and what the last attempt of each was.</summary>
    public string Logs => Path.Combine(Root, "logs");

    /// <summary>The page about the run.</summary>
    public string Report => Path.Combine(Root, "report.html");

    /// <summary>Folder for the results of a stage.</summary>
    public string Results(string stage) => Path.Combine(Root, stage);

    /// <summary>Folder of one shard; four digits, more when needed, so that listings sort.</summary>
    public string Shard(int shard) => Path.Combine(Shards, shard.ToString("D4", CultureInfo.InvariantCulture));
}
