namespace CrystalHpc.Core.Numerics;

/// <summary>
/// Adds a vector of integers over all processes, in place, so that every process holds the total. This is all the communication that the
/// science needs: whole numbers add up to the same result in any order, which keeps results independent of the number of ranks.
/// </summary>
/// <param name="values">This process's contribution, replaced by the total; the same length everywhere.</param>
public delegate void GlobalSum(Span<long> values);
