using System.Xml.Linq;
using CrystalHpc.Engine.Report;
using CrystalHpc.Potentials.Search;

namespace CrystalHpc.Potentials.Commands.Searching.Pages;

/// <summary>The ancestors of a structure: when each was made, its enthalpy, and lines from parents to children.</summary>
internal static class FamilyTree
{
    private const int Most = 120;
    private static readonly Frame Frame = new(76, 24, 620, 290);

    /// <summary>The drawing; null for a structure without parents.</summary>
    public static XElement? Of(Individual structure, IReadOnlyList<Individual> all)
    {
        var tree = new SortedDictionary<int, Individual>();
        var open = new Queue<Individual>([structure]);
        while (open.TryDequeue(out Individual? next) && tree.Count < Most)
        {
            if (!tree.TryAdd(next.Number, next))
                continue;
            foreach (int parent in next.Parents)
                open.Enqueue(all[parent]);
        }

        if (tree.Count < 2)
            return null;
        double low = tree.Values.Min(one => one.Enthalpy), high = tree.Values.Max(one => one.Enthalpy);
        var x = new LinearScale(0, structure.Number + 1, Frame.Left, Frame.Right);
        LinearScale y = LinearScale.Round(low, Math.Max(high, low + 1e-6), Frame.Bottom, Frame.Top, 4);
        return Svg.Drawing(
            "family-tree", "Family tree", FormattableString.Invariant($"{tree.Count} ancestors of structure {structure.Number}."), 640, 334,
            Axis.Left(y, Frame, "enthalpy, eV"), Axis.Bottom(x, Frame, "structure"),
            tree.Values.SelectMany(child => child.Parents.Where(tree.ContainsKey).Select(parent =>
                Svg.Line(x.Map(parent), y.Map(tree[parent].Enthalpy), x.Map(child.Number), y.Map(child.Enthalpy), "base"))),
            tree.Values.Select(one => Marks.Circle(
                x.Map(one.Number), y.Map(one.Enthalpy), one == structure ? 5 : 3.5, one.Parents.Length == 0 ? "point weak" : "point",
                FormattableString.Invariant($"{one.Number}: {one.Operator}, {one.Enthalpy:0.0000} eV"))));
    }
}
