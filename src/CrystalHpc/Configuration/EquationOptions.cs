using System.ComponentModel.DataAnnotations;

namespace CrystalHpc.Configuration;

/// <summary>How structures become bond-valence equations.</summary>
/// <param name="GroupVolumePercent">
/// Structures of equal composition and space group whose volumes for each formula unit fall into the same bucket of this width, in percent, are
/// taken for redeterminations of one another: together they weigh as much as one.
/// </param>
public sealed record EquationOptions([property: Range(0.1, 50.0)] double GroupVolumePercent);
