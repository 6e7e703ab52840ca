using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.ParameterTables;
using CrystalHpc.Core.Elements;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>One site with its valence sums by all tables.</summary>
internal sealed record EvaluatedRow(
    string StructureId,
    int SiteIndex,
    string SiteLabel,
    Species Center,
    IReadOnlyList<Species> Neighbors,
    int Coordination,
    int Multiplicity,
    bool IsComplete,
    string GroupId,
    bool IsDoubtful,
    double[] Sums)
{
    /// <summary>The pairs of ions that its bonds join.</summary>
    public IEnumerable<BondKey> Keys
        => Neighbors.Select(neighbor => Center.Charge > 0 ? new BondKey(Center, neighbor) : new BondKey(neighbor, Center));

    /// <summary>Evaluates an equation with one table after the other.</summary>
    public static EvaluatedRow Of(SiteEquation equation, IReadOnlyList<ParameterTable> tables, bool roundEachBond)
    {
        BondSum[] sums = [.. tables.Select(table => BondSum.Of(equation, table, roundEachBond))];
        return new EvaluatedRow(
            equation.StructureId,
            equation.SiteIndex,
            equation.SiteLabel,
            equation.Center,
            [.. equation.Bonds.Select(bond => bond.Neighbor).Distinct().Order()],
            equation.Bonds.Count,
            equation.Multiplicity,
            equation.IsComplete,
            equation.GroupId,
            sums.Any(sum => sum.IsDoubtful),
            [.. sums.Select(sum => sum.Valence)]);
    }
}
