using System.Globalization;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Generation.Data;

namespace CrystalHpc.Generation.Prediction.Screening;

/// <summary>A known cubic crystal of the library.</summary>
/// <param name="Id">Where it comes from.</param>
/// <param name="Key">Reduced formula.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Group">Number of its space group within 0.1 A.</param>
/// <param name="EdgeAngstrom">Edge of the cell, A.</param>
/// <param name="EnergyPerAtom">Formation energy of its source, eV/atom; NaN where it has none. Scales differ between kinds.</param>
/// <param name="Sites">Atoms: element and fractions, parted by semicolons.</param>
public sealed record ReferenceCrystal(string Id, string Key, CellClass Kind, int Group, double EdgeAngstrom, double EnergyPerAtom,
    string Sites)
{
    private CubicCell? _cell;

    /// <summary>Its atoms.</summary>
    /// <exception cref="UserException">The library is damaged.</exception>
    public CubicCell Cell => _cell ??= Parse();

    /// <summary>A crystal of a table.</summary>
    public static ReferenceCrystal Of(GenerationSample sample, int group)
    {
        ArgumentNullException.ThrowIfNull(sample);
        string id = sample.Class switch
        {
            CellClass.Perovskite => $"perov5-{sample.Id}", CellClass.L21 or CellClass.XA => $"oqmd-{sample.Id}-{sample.Class}", _ =>
                sample.Id,
        };
        CubicCell cell = sample.Cell;
        return new ReferenceCrystal(id, sample.Key, sample.Class, group, Math.Round(cell.EdgeAngstrom, 4), sample.EnergyPerAtom,
            string.Join(
            ';', cell.Elements.Select((element, atom) =>
                $"{element.Symbol} {Text(cell.Positions[atom].X)} {Text(cell.Positions[atom].Y)} {Text(cell.Positions[atom].Z)}")));
    }

    private static string Text(double fraction)
    {
        double rounded = Math.Round(fraction, 4);
        return (rounded >= 1 ? rounded - 1 : rounded + 0.0).ToString("0.####", CultureInfo.InvariantCulture);
    }

    private CubicCell Parse()
    {
        string[][] words = [.. Sites.Split(';').Select(site => site.Split(' '))];
        if (words.Any(word => word.Length != 4))
            throw UserException.Unusable($"the library of known crystals is damaged at {Id}");
        return new CubicCell(EdgeAngstrom, [.. words.Select(word => Element.Of(word[0]))], [.. words.Select(word =>
            new Fractional(Number(word[1]), Number(word[2]), Number(word[3])))]);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
