using CrystalHpc.Engine.Jobs;
using CrystalHpc.Parallel;

namespace CrystalHpc.Engine.Tables;

/// <summary>
/// A file that all ranks write: each its part, the parts in the order of the ranks. Parts of known length go to their place at once; else a
/// part goes to a file beside it as it is made, and to its place when all have their lengths. So no rank holds more than a buffer. The file
/// appears whole or not at all, as <see cref="WholeFile"/> has it.
/// </summary>
public sealed class SharedFile : IDisposable
{
    private readonly ICommunicator _world;
    private readonly string _path;
    private readonly string _whole;
    private readonly string _aside;
    private OutputFileStream? _part;

    /// <summary>Opens the part of this rank, which may be of any length. The folder is there. A collective call.</summary>
    /// <param name="world">The ranks.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="UserException">It cannot be written.</exception>
    public SharedFile(ICommunicator world, string path)
    {
        ArgumentNullException.ThrowIfNull(world);
        (_world, _path, _aside) = (world, path, WholeFile.AsideOf(path));
        _whole = world.BroadcastString(_aside, 0);
        world.Together(() => _part = new OutputFileStream(_aside));
    }

    /// <summary>Opens the part of this rank, of a length that is known. The folder is there. A collective call.</summary>
    /// <param name="world">The ranks.</param>
    /// <param name="path">The file.</param>
    /// <param name="bytes">Length of the part of this rank.</param>
    /// <exception cref="UserException">It cannot be written.</exception>
    public SharedFile(ICommunicator world, string path, long bytes)
    {
        ArgumentNullException.ThrowIfNull(world);
        (_world, _path) = (world, path);
        _aside = _whole = world.BroadcastString(WholeFile.AsideOf(path), 0);
        long first = world.Allgather(bytes).Take(world.Rank).Sum();
        world.OnRankZero(() => new OutputFileStream(_whole).Dispose());
        world.Together(() => _part = new OutputFileStream(_whole, FileMode.Open, first, isShared: true));
    }

    /// <summary>Receives the part of this rank.</summary>
    public Stream Part => _part ?? throw new ObjectDisposedException(_path);

    /// <summary>Puts the parts together. A collective call.</summary>
    /// <exception cref="UserException">It cannot be written; what stood in the place before stays.</exception>
    public void Complete()
    {
        long length = Part.Length;
        bool isElsewhere = _aside != _whole;
        _world.Together(() =>
        {
            if (!isElsewhere)
                _part!.FlushToDisk();
            ClosePart();
        });
        long first = _world.Allgather(length).Take(_world.Rank).Sum();
        _world.Together(() =>
        {
            if (isElsewhere && length > 0)
                Append(first);
        });
        _world.OnRankZero(() => File.Move(_whole, _path, overwrite: true));
    }

    /// <summary>Removes what was not put together.</summary>
    public void Dispose()
    {
        WholeFile.Discard(ClosePart);
        if (_aside != _whole || _world.Rank == 0)
            WholeFile.Discard(() => File.Delete(_aside));
    }

    private void Append(long first)
    {
        using FileStream own = File.OpenRead(_aside);
        using var place = new OutputFileStream(_whole, FileMode.Open, first, isShared: true);
        own.CopyTo(place);
        place.FlushToDisk();
    }

    private void ClosePart()
    {
        OutputFileStream? part = _part;
        _part = null;
        part?.Dispose();
    }
}
