using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Generation.Data;

namespace CrystalHpc.Generation.Prediction.Screening;

/// <summary>A known cubic crystal of the library: what its structure type and its elements say of it.</summary>
/// <param name="Id">Where it comes from.</param>
/// <param name="Key">Reduced formula.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Group">Number of its space group within 0.1 A.</param>
/// <param name="EdgeAngstrom">Edge of the cell, A.</param>
/// <param name="Places">Its elements and the places of its type that they stand on, numbered by <see cref="TypePlaces"/>; empty where its
/// atoms
/// stand on no such places.</param>
public sealed record ReferenceCrystal(string Id, string Key, CellClass Kind, int Group, double EdgeAngstrom, string Places)
{
    private CubicCell? _cell;

    /// <summary>
    /// Its atoms on the places of its type, from which those of the crystal itself may be displaced; null where they stand on no such
    /// places.
    /// </summary>
    /// <exception cref="UserException">The library is damaged.</exception>
    public CubicCell? Cell => Places.Length == 0 ? null : _cell ??= Parse();

    /// <summary>A crystal of a table.</summary>
    public static ReferenceCrystal Of(GenerationSample sample, int group)
    {
        ArgumentNullException.ThrowIfNull(sample);
        string id = sample.Class switch
        {
            CellClass.Perovskite
                => $"perov5-{sample.Id}", CellClass.L21 or CellClass.XA => $"oqmd-{sample.Id}-{sample.Class}", _ => sample.Id,
        };
        return new ReferenceCrystal(
            id, sample.Key, sample.Class, group, Math.Round(sample.Cell.EdgeAngstrom, 4), TypePlaces.Of(sample.Cell, sample.Class));
    }

    private CubicCell Parse() => TypePlaces.Read(Places, EdgeAngstrom)
        ?? throw UserException.Unusable($"the library of known crystals is damaged at {Id}");
}
