using CsvHelper;

namespace CrystalHpc.Engine.Tables;

/// <summary>One file of the corpus: a row of <c>manifest.csv</c>.</summary>
/// <param name="Id">Stable id: the COD number when the file is named after one, else its path without the ending.</param>
/// <param name="Path">Path from the corpus root's own name on; archive members as <c>archive!member</c>.</param>
/// <param name="Bytes">Length, unpacked.</param>
/// <param name="Sha256">Digest of the unpacked bytes, lower-case hexadecimal; empty when the file could not be read.</param>
/// <param name="Shard">Number of the shard, from 0.</param>
[CsvRecord]
public sealed partial record ManifestRow(
    [property: CsvColumn("id")] string Id,
    [property: CsvColumn("path")] string Path,
    [property: CsvColumn("bytes")] long Bytes,
    [property: CsvColumn("sha256")] string Sha256,
    [property: CsvColumn("shard")] int Shard);
