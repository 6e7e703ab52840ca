using System.Globalization;
using System.Text.RegularExpressions;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;

namespace CrystalHpc.Engine.Corpora;

/// <summary>
/// Copies of the archives of a corpus on a disk of each node: the shared file system is read once for each node, in long sequential reads.
/// Packed tar archives are unpacked to plain ones on the way, so that a rank can skip to its files instead of unpacking all before them.
/// Loose files are read in place. Each job has a folder of its own, and removes those of jobs of its machine that were killed.
/// </summary>
public sealed partial class StagedArchives : IDisposable
{
    private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);
    private string? _ownFolder;

    private StagedArchives()
    {
    }

    /// <summary>Makes the copies; the ranks of a node share the work. A collective call.</summary>
    /// <param name="job">The job.</param>
    /// <param name="corpus">The corpus.</param>
    /// <param name="archives">Manifest paths of the archives.</param>
    /// <param name="limits">Limits of unpacking.</param>
    public static StagedArchives Copy(Job job, Corpus corpus, IReadOnlyList<string> archives, CorpusLimits limits)
    {
        var staged = new StagedArchives();
        if (job.Options.StageFolder is not { } stage || archives.Count == 0)
            return staged;
        using ICommunicator node = job.World.SplitNode();
        string folder = Path.Combine(stage, node.BroadcastString(ProcessIdentity.Own.FileName, 0));
        try
        {
            job.World.Together(() =>
            {
                Directory.CreateDirectory(folder);
                if (node.Rank == 0)
                {
                    staged._ownFolder = folder;
                    Sweep(stage);
                }

                for (int i = 0; i < archives.Count; i++)
                {
                    CorpusSource source = corpus.SourceOf(archives[i]);
                    string ending = source.Location.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? ".zip" : ".tar";
                    string place = Path.Combine(folder, i.ToString("D6", CultureInfo.InvariantCulture) + ending);
                    staged._places[source.Path] = place;
                    if (i % node.Size != node.Rank)
                        continue;
                    job.StopPoint();
                    try
                    {
                        Copy(source.Location, place, limits);
                    }
                    catch (InvalidDataException damage)
                    {
                        throw UserException.Unusable(
                            $"the archive {source.Location} is damaged since it was indexed: {FileContent.Reason(damage)}");
                    }
                }
            });
        }
        catch
        {
            staged.Dispose();
            throw;
        }

        return staged;
    }

    /// <summary>The source where it is to be read.</summary>
    public CorpusSource Place(CorpusSource source) =>
        _places.TryGetValue(source.Path, out string? place) ? source with { Location = place } : source;

    /// <summary>Removes the copies, once all ranks of the node have read them.</summary>
    public void Dispose()
    {
        if (_ownFolder is { } folder)
            WholeFile.Discard(() => OwnedDirectory.Remove(folder, CopyName().IsMatch));
        _ownFolder = null;
    }

    private static void Sweep(string stage)
    {
        foreach (string folder in Directory.EnumerateDirectories(stage, "crystalhpc-*"))
        {
            if (ProcessIdentity.Find(folder) is { IsGone: true } gone && Path.GetFileName(folder) == gone.FileName)
                OwnedDirectory.Remove(folder, CopyName().IsMatch);
        }
    }

    private static void Copy(string from, string to, CorpusLimits limits)
    {
        using var file = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
        using Stream source = Packing.NameInside(from).EndsWith(".tar", StringComparison.OrdinalIgnoreCase)
            ? Packing.Open(from, file, ExpansionLimit.Of(file, limits.MaxExpansionRatio))
            : file;
        using var target = new OutputFileStream(to);
        source.CopyTo(target, 1 << 20);
    }

    [GeneratedRegex(@"^[0-9]{6,}\.(zip|tar)$")]
    private static partial Regex CopyName();
}
