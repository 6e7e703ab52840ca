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

namespace CrystalHpc.Generation.Prediction.Sampling;

/// <summary>A folder of candidates: a CIF file for each, and a table. Every file is read back and must be the same structure.</summary>
public static class CandidateFolder
{
    /// <summary>Name of the table; it tells the folder as one of this program.</summary>
    public const string Table = "candidates.csv";

    // CIF files round coordinates to a few digits.
    private static readonly MatchTolerance Exact = new(1e-3, 1e-3, 0.1, ScalesVolume: false);

    /// <summary>Writes candidates.</summary>
    /// <param name="folder">The folder: new, empty, or one of this program, whose candidates are replaced.</param>
    /// <param name="candidates">The crystals.</param>
    /// <param name="known">Reduced formulas of the training.</param>
    /// <exception cref="UserException">The folder holds other files.</exception>
    public static void Write(string folder, IReadOnlyList<Candidate> candidates, IReadOnlySet<string> known)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        string full = Path.GetFullPath(folder);
        Clear(full);
        Directory.CreateDirectory(full);
        var rows = new List<CandidateRow>();
        for (int i = 0; i < candidates.Count; i++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{i + 1:D4}-{candidates[i].Key}.cif");
            byte[] text = ToCif(candidates[i]);
            if (!IsReadBack(text, candidates[i].Structure))
                throw new InvalidOperationException($"{name} is not read back as the structure that was written");
            WholeFile.Write(Path.Combine(full, name), stream => stream.Write(text));
            rows.Add(CandidateRow.Of(name, candidates[i], known));
        }

        Csv.Write(Path.Combine(full, Table), rows);
    }

    /// <summary>A candidate as a CIF file.</summary>
    public static byte[] ToCif(Candidate candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        CrystalStructure structure = candidate.Structure;
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new CifWriter(buffer);
        writer.Comment("Made by crystalhpc generate: a candidate, not a measured structure.");
        StructureCif.Write(writer, structure.Cell, structure.Operations, structure.Sites, structure.Metadata with { BlockName = candidate.Key });
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

    // Files of an earlier sampling go; a folder with anything else is not ours.
    private static void Clear(string folder)
    {
        if (File.Exists(folder))
            throw UserException.Unusable($"{folder} is a file");
        if (!Directory.Exists(folder))
            return;
        string[] entries = [.. Directory.EnumerateFileSystemEntries(folder)];
        if (entries.Length > 0 && !File.Exists(Path.Combine(folder, Table)))
            throw UserException.Unusable($"{folder} is not empty and holds no {Table} of this program; it is left as it is");
        if (entries.Length == 0)
            return;
        foreach (CandidateRow row in Csv.Read<CandidateRow>(Path.Combine(folder, Table)))
        {
            if (Path.GetFileName(row.File) == row.File && row.File.EndsWith(".cif", StringComparison.Ordinal))
                File.Delete(Path.Combine(folder, row.File));
        }
    }
}
