using System.Text;
using System.Text.Json;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;

namespace CrystalHpc.Engine.Runs;

/// <summary>
/// <c>finished.state</c> beside the results of a stage: what they were made from, and the SHA-256 of each file, so that a run that is given
/// again makes only what has changed. Results of another build of the program are made again.
/// </summary>
/// <param name="job">The job.</param>
/// <param name="folder">Folder of the results.</param>
/// <param name="makers">Types in the assemblies that make the results.</param>
/// <param name="madeFrom">Text that decides the results: formats, options, digests of inputs. Asked for on rank 0.</param>
public sealed class FinishedStage(Job job, string folder, IEnumerable<Type> makers, Func<string> madeFrom)
{
    private const string Ending = ".state";

    private string StatePath => Path.Combine(folder, $"finished{Ending}");

    /// <summary>
    /// Whether the results are there, made from the same and as they were written; ranks share the work. A collective call.
    /// </summary>
    public bool IsCurrent()
    {
        byte[] saved = job.World.OnRankZero(() => File.Exists(StatePath) ? State().Read(out _) : []);
        if (saved.Length == 0)
            return false;
        var digests = JsonSerializer.Deserialize<SortedDictionary<string, string>>(saved)!;
        string[] files = Files();
        long others = files.SequenceEqual(digests.Keys) ? 0 : 1;
        if (others == 0)
            ForMine(files, file => others += WholeFile.Digest(Path.Combine(folder, file)) == digests[file] ? 0 : 1);
        return job.World.Allreduce(others, ReduceOperation.Sum) == 0;
    }

    /// <summary>The results are written: says what they were made from. A collective call.</summary>
    /// <param name="known">Digests that rank 0 has already; null: none.</param>
    public void Record(SortedDictionary<string, string>? known = null)
    {
        string[] files = Files();
        byte[] names = job.World.OnRankZero(() => Lines(files.Where(file => known?.ContainsKey(file) != true)));
        var mine = new List<FileDigest>();
        ForMine(Lines(names), file => mine.Add(new FileDigest(file, WholeFile.Digest(Path.Combine(folder, file)))));
        IReadOnlyList<FileDigest>? others = job.World.Gather(mine);
        job.World.OnRankZero(() =>
        {
            var digests = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach ((string file, string sha256) in known ?? [])
                digests[file] = sha256;
            foreach ((string file, string sha256) in others!)
                digests[file] = sha256;
            State().Write(JsonSerializer.SerializeToUtf8Bytes(digests));
        });
    }

    private SealedState State() => new(
        StatePath,
        $"{string.Join(' ', makers.Select(maker => ProgramVersion.BuildOf(maker.Assembly)).Distinct())}\n{madeFrom()}");

    // Names as rank 0 sees them, in ordinal order.
    private string[] Files() => Lines(job.World.OnRankZero(() => Lines(
        Directory.EnumerateFiles(folder)
            .Select(path => Path.GetFileName(path))
            .Where(name => Path.GetExtension(name) != Ending && !WholeFile.IsAside(name))
            .Order(StringComparer.Ordinal))));

    private void ForMine(string[] files, Action<string> work) => job.World.Together(() =>
    {
        foreach (int i in job.Mine([.. Enumerable.Range(0, files.Length)]))
        {
            job.StopPoint();
            work(files[i]);
        }
    });

    private static byte[] Lines(IEnumerable<string> names) => Encoding.UTF8.GetBytes(string.Join('\n', names));

    private static string[] Lines(byte[] names) => Encoding.UTF8.GetString(names).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private sealed record FileDigest(string File, string Sha256);
}
