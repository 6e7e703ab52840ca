namespace CrystalHpc.Engine.Corpora;

/// <summary>A single file, packed or not, as a source with one member.</summary>
internal sealed class FileCursor(string path) : ICorpusCursor
{
    private bool _isDone;

    public bool MoveNext(out CorpusMember member)
    {
        member = _isDone ? default : new CorpusMember("", -1);
        bool found = !_isDone;
        _isDone = true;
        return found;
    }

    public Stream Open() => Packing.Open(
        path, new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan), ExpansionLimit.None);

    public void Dispose()
    {
    }
}
