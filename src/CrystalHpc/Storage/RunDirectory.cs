using System.Globalization;

namespace CrystalHpc.Storage;

/// <summary>Where everything lies in a run directory.</summary>
/// <param name="Root">The directory.</param>
internal sealed record RunDirectory(string Root)
{
    public string RunJson => Path.Combine(Root, "run.json");

    public string Manifest => Path.Combine(Root, "manifest.csv");

    /// <summary>Listings of the corpus while it is being indexed; gone afterwards.</summary>
    public string Index => Path.Combine(Root, "index");

    public string Merged => Path.Combine(Root, "merged");

    /// <summary>The page about the run.</summary>
    public string Report => Path.Combine(Root, "report.html");

    public string Fit => Path.Combine(Root, "fit");

    public string Evaluation => Path.Combine(Root, "evaluation");

    /// <summary>Folder of one shard; four digits, more when needed, so that listings sort.</summary>
    public string Shard(int shard) => Path.Combine(Root, "shards", shard.ToString("D4", CultureInfo.InvariantCulture));
}
