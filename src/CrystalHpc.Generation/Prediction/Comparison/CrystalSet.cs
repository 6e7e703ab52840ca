using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Matching;
using CrystalHpc.Core.Neighbors;
using CrystalHpc.Generation.Prediction.Screening;

namespace CrystalHpc.Generation.Prediction.Comparison;

/// <summary>Crystals of a table or folder as comparisons see them.</summary>
/// <param name="crystals">Names and structures.</param>
public sealed class CrystalSet(IReadOnlyList<(string Id, CrystalStructure Structure)> crystals)
{
    private const double ClosestAngstrom = 0.5, LeastVolumeCubicAngstrom = 0.1;

    /// <summary>Number of crystals.</summary>
    public int Count => crystals.Count;

    /// <summary>Names, in order.</summary>
    public IReadOnlyList<string> Ids { get; } = [.. crystals.Select(crystal => crystal.Id)];

    /// <summary>Densities, g/cm3.</summary>
    public double[] Densities { get; } = [.. crystals.Select(crystal => DensityOf(crystal.Structure))];

    /// <summary>Numbers of elements.</summary>
    public double[] ElementCounts { get; } = [.. crystals.Select(crystal => (double)AtomsOf(crystal.Structure).Count)];

    /// <summary>Which crystals have no two atoms closer than 0.5 A, and a volume.</summary>
    public bool[] AreSound { get; } = [.. crystals.Select(crystal => IsSound(crystal.Structure))];

    /// <summary>Which crystals have a composition that can be a compound.</summary>
    public bool[] AreChemical { get; } = [.. crystals.Select(crystal => CompositionValidity.IsValid(AtomsOf(crystal.Structure)))];

    /// <summary>A crystal made ready for comparison; null when it has no atoms.</summary>
    public MatchableStructure? Matchable(int number) => MatchableStructure.Of(KnownStructures.AtomsOf(crystals[number].Structure));

    private static bool IsSound(CrystalStructure structure)
    {
        if (structure.Cell.Volume < LeastVolumeCubicAngstrom)
            return false;
        int[] centers = [.. Enumerable.Range(0, structure.AtomCount)];
        return NeighborSearch.Find(structure, centers, ClosestAngstrom).Atoms.Length == 0;
    }

    private static double DensityOf(CrystalStructure structure) =>
        ElementData.AtomicMassUnitPerCubicAngstrom
        * AtomsOf(structure).Sum(pair => pair.Value * ElementData.AtomicWeight(pair.Key)) / structure.Cell.Volume;

    private static Dictionary<Element, int> AtomsOf(CrystalStructure structure) =>
        structure.SiteOfAtom.ToArray().CountBy(site => structure.Sites[site].Element).ToDictionary();
}
