namespace CrystalHpc.Engine.Corpora;

/// <summary>Takes what several paths lead to once, under the first of them.</summary>
/// <param name="note">Called with a sentence for each path that is passed over; may be null.</param>
internal sealed class CorpusWalk(Action<string>? note)
{
    private readonly HashSet<(ulong Device, ulong Inode)> _seen = [];
    private int _skippedDepth = int.MaxValue;

    /// <summary>Whether an entry is a source that was not there before. Entries come in the order of the corpus.</summary>
    public bool Takes(CorpusEntry entry)
    {
        // What lies in a folder that was taken before.
        if (entry.Depth > _skippedDepth)
            return false;
        _skippedDepth = int.MaxValue;
        switch (entry.Kind)
        {
            case EntryKind.Run:
                note?.Invoke($"{entry.Path} is a run directory, which is no part of the corpus");
                return false;
            case EntryKind.Folder:
                if (!IsFirst(entry))
                    _skippedDepth = entry.Depth;
                return false;
            case EntryKind.Unreadable:
                return true;
            default:
                return IsFirst(entry);
        }
    }

    // A link to a folder above itself would never end; a file taken twice would count twice.
    private bool IsFirst(CorpusEntry entry)
    {
        if (!entry.Status.HasIdentity || _seen.Add((entry.Status.Device, entry.Status.Inode)))
            return true;
        note?.Invoke($"{entry.Path} leads to what has been taken by another path");
        return false;
    }
}
