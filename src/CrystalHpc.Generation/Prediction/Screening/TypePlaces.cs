using System.Globalization;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Generation.Data;

namespace CrystalHpc.Generation.Prediction.Screening;

/// <summary>
/// The places of cubic structure types without free coordinates: fractions that are quarters. A place is a number, its quarters along x, y
/// and z being the digits to base 4. Text: elements with their places, such as <c>Ba 0;Ti 42;O 10,34,40</c>.
/// </summary>
internal static class TypePlaces
{
    private const int Quarters = 4;

    // Farthest, as a fraction of the edge, that an atom may lie from a place along an axis: atoms of perovskites are displaced, others are
    // not.
    private const double Displaced = 0.25, Exact = 0.02;

    /// <summary>The places of a cell; empty where an atom stands on none, or two on one.</summary>
    public static string Of(CubicCell cell, CellClass kind)
    {
        (int step, double most) = kind == CellClass.Perovskite ? (2, Displaced) : (1, Exact);
        var places = new int[cell.Count];
        for (int atom = 0; atom < places.Length; atom++)
        {
            Fractional at = cell.Positions[atom];
            if (Digit(at.X, step, most) is not { } x || Digit(at.Y, step, most) is not { } y || Digit(at.Z, step, most) is not { } z)
                return "";
            places[atom] = (x * Quarters + y) * Quarters + z;
        }

        return places.Distinct().Count() < places.Length ? "" : string.Join(';', places.Zip(cell.Elements).GroupBy(entry => entry.Second)
            .OrderBy(group => group.Min(entry => entry.First))
            .Select(group => $"{group.Key.Symbol} {string.Join(',', group.Select(entry => entry.First).Order())}"));
    }

    /// <summary>The cell that places make up; null when the text is damaged.</summary>
    public static CubicCell? Read(string text, double edgeAngstrom)
    {
        (List<Element> elements, List<Fractional> positions) = ([], []);
        foreach (string entry in text.Split(';'))
        {
            string[] words = entry.Split(' ');
            if (words.Length != 2 || !Element.TryParse(words[0], out Element element))
                return null;
            foreach (string number in words[1].Split(','))
            {
                if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int place)
                    || place >= Quarters * Quarters * Quarters)
                    return null;
                elements.Add(element);
                positions.Add(new Fractional(
                    place / (Quarters * Quarters) / 4.0, place / Quarters % Quarters / 4.0, place % Quarters / 4.0));
            }
        }

        return new CubicCell(edgeAngstrom, [.. elements], [.. positions]);
    }

    private static int? Digit(double fraction, int step, double most)
    {
        double steps = fraction * Quarters / step, nearest = Math.Round(steps);
        return Math.Abs(steps - nearest) * step / Quarters <= most ? ((int)nearest * step % Quarters + Quarters) % Quarters : null;
    }
}
