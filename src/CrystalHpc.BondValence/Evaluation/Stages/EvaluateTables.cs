using System.Text;
using System.Text.Json;
using CrystalHpc.BondValence.Equations;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>The sites of an evaluation on rank 0: joined with what the run knows of their structures, sent to all ranks, written as tables.</summary>
internal sealed class EvaluateTables
{
    private readonly EvaluationRequest _request;
    private readonly string[] _names;
    private readonly IReadOnlyList<EvaluatedRow> _rows;
    private readonly StructureGroups _groups;
    private readonly string?[] _reasons;
    private readonly Dictionary<string, StructureRow> _structures = [];

    /// <summary>Joins sites and structures and decides what is excluded.</summary>
    public EvaluateTables(EvaluationRequest request, RunDirectory run, string[] names, IReadOnlyList<EvaluatedRow> rows, StructureGroups groups)
    {
        (_request, _names, _rows, _groups) = (request, names, rows, groups);
        _reasons = [.. rows.Select(row => EvaluateExclusions.ReasonOf(row, request.Options))];
        foreach (StructureRow row in Csv.Read<StructureRow>(Path.Combine(run.Merged, "structures.csv")))
        {
            if (row.Verdict == StructureOutcome.Accepted)
                _structures.TryAdd(row.StructureId, row);
        }
    }

    /// <summary>Excluded sites by reason.</summary>
    public SortedDictionary<string, int> Exclusions => new(
        _reasons.OfType<string>().GroupBy(reason => reason).ToDictionary(reason => reason.Key, reason => reason.Count()), StringComparer.Ordinal);

    /// <summary>What every rank needs of the sites.</summary>
    public byte[] Pack()
    {
        string[] groups = [.. _rows.Select(row => _groups.JoinedOf(row.GroupId)).Distinct().Order(StringComparer.Ordinal)];
        Dictionary<string, int> groupOf = groups.Select((group, i) => (group, i)).ToDictionary(item => item.group, item => item.i);
        Dictionary<BondKey, int> pairGroups = PairGroups();
        var structureOf = new Dictionary<string, int>();
        using var packed = new MemoryStream();
        using var writer = new BinaryWriter(packed, Encoding.UTF8);
        writer.Write(groups.Length);
        foreach (string group in groups)
            writer.Write(group);
        writer.Write(_rows.Count);
        for (int i = 0; i < _rows.Count; i++)
        {
            EvaluatedRow row = _rows[i];
            if (!structureOf.TryGetValue(row.StructureId, out int structure))
                structureOf.Add(row.StructureId, structure = structureOf.Count);
            writer.Write(groupOf[_groups.JoinedOf(row.GroupId)]);
            writer.Write(structure);
            writer.Write(_structures[row.StructureId].OxidationSource);
            writer.Write(_reasons[i] is not null);
            writer.Write(row.Keys.Min(key => pairGroups.GetValueOrDefault(key)));
            row.Write(writer);
        }

        return packed.ToArray();
    }

    /// <summary>The sites on any rank.</summary>
    public static EvaluatedSites Unpack(byte[] packed, string[] names)
    {
        using var reader = new BinaryReader(new MemoryStream(packed), Encoding.UTF8);
        string[] groups = [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => reader.ReadString())];
        var sites = new EvaluatedSite[reader.ReadInt32()];
        double[] sums = new double[sites.Length * names.Length];
        for (int i = 0; i < sites.Length; i++)
        {
            (int group, int structure, string source, bool isExcluded, int pairGroups) =
                (reader.ReadInt32(), reader.ReadInt32(), string.Intern(reader.ReadString()), reader.ReadBoolean(), reader.ReadInt32());
            EvaluatedRow row = EvaluatedRow.Read(reader, names.Length);
            row.Sums.CopyTo(sums, i * names.Length);
            sites[i] = new EvaluatedSite(group, structure, row.Center, row.Neighbors.Count == 1 ? row.Neighbors[0] : null, pairGroups, row.Coordination, row.Multiplicity, source, row.IsComplete, isExcluded);
        }

        return new EvaluatedSites(names, groups, sites, sums);
    }

    /// <summary>Writes all tables of the evaluation.</summary>
    public void Write(
        EvaluationResult result, IReadOnlyList<(BondKey Key, long Sites, long[] Covered)> coverage, IReadOnlyList<(string Table, Finding Finding)> findings)
    {
        Directory.CreateDirectory(_request.Output);
        WholeFile.Sweep(_request.Output);
        Csv.Write(At("metrics.csv"), result.Metrics.Select(MetricRow.Of));
        Csv.Write(At(DeviationTrends.FileName), DeviationTrends.Of(
        [
            .. Enumerable.Range(0, _rows.Count)
                .Where(i => _reasons[i] is null && _rows[i] is { IsComplete: true, Center.Charge: > 0 } && !double.IsNaN(_rows[i].Sums[0]))
                .Select(i => (_rows[i].Center, _rows[i].Neighbors, _rows[i].Coordination, LeadingDeviation(_rows[i]))),
        ]));
        if (result.LearningCurve.Count > 0)
            Csv.Write(At(LearningCurve.FileName), result.LearningCurve);
        else
            File.Delete(At(LearningCurve.FileName));
        Csv.Write(At("differences.csv"), result.Differences.Select(DifferenceRow.Of));
        WholeFile.Write(At("metrics.json"), stream => stream.Write(EvaluateJson.Of(result)));
        Csv.Write(At("findings.csv"), findings.Select(item => new FindingRow(
            "", item.Table, item.Finding.Line, item.Finding.Column, SnakeCase.Of(item.Finding.Code.Severity), item.Finding.Code.Name, item.Finding.Message)));
        Csv.Write(At("excluded.csv"), Enumerable.Range(0, _rows.Count).Where(i => _reasons[i] is not null).Select(Excluded));
        WideTable.Write(
            At("coverage.csv"), ["cation", "cation_charge", "anion", "anion_charge", "n_sites", .. _names.Select(name => $"{name}_n_sites")],
            coverage.Select(pair => (IEnumerable<object?>)
                [pair.Key.Cation.Element.Symbol, pair.Key.Cation.Charge, pair.Key.Anion.Element.Symbol, pair.Key.Anion.Charge, pair.Sites, .. pair.Covered.Cast<object>()]));
        string[] headers =
        [
            "structure_id", "cod_id", "path", "site_index", "site_label", "ion", "charge", "n_bonds", "complete", "multiplicity", "group_id", "fold", "excluded",
            .. _names.Select(name => $"{name}_sum_vu"),
        ];
        WideTable.Write(At("sites.csv"), headers, _rows.Select(SiteFields));
        WideTable.Write(At("failures.csv"), headers, Enumerable.Range(0, _rows.Count)
            .Where(i => SubsetEvaluator.IsWrong(LeadingDeviation(_rows[i])))
            .OrderByDescending(i => Math.Abs(LeadingDeviation(_rows[i])))
            .Select(i => SiteFields(_rows[i], i)));
    }

    // Groups of structures with a cation that has such a bond.
    private Dictionary<BondKey, int> PairGroups() => _rows
        .Where(row => row.Center.Charge > 0)
        .SelectMany(row => row.Keys.Select(key => (Key: key, Group: _groups.JoinedOf(row.GroupId))))
        .Distinct()
        .GroupBy(pair => pair.Key)
        .ToDictionary(pairs => pairs.Key, pairs => pairs.Count());

    private string At(string file) => Path.Combine(_request.Output, file);

    // By the first table that covers the site; NaN, which is no failure, when none does or bonds may be missing.
    private static double LeadingDeviation(EvaluatedRow row) => row.IsComplete
        ? row.Sums.FirstOrDefault(sum => !double.IsNaN(sum), double.NaN) - Math.Abs(row.Center.Charge)
        : double.NaN;

    private IEnumerable<object?> SiteFields(EvaluatedRow row, int index) =>
    [
        row.StructureId, _structures[row.StructureId].CodId, _structures[row.StructureId].Path, row.SiteIndex, row.SiteLabel, row.Center.Element.Symbol,
        row.Center.Charge, row.Coordination, row.IsComplete ? "true" : "false", row.Multiplicity, _groups.JoinedOf(row.GroupId),
        _request.HeldOut is null ? null : _groups.FoldOf(row.GroupId), _reasons[index], .. row.Sums.Cast<object>(),
    ];

    private ExcludedRow Excluded(int index)
    {
        EvaluatedRow row = _rows[index];
        StructureRow structure = _structures[row.StructureId];
        double? misfit = EvaluateExclusions.SmallestMisfit(row);
        return new ExcludedRow(
            row.StructureId, structure.CodId, structure.Path, row.SiteIndex, row.SiteLabel, row.Center.Element.Symbol, row.Center.Charge,
            _reasons[index]!, misfit is { } finite && double.IsFinite(finite) ? finite : null);
    }
}
