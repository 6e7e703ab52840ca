using System.Security.Cryptography;
using System.Text;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Learning.Formulas.Tables;
using CrystalHpc.Learning.Structures;

namespace CrystalHpc.Generation.Data;

/// <summary>Cubic crystals of tables whose columns <see cref="TableStructure"/> understands.</summary>
/// <param name="Samples">The rows that can be used, in the order of the tables.</param>
/// <param name="Refused">Rows that should be usable and are not.</param>
/// <param name="Others">Number of rows that are sound but of no kind that is learned, most of them not cubic.</param>
/// <param name="Digest">SHA-256 of the content of all tables.</param>
public sealed record GenerationTable(
    IReadOnlyList<GenerationSample> Samples, IReadOnlyList<RefusedRow> Refused, int Others, string Digest)
{
    // What a table calls a formation energy, and whether it is that of a cell instead of an atom.
    private static readonly (string Column, bool OfCell)[] Energies = [("heat_all", true), ("form_en", false), ("e_form_eV_atom", false)];

    private static readonly SymmetryTolerance Loose = new(0.1, 5);

    /// <summary>Reads tables, .csv or .csv.gz, one after another.</summary>
    /// <exception cref="UserException">One is no such table, or no row can be used.</exception>
    public static GenerationTable Read(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var samples = new List<GenerationSample>();
        var refused = new List<RefusedRow>();
        int others = 0;
        var digests = new StringBuilder();
        foreach (string path in paths)
        {
            CsvTable table = CsvTable.Read(path);
            digests.Append(table.Digest);
            refused.AddRange(table.Refused);
            TableStructure structures = TableStructure.Of(table) ?? throw UserException.Unusable($"{path} has no structures");
            (int energy, bool ofCell) = Energies.Select(known => (table.Column(known.Column), known.OfCell)).FirstOrDefault(
                found => found.Item1 >= 0, (-1, false));
            var rows = new (GenerationSample? Sample, Finding? Problem)[table.Rows.Count];
            global::System.Threading.Tasks.Parallel.For(0, rows.Length, i
                => rows[i] = Read(table, table.Rows[i], structures, energy, ofCell));
            samples.AddRange(rows.Select(row => row.Sample).OfType<GenerationSample>());
            refused.AddRange(rows.Select((row, i) => (table.Rows[i].Line, row.Problem)).Where(row => row.Problem is not null)
                .Select(row => new RefusedRow(row.Line, row.Problem!.Value)));
            others += rows.Count(row => row is { Sample: null, Problem: null });
        }

        return samples.Count == 0
            ? throw UserException.Unusable("no row of the tables is a cubic crystal of a known kind")
            : new GenerationTable(
                samples, refused, others, Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(digests.ToString()))));
    }

    private static (GenerationSample?, Finding?) Read(
        CsvTable table, CsvTableRow row, TableStructure structures, int energyColumn, bool ofCell)
    {
        if (structures.Read(row, VoxelFindings.Unreadable, out Finding? problem) is not { } structure)
            return (null, problem);
        bool isPerovskite = table.Column("heat_all") >= 0;
        CellClass? found = structures.IsHeusler
            ? row.Fields[table.Column("lat_type")].Equals("xa", StringComparison.OrdinalIgnoreCase) ? CellClass.XA : CellClass.L21
            : isPerovskite ? CellClass.Perovskite : ClassOf(structure);
        if (found is not { } kind)
            return (null, null);
        if (CubicCell.TryCreate(structure, out problem) is not { } cell)
            return (null, problem!.Value.Code == VoxelFindings.NotCubic ? null : problem);
        double energy = energyColumn < 0 ? double.NaN
            : FormulaTable.Number(row, energyColumn, -50, 50, out _) is { } value ? ofCell
                ? value / structure.AtomCount : value : double.NaN;
        return (new GenerationSample(structures.IdOf(row), kind, StructureKey.Of(structure), cell, energy), null);
    }

    // By the counts of its elements; its lattice may be cubic by chance, its atoms must be.
    private static CellClass? ClassOf(CrystalStructure structure)
    {
        CellClass? kind = KindOf([.. structure.SiteOfAtom.ToArray().CountBy(site => structure.Sites[site].Element)
            .Select(pair => pair.Value)]);
        return kind is not null && new SymmetryFinder().Find(structure, Loose) is { Number: >= CubicCell.FirstCubicGroup } ? kind : null;
    }

    /// <summary>The kind of crystal by the numbers of atoms of its elements; null when it is none.</summary>
    internal static CellClass? KindOf(int[] counts)
    {
        int least = counts.Min();
        Array.Sort(counts);
        return counts.Any(count => count % least != 0) ? null : Array.ConvertAll(counts, count => count / least) switch
        {
            [1, 1] => CellClass.AB,
            [1, 1, 3] => CellClass.ABX3,
            [1, 1, 2] => CellClass.X2YZ,
            _ => null,
        };
    }
}
