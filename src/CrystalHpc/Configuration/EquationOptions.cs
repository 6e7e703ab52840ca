using System.ComponentModel.DataAnnotations;

namespace CrystalHpc.Configuration;

/// <summary>How structures become bond-valence equations.</summary>
/// <param name="GroupVolumePercent">
/// Structures of equal composition, point group and content of the primitive cell whose volumes for each atom fall into the same bucket of this
/// width, in percent, or into buckets next to one another, are taken for redeterminations of one another: together they weigh as much as one.
/// </param>
public sealed record EquationOptions([property: Range(0.1, 50.0)] double GroupVolumePercent);
