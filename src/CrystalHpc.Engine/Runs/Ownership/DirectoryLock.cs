using System.Diagnostics;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Runs;

/// <summary>
/// Keeps jobs that would write the same out of a directory, while extractions of different shards go on side by side. Each job has a file
/// <c>.crystalhpc/*.lock</c> that says who it is and whose time stamp it renews. A lock is stale when its process is gone from this
/// machine, when its Slurm job was started again, or when its time stamp stands still. Locks of the file system do not do: many parallel
/// file systems are mounted without them.
/// </summary>
public sealed class DirectoryLock : IDisposable
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(60);

    // A job that was just stopped may take a moment to end.
    private static readonly TimeSpan LongestEnding = TimeSpan.FromSeconds(2);
    private static int _count;

    private readonly string? _file;
    private readonly Timer? _heart;

    private DirectoryLock(string? file)
    {
        _file = file;
        if (file is not null)
            _heart = new Timer(_ => WholeFile.Discard(() => File.SetLastWriteTimeUtc(file, DateTime.UtcNow)), null, Heartbeat, Heartbeat);
    }

    /// <summary>
    /// Takes a directory into possession (see <see cref="OwnedDirectory.Claim"/>) and locks it until disposal. A collective call.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="directory">The directory.</param>
    /// <param name="verb">What the job does, for the message that others get.</param>
    /// <param name="shards">The shards that it writes; null when it writes what all shards have in common.</param>
    /// <exception cref="UserException">Another job works there, or the directory is not ours.</exception>
    public static DirectoryLock Take(Job job, string directory, string verb, int[]? shards = null)
    {
        string? file = null;
        job.World.OnRankZero(() =>
        {
            OwnedDirectory.Claim(directory);
            file = Register(job, directory, LockHolder.Own(verb, shards), LongestSilence);
        });
        return new DirectoryLock(file);
    }

    /// <summary>Gives the directory free.</summary>
    public void Dispose()
    {
        _heart?.Dispose();

        // A lock that cannot be removed is stale as soon as this process has ended.
        if (_file is not null)
            WholeFile.Discard(() => File.Delete(_file));
    }

    /// <summary>Writes the lock file, once nobody is in the way.</summary>
    /// <param name="job">The job.</param>
    /// <param name="directory">The directory.</param>
    /// <param name="asking">Who asks.</param>
    /// <param name="longestSilence">How long the time stamp of a lock from elsewhere may stand still.</param>
    /// <exception cref="UserException">Somebody is.</exception>
    internal static string Register(Job job, string directory, LockHolder asking, TimeSpan longestSilence)
    {
        string folder = OwnedDirectory.MarkerOf(directory);
        string own = Path.Combine(folder, $"{asking.Process.FileName}-{Interlocked.Increment(ref _count)}.lock");

        // Announced first, then looked around: of two jobs that come at the same moment each sees the other, and none goes on unseen.
        WholeFile.Write(own, stream => stream.Write(asking.ToBytes()));
        try
        {
            while (InTheWay(folder, own, asking) is ({ } file, { } holder))
            {
                bool? isAlive = IsAlive(job, folder, own, file, holder, asking, longestSilence);
                if (isAlive == true)
                {
                    throw UserException.Unusable(
                        $"{directory} is in use by {holder}. Wait for it or stop it; if it is certain that it does not run any more, "
                        + $"remove {file}");
                }

                if (isAlive == false)
                    File.Delete(file);
            }
        }
        catch
        {
            WholeFile.Discard(() => File.Delete(own));
            throw;
        }

        return own;
    }

    // Removes locks that are stale for certain on the way.
    private static (string File, LockHolder Holder)? InTheWay(string folder, string own, LockHolder asking)
    {
        foreach (string file in Directory.EnumerateFiles(folder, "*.lock").Where(file => file != own).Order(StringComparer.Ordinal))
        {
            LockHolder? holder;
            try
            {
                holder = LockHolder.Parse(File.ReadAllBytes(file));
            }
            catch (FileNotFoundException)
            {
                continue;
            }

            if (holder is null || holder.IsGone(asking))
                File.Delete(file);
            else if (holder.IsInTheWayOf(asking))
                return (file, holder);
        }

        foreach (string file in Directory.EnumerateFiles(folder, "*.tmp").Where(WholeFile.IsAside))
        {
            if (ProcessIdentity.Find(file) is { IsGone: true })
                File.Delete(file);
        }

        return null;
    }

    // A process on this machine is seen itself. One elsewhere shows that it runs by renewing the time stamp; only that it changes counts,
    // as clocks of machines differ. Of jobs that ask at the same moment each sees the others: the one whose file comes first outwaits them,
    // so that one comes in. A job that outwaits others looks again (null) as soon as one whose file comes before its own has arrived; else
    // that one would give up first, and none came in.
    private static bool? IsAlive(Job job, string folder, string own, string file, LockHolder holder, LockHolder asking,
        TimeSpan longestSilence)
    {
        bool isHere = holder.Process.Host == asking.Process.Host, outwaits = string.CompareOrdinal(own, file) < 0;
        TimeSpan limit = !isHere ? longestSilence : outwaits ? 2 * LongestEnding : LongestEnding;
        if (!isHere)
            job.Warn($"lock     waiting for a sign of life of {holder}");
        DateTime? first = TimeStamp(file);
        bool isAlive = isHere;
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < limit; Thread.Sleep(50))
        {
            job.StopPoint();
            DateTime? present = TimeStamp(file);
            if (present is null || holder.IsGone(asking))
                return false;
            if (outwaits && InTheWay(folder, own, asking) is ({ } earlier, _) && string.CompareOrdinal(earlier, own) < 0)
                return null;
            if (!isAlive && present != first)
            {
                if (!outwaits)
                    return true;
                (isAlive, limit) = (true, clock.Elapsed + Heartbeat + LongestEnding);
            }
        }

        return isAlive;
    }

    // Network file systems ask the server anew when a file is opened.
    private static DateTime? TimeStamp(string file)
    {
        try
        {
            using FileStream stream = File.OpenRead(file);
            return File.GetLastWriteTimeUtc(stream.SafeFileHandle);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
