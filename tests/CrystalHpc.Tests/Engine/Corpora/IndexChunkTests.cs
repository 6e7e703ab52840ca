using CrystalHpc.Engine.Corpora;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Tests.Engine.Corpora;

/// <summary>Chunks of the index keep the order of the corpus; archives stand alone.</summary>
public sealed class IndexChunkTests
{
    [Test]
    public void Archives_are_chunks_of_their_own_and_loose_files_go_together()
    {
        SourceRow[] sources =
        [
            .. Enumerable.Range(0, IndexChunk.FilesPerChunk + 1).Select(i => Source($"{i:D5}.cif")),
            Source("a.zip"), Source("b.tar"), Source("last.cif"),
        ];
        (int Chunk, SourceRow Source)[] numbered = [.. IndexChunk.Number(sources)];
        Assert.That(numbered.Select(item => item.Source), Is.EqualTo(sources));
        Assert.That(numbered.Select(item => item.Chunk).Distinct(), Is.EqualTo(new[] { 0, 1, 2, 3, 4 }));
        Assert.That(numbered.Count(item => item.Chunk == 0), Is.EqualTo(IndexChunk.FilesPerChunk));
        Assert.That(numbered.Where(item => item.Chunk is 2 or 3).Select(item => item.Source.Path), Is.EqualTo(new[] { "a.zip", "b.tar" }));
    }

    private static SourceRow Source(string path) => new(path, 1, "");
}
