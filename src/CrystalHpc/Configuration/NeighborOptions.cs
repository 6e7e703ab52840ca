using CrystalHpc.Core.Coordination;

namespace CrystalHpc.Configuration;

/// <summary>Which atoms get neighbors, by which definition, and whether they are tabulated.</summary>
/// <param name="CrystalNN">Settings of the CrystalNN definition.</param>
/// <param name="AllAtoms">True: every atom of the cell. False: one atom of each symmetry-distinct site, which is all that the fit needs.</param>
/// <param name="WriteTable">Write neighbors.csv in every shard.</param>
public sealed record NeighborOptions(CrystalNNOptions CrystalNN, bool AllAtoms, bool WriteTable);
