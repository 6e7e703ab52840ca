using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Formulas;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Products;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Formulas.Tables;

namespace CrystalHpc.Lattices.Data;

/// <summary>
/// Structures that the extraction has read, as rows of formulas, space groups and cells: the group and the conventional cell are those that
/// the atoms have, whatever the file declares. Redeterminations of a structure are one row: the group that most of them have.
/// </summary>
internal static class StructureTable
{
    /// <summary>True for the directory of a run over a corpus.</summary>
    public static bool IsRun(string path) => File.Exists(new RunDirectory(path).RunJson);

    /// <summary>The accepted structures of a merged run.</summary>
    /// <exception cref="UserException">The run is not merged, was changed, or holds no structure that can be used.</exception>
    public static LatticeTable ReadRun(string path)
    {
        var run = new RunDirectory(Path.GetFullPath(path));
        string digest = $"{MergedTables.Verify(run, StructureProduct.FileName)} {MergedTables.Verify(run, StructureGroups.FileName)}";
        Dictionary<string, string> joined = StructureGroups.Read(run).ToDictionary(row => row.GroupId, row => row.JoinedId);
        IEnumerable<StructureRow> accepted = Csv.Read<StructureRow>(Path.Combine(run.Merged, StructureProduct.FileName)).Where(IsAccepted);
        return Of(accepted, row => joined.GetValueOrDefault(row.GroupId, row.StructureId), digest, path);
    }

    /// <summary>Structures that count one by one; those that were rejected are refused rows.</summary>
    /// <exception cref="UserException">No structure can be used.</exception>
    public static LatticeTable Of(IEnumerable<StructureRow> rows, string path) => Of(rows, row => row.StructureId, "", path);

    private static LatticeTable Of(IEnumerable<StructureRow> structures, Func<StructureRow, string> groupOf, string digest, string path)
    {
        (List<(StructureRow Structure, LatticeRow Row, string Group)> read, List<RefusedRow> refused) = ([], []);
        foreach ((int i, StructureRow structure) in structures.Index())
        {
            if (RowOf(structure, i + 1, out Finding problem) is { } row)
                read.Add((structure, row, groupOf(structure)));
            else
                refused.Add(new RefusedRow(i + 1, problem));
        }

        (StructureRow Structure, LatticeRow Row, string Group)[] once = [.. read.GroupBy(entry => entry.Group)
            .Select(group => group.GroupBy(entry => entry.Row.Group).OrderByDescending(same => same.Count()).ThenBy(same => same.Key)
                .First().First())];
        return once.Length == 0
            ? throw UserException.Unusable(
                $"{path}: no structure can be used{(refused.Count > 0 ? $"; the first: {refused[0].Finding.Message}" : "")}")
            : new LatticeTable([.. once.Select(entry => entry.Row)], refused, digest) {
                Cells = [.. once.Select(entry => CellOf(entry.Structure, entry.Row)).OfType<KnownCell>()] };
    }

    private static LatticeRow? RowOf(StructureRow structure, int line, out Finding problem)
    {
        problem = default;
        if (!IsAccepted(structure) || structure.FoundSpaceGroupNumber is not { } group)
            problem = Refusal(structure, IsAccepted(structure) ? "its atoms have no space group" : structure.ReasonCodes);
        else if (!Composition.TryParse(structure.Formula, out Formula? formula, out Composition? composition, out Finding? without))
            problem = without.Value;
        else
            return new LatticeRow(line, structure.StructureId, formula.ReducedKey, composition, group - 1);
        return null;
    }

    /// <summary>Why a structure is not used.</summary>
    public static Finding Refusal(StructureRow structure, string reasons)
        => new(FormulaTableFindings.UnusableStructure, $"{structure.StructureId}: {reasons}");

    private static KnownCell? CellOf(StructureRow structure, LatticeRow row)
    {
        if (structure is not { VolumeA3: { } volume, ConventionalA: { } a, ConventionalB: { } b, ConventionalC: { } c }
            || structure is not { ConventionalAlpha: { } alpha, ConventionalBeta: { } beta, ConventionalGamma: { } gamma })
            return null;
        double each = volume / CellTable.AtomsOf(structure.Formula);
        return each is >= CellTable.LeastVolume and <= CellTable.MostVolume
            ? new KnownCell(row.Key, row.Composition, LatticeClasses.BravaisOf(row.Group),
                ConventionalCell.Of([a, b, c, alpha, beta, gamma], each))
            : null;
    }

    private static bool IsAccepted(StructureRow structure) => structure.Verdict == StructureOutcome.Accepted;
}
