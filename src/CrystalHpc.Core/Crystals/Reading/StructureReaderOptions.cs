using System.ComponentModel.DataAnnotations;

namespace CrystalHpc.Core.Crystals;

/// <summary>Limits of the structure reader.</summary>
/// <param name="MergeToleranceAngstrom">Copies of one site closer than this are the same atom, Å. Where a file writes few digits the
/// tolerance
/// grows to what those digits leave open, at most 0.1 Å.</param>
/// <param name="MaximumAtoms">Largest number of sites times symmetry operations; larger cells are rejected before they cost
/// anything.</param>
/// <param name="ResolveDisorder">Keep the major group of each disorder assembly as if it were ordered, where that gives a complete
/// structure.</param>
/// <param name="SymmetryAsWritten">Take the operations as the file lists them, a group or not, fitting the cell or not; without any, the
/// standard setting of the symbol; without that, no symmetry. For comparison with programs that do so; else such files are repaired or
/// rejected.</param>
public sealed record StructureReaderOptions(
    [property: Range(1e-6, 0.5)] double MergeToleranceAngstrom,
    [property: Range(1, 10_000_000)] int MaximumAtoms,
    bool ResolveDisorder,
    bool SymmetryAsWritten)
{
    /// <summary>0.01 Å; 100,000 atoms; disorder is resolved; symmetry is checked.</summary>
    public static StructureReaderOptions Default { get; } = new(0.01, 100_000, ResolveDisorder: true, SymmetryAsWritten: false);
}
