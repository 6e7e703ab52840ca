using CrystalHpc.Engine.Systems;
using CrystalHpc.Generation.Prediction.Sampling;

namespace CrystalHpc.Generation.Prediction.Screening;

/// <summary>A candidate with all that is said of it.</summary>
/// <param name="Candidate">The candidate as it was drawn; null for a crystal that was given.</param>
/// <param name="Key">Reduced formula.</param>
/// <param name="Crystal">The crystal: relaxed where a potential did that, else as drawn.</param>
/// <param name="KnownAs">Name of a known crystal that it is the same as; null when it is new.</param>
/// <param name="Hull">Its distance to the hull.</param>
/// <param name="Judged">What judges say, a value for each column of each judge, in their order.</param>
/// <param name="Warnings">What to know before trusting it.</param>
public sealed record ScreenedCandidate(
    Candidate? Candidate, string Key, SymmetrizedCrystal Crystal, string? KnownAs, HullDistance Hull, IReadOnlyList<object?> Judged,
    IReadOnlyList<string> Warnings);

/// <summary>The distance of a crystal to the hull of known compounds.</summary>
/// <param name="Distance">Formation energy minus that of the hull at its composition, eV/atom, below zero: below the hull; null: see the
/// note.</param>
/// <param name="Products">What the hull consists of there.</param>
/// <param name="Note">Why there is no distance, or what is wrong with it.</param>
public sealed record HullDistance(Estimate? Distance, string? Products, string? Note);
