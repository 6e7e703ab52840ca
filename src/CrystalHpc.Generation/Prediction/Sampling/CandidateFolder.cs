using System.Buffers;
using System.Globalization;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Matching;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Generation.Prediction.Export;
using CrystalHpc.Generation.Prediction.Screening;
using CrystalHpc.Learning.Formulas.Tables;

namespace CrystalHpc.Generation.Prediction.Sampling;

/// <summary>
/// A folder of candidates: a CIF file for each, two tables, a page, inputs of programs where they are wanted. Every CIF file is read back
/// and must be the same structure.
/// </summary>
/// <param name="path">The folder: new, empty, or one of this program, whose candidates are replaced.</param>
public sealed class CandidateFolder(string path)
{
    /// <summary>Name of the table; it tells the folder as one of this program.</summary>
    public const string Table = "candidates.csv";

    /// <summary>Name of the table of draws and what became of them.</summary>
    public const string FunnelTable = "funnel.csv";

    /// <summary>Name of the page.</summary>
    public const string Page = "report.html";

    // CIF files round coordinates to a few digits.
    private static readonly MatchTolerance Exact = new(1e-3, 1e-3, 0.1, ScalesVolume: false);

    private readonly string _path = Path.GetFullPath(path);

    /// <summary>Its full path.</summary>
    public string FullPath => _path;

    /// <summary>The name of the file of a candidate.</summary>
    /// <param name="place">Its place, from 0.</param>
    /// <param name="candidate">The candidate.</param>
    public static string NameOf(int place, ScreenedCandidate candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        return string.Create(CultureInfo.InvariantCulture, $"{place + 1:D4}-{candidate.Key}.cif");
    }

    /// <summary>Holds that the folder may be written to, before work starts.</summary>
    /// <exception cref="UserException">It holds other files.</exception>
    public void Require()
    {
        if (File.Exists(_path))
            throw UserException.Unusable($"{_path} is a file");
        if (Directory.Exists(_path) && Directory.EnumerateFileSystemEntries(_path).Any() && !File.Exists(Path.Combine(_path, Table)))
            throw UserException.Unusable($"{_path} is not empty and holds no {Table} of this program; it is left as it is");
    }

    /// <summary>Writes candidates.</summary>
    /// <param name="candidates">The candidates, in their order.</param>
    /// <param name="table">What the table says of each.</param>
    /// <param name="inputs">Inputs of programs that are written as well.</param>
    /// <exception cref="UserException">The folder holds other files.</exception>
    public void Write(IReadOnlyList<ScreenedCandidate> candidates, CandidateTable table, IReadOnlyList<ProgramInput> inputs)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(inputs);
        Require();
        Clear();
        Directory.CreateDirectory(_path);
        for (int i = 0; i < candidates.Count; i++)
        {
            string name = NameOf(i, candidates[i]);
            byte[] text = ToCif(candidates[i]);
            if (!IsReadBack(text, candidates[i].Crystal.Structure))
                throw new InvalidOperationException($"{name} is not read back as the structure that was written");
            WholeFile.Write(Path.Combine(_path, name), stream => stream.Write(text));
            foreach (ProgramInput input in inputs)
                input.Write(_path, Path.GetFileNameWithoutExtension(name), candidates[i].Crystal.Structure);
        }

        WideTable.Write(Path.Combine(_path, Table), ["file", .. table.Columns], candidates.Select((candidate, i) =>
            table.Values(candidate).Prepend(NameOf(i, candidate))));
    }

    /// <summary>Writes what became of draws.</summary>
    public void Write(Funnel funnel)
    {
        ArgumentNullException.ThrowIfNull(funnel);
        Csv.Write(Path.Combine(_path, FunnelTable), funnel.Rows);
    }

    /// <summary>A candidate as a CIF file.</summary>
    public static byte[] ToCif(ScreenedCandidate candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        CrystalStructure structure = candidate.Crystal.Structure;
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new CifWriter(buffer);
        writer.Comment("Made by crystalhpc generate: a candidate, not a measured structure.");
        StructureCif.Write(writer, structure.Cell, structure.Operations, structure.Sites,
            structure.Metadata with { BlockName = candidate.Key });
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>True when our own reader makes the same structure of a file.</summary>
    internal static bool IsReadBack(byte[] text, CrystalStructure structure)
    {
        var findings = new List<Finding>();
        CifDocument document = CifDocument.Parse(text, findings);
        if (document.Blocks.Count != 1 || StructureReader.Read(document.Blocks[0], StructureReaderOptions.Default, findings) is not { } read
            || read.AtomCount != structure.AtomCount || findings.Exists(finding => finding.Code.Severity == FindingSeverity.Error))
            return false;
        MatchableStructure? written = MatchableStructure.Of(AtomicCell.Of(structure)), back = MatchableStructure.Of(AtomicCell.Of(read));
        return written is not null && back is not null && new StructureMatcher(Exact).AreSame(written, back);
    }

    // Files of an earlier sampling go; whatever else lies there stays.
    private void Clear()
    {
        string table = Path.Combine(_path, Table);
        if (!File.Exists(table))
            return;
        CsvTable rows = CsvTable.Read(table);
        int column = rows.Column("file");
        foreach (string file in rows.Rows.Select(row => row.Fields[Math.Max(0, column)]))
        {
            if (column < 0 || Path.GetFileName(file) != file || !file.EndsWith(".cif", StringComparison.Ordinal))
                continue;
            File.Delete(Path.Combine(_path, file));
            foreach (ProgramInput input in ProgramInput.All)
                input.Remove(_path, Path.GetFileNameWithoutExtension(file));
        }

        File.Delete(Path.Combine(_path, FunnelTable));
        File.Delete(Path.Combine(_path, Page));
    }
}
