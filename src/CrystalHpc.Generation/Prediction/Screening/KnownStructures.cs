using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Matching;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Generation.Data;
using CrystalHpc.Learning.Formulas.Tables;
using CrystalHpc.Learning.Structures;

namespace CrystalHpc.Generation.Prediction.Screening;

/// <summary>Structures that are known, by the library and by files that the user names: a candidate that matches one is not new.</summary>
/// <param name="library">The library.</param>
public sealed class KnownStructures(ReferenceLibrary library)
{
    private readonly StructureMatcher _matcher = new(MatchTolerance.Default);
    private readonly Dictionary<string, List<(string Id, CrystalStructure Structure)>> _others = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(string Id, MatchableStructure Structure)>> _ready = new(StringComparer.Ordinal);

    /// <summary>Adds the structures of a file: a table of structures, or CIF files, folders and archives.</summary>
    /// <exception cref="UserException">It is none of these.</exception>
    public void Add(string path, RunConfiguration defaults)
    {
        ArgumentNullException.ThrowIfNull(path);
        foreach ((string id, CrystalStructure structure) in StructureSource.Read(path, defaults))
        {
            string key = StructureKey.Of(structure);
            if (!_others.TryGetValue(key, out List<(string, CrystalStructure)>? list))
                _others[key] = list = [];
            list.Add((id, structure));
        }
    }

    /// <summary>What a structure is known as: the name of the first one that it is the same as (docs/matching.md); null when it is
    /// new.</summary>
    public string? NameOf(CrystalStructure structure)
    {
        ArgumentNullException.ThrowIfNull(structure);
        return MatchableStructure.Of(AtomsOf(structure)) is not { } matchable ? null
            : Ready(StructureKey.Of(structure)).FirstOrDefault(known => _matcher.AreSame(known.Structure, matchable)).Id;
    }

    /// <summary>The atoms of an ordered structure; kinds are atomic numbers.</summary>
    internal static AtomicCell AtomsOf(CrystalStructure structure) => new(
        Basis.Of(structure.Cell), structure.Positions, [.. structure.SiteOfAtom.ToArray().Select(site =>
            (int)structure.Sites[site].Element.AtomicNumber)]);

    private List<(string Id, MatchableStructure Structure)> Ready(string key)
    {
        if (_ready.TryGetValue(key, out List<(string, MatchableStructure)>? known))
            return known;
        IEnumerable<(string Id, AtomicCell Cell)> all = library.Of(key).Where(crystal => crystal.Cell is not null)
            .Select(crystal => (crystal.Id, crystal.Cell!.ToAtomicCell()))
            .Concat(_others.GetValueOrDefault(key, []).Select(other => (other.Id, AtomsOf(other.Structure))));
        return _ready[key] = [.. all.Select(one => (one.Id, Structure: MatchableStructure.Of(one.Cell))).Where(one =>
            one.Structure is not null)
            .Select(one => (one.Id, one.Structure!))];
    }
}

/// <summary>Ordered structures of files that the user names.</summary>
internal static class StructureSource
{
    /// <summary>The structures of a table, or of CIF files, folders and archives, with their names; those that cannot be read are left
    /// out.</summary>
    /// <exception cref="UserException">The path is none of these, or holds no structure.</exception>
    public static List<(string Id, CrystalStructure Structure)> Read(string path, RunConfiguration defaults)
    {
        List<(string, CrystalStructure)> found = LooseStructures.Are(path)
            ? [.. LooseStructures.Read(path, defaults, LooseStructures.Validation).Where(entry => entry.Outcome is { IsAccepted: true,
                Structure: not null })
                .Select(entry => (entry.Outcome.StructureId, entry.Outcome.Structure!))]
            : path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase)
                ? OfTable(path)
            : throw UserException.Unusable($"{path} is no table of structures, CIF file, folder or archive");
        return found.Count > 0 ? found : throw UserException.Unusable($"no structure in {path}");
    }

    private static List<(string, CrystalStructure)> OfTable(string path)
    {
        CsvTable table = CsvTable.Read(path);
        TableStructure structures = TableStructure.Of(table) ?? throw UserException.Unusable($"{path} has no structures");
        return [.. table.Rows.Select(row => (Id: structures.IdOf(row), Structure: structures.Read(row, VoxelFindings.Unreadable,
            out Finding? _)))
            .Where(entry => entry.Structure is not null).Select(entry => (entry.Id, entry.Structure!))];
    }
}
