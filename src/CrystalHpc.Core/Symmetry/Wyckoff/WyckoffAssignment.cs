using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Symmetry;

/// <summary>Finds the Wyckoff position of a point from its multiplicity and, where several have that, from its place.</summary>
internal static class WyckoffAssignment
{
    /// <summary>The position that a point is on.</summary>
    /// <param name="setting">The reference setting.</param>
    /// <param name="metric">Metric of its cell.</param>
    /// <param name="point">The point, exactly on its place, in fractions of that cell.</param>
    /// <param name="multiplicity">Points equivalent to it in that cell.</param>
    public static WyckoffPosition Find(ReferenceSetting setting, Metric metric, Fractional point, int multiplicity)
    {
        IReadOnlyList<WyckoffPosition> positions = WyckoffPosition.Of(setting.Group.Number);
        WyckoffPosition? best = null;
        int first = positions.TakeWhile(position => position.Multiplicity != multiplicity).Count();
        if (first == positions.Count)
            return positions[^1];
        if (first + 1 == positions.Count || positions[first + 1].Multiplicity != multiplicity)
            return positions[first];
        double least = double.PositiveInfinity;
        for (int i = first; i < positions.Count && positions[i].Multiplicity == multiplicity; i++)
        {
            double deviation = Deviation(setting, metric, point, positions[i]);
            if (deviation < least)
                (best, least) = (positions[i], deviation);
        }

        return best!;
    }

    // The least distance of the images of a point from the representative, squared.
    private static double Deviation(ReferenceSetting setting, Metric metric, Fractional point, WyckoffPosition position)
    {
        const double OnItAngstromSquared = 1e-12;
        double least = double.PositiveInfinity;
        for (int i = 0; i < setting.Rotations.Length; i++)
        {
            Fractional image = setting.Rotations[i] * point + setting.Translations[i];
            foreach (Fractional centering in setting.Centerings)
            {
                (double x, double y, double z) = position.Deviation(image + centering);
                least = Math.Min(least, metric.LengthSquared(x, y, z));
                if (least < OnItAngstromSquared)
                    return least;
            }
        }

        return least;
    }
}
