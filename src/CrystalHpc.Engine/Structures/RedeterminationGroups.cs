using System.Globalization;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Matching;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Structures;

/// <summary>
/// Finds redeterminations over all ranks: the structures of a formula go to the rank that owns it, which compares them with one another. No rank
/// holds the structures of all.
/// </summary>
internal static class RedeterminationGroups
{
    /// <summary>The group of each structure by name, on rank 0; null elsewhere. A collective call.</summary>
    /// <param name="job">The job.</param>
    /// <param name="mine">Reads the structures of this rank.</param>
    /// <param name="tolerance">How far structures may differ and be one group; null: there are no groups.</param>
    public static IReadOnlyList<GroupRow>? Find(Job job, Func<IEnumerable<CellRow>> mine, MatchTolerance? tolerance)
    {
        List<CellRow> cells = [];
        job.World.Together(() => cells = [.. tolerance is null ? [] : mine()]);
        IReadOnlyList<CellRow> owned = job.World.Exchange(cells, row => (int)(TextHash.Of(Redeterminations.FormulaOf(row.GroupId)) % (ulong)job.World.Size));
        var groups = new List<GroupRow>();
        job.World.Together(() =>
        {
            foreach (IGrouping<string, CellRow> formula in owned.GroupBy(row => Redeterminations.FormulaOf(row.GroupId)))
            {
                job.StopPoint();
                foreach (IReadOnlyList<string> names in Redeterminations.Group(formula.Select(row => (row.GroupId, PlacesOf(row))), tolerance!))
                    groups.AddRange(names.Select(name => new GroupRow(name, names.Count, names[0])));
            }
        });
        return job.World.Gather(groups)?.OrderBy(row => row.GroupId, StringComparer.Ordinal).ToArray();
    }

    private static OccupiedPlaces PlacesOf(CellRow row) =>
        new(new UnitCell(row.A, row.B, row.C, row.Alpha, row.Beta, row.Gamma), [.. row.Places.Split(';').Select(PlaceOf)]);

    private static OccupiedPlace PlaceOf(string text)
    {
        string[] parts = text.Split(' ');
        return new OccupiedPlace(parts[0], new Fractional(Number(parts[1]), Number(parts[2]), Number(parts[3])));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
