using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Potentials.Model.Analytic;

namespace CrystalHpc.Potentials.Search;

/// <summary>
/// Radial distribution functions of each pair of elements, and their normalized product: near 1 for structures that are the same, in
/// whatever cell they are given. Volumes count, too.
/// </summary>
internal sealed class RadialFingerprint
{
    // In units of the longest bond: how far it looks, and how wide a distance is drawn.
    private const double Reach = 2.5, Width = 0.03;
    private const int BinsPerWidth = 2;

    private readonly Dictionary<(Element, Element), double[]> _functions;

    private RadialFingerprint(Dictionary<(Element, Element), double[]> functions) => _functions = functions;

    /// <summary>That of a structure.</summary>
    public static RadialFingerprint Of(AtomFrame frame, BondLengths bonds)
    {
        var functions = new Dictionary<(Element, Element), double[]>();
        var pairs = new PairList();
        double reach = Reach * bonds.Longest, bin = Width * bonds.Longest / BinsPerWidth;
        if (pairs.Update(frame, reach) is not null)
            return new RadialFingerprint(functions);
        double[] distances = pairs.Distances(frame);
        for (int k = 0; k < pairs.Count; k++)
        {
            double distance = distances[k];
            if (distance > reach)
                continue;
            (Element a, Element b) = (frame.Species[pairs.First[k]], frame.Species[pairs.Second[k]]);
            (Element, Element) key = a.CompareTo(b) <= 0 ? (a, b) : (b, a);
            if (!functions.TryGetValue(key, out double[]? function))
                functions[key] = function = new double[(int)(reach / bin) + 6 * BinsPerWidth];
            int center = (int)Math.Round(distance / bin);

            // Shells fade out where the functions end.
            double weight = (1 - distance / reach) / (distance * distance) / frame.AtomCount;
            for (int i = Math.Max(0, center - 3 * BinsPerWidth); i <= center + 3 * BinsPerWidth && i < function.Length; i++)
                function[i] += weight * Math.Exp(-0.5 * Math.Pow((i * bin - distance) / (BinsPerWidth * bin), 2));
        }

        return new RadialFingerprint(functions);
    }

    /// <summary>The normalized product: 1 for the same functions, 0 for those that nowhere overlap.</summary>
    public double Product(RadialFingerprint other)
    {
        double both = Dot(other), own = Dot(this), others = other.Dot(other);
        return own > 0 && others > 0 ? both / Math.Sqrt(own * others) : 0;
    }

    private double Dot(RadialFingerprint other) => _functions.Sum(entry =>
        other._functions.TryGetValue(entry.Key, out double[]? function) ? entry.Value.Zip(function, (a, b) => a * b).Sum() : 0);
}
