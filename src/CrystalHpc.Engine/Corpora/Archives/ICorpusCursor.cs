namespace CrystalHpc.Engine.Corpora;

/// <summary>
/// Walks the files of one source in its own order, forward only, so that archives are read in place in one sequential pass.
/// </summary>
public interface ICorpusCursor : IDisposable
{
    /// <summary>Moves to the next regular file. False at the end.</summary>
    /// <exception cref="InvalidDataException">The archive is damaged or cut short.</exception>
    bool MoveNext(out CorpusMember member);

    /// <summary>Opens the current file for one read, unpacked.</summary>
    Stream Open();
}
