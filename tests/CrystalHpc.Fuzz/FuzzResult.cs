namespace CrystalHpc.Fuzz;

/// <summary>What a run came to.</summary>
/// <param name="Passed">Inputs without a fault.</param>
/// <param name="Failed">Inputs with a fault, and checks of memory that failed.</param>
/// <param name="Structures">Structures that were read in spite of the damage.</param>
/// <param name="Accepted">Structures that went all the way to bonds.</param>
/// <param name="SlowestSeconds">Time of the slowest input.</param>
internal sealed record FuzzResult(long Passed, long Failed, long Structures, long Accepted, double SlowestSeconds);
