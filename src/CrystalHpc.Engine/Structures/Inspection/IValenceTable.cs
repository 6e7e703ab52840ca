using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Engine.Structures;

/// <summary>
/// Valences of bonds by some table of bond-valence parameters. It stands here so that what shows or judges structures can ask for valences without
/// knowing bond valence.
/// </summary>
public interface IValenceTable
{
    /// <summary>Valence of a bond between two sites, v.u.; null when their charges are not opposite whole numbers, or the table lacks the pair.</summary>
    double? ValenceOf(AtomSite one, AtomSite other, double distanceAngstrom);
}
