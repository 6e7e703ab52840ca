using System.Numerics;
using CrystalHpc.Lattices.Data;
using CrystalHpc.Lattices.Model;
using CrystalHpc.Lattices.Training;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Formulas.Neighbors;
using CrystalHpc.Tests.Learning.Formulas;

namespace CrystalHpc.Tests.Lattices;

/// <summary>A few known compounds with their space groups, some polymorphic.</summary>
internal static class SmallMemory
{
    private static readonly (string Formula, int[] Groups)[] Compounds =
    [
        ("SrTiO3", [221, 140]), ("BaTiO3", [221, 99, 38]), ("CaTiO3", [62]), ("KNbO3", [38]), ("LaAlO3", [167]),
        ("NaCl", [225]), ("KBr", [225]), ("CsCl", [221]), ("ZnS", [216, 186]), ("MgO", [225]),
        ("TiO2", [136, 141, 61]), ("SnO2", [136]), ("CaF2", [225]), ("Al2O3", [167]), ("MgAl2O4", [227]),
    ];

    public static KnownFormulas Create() => LatticeTable.Collect(Compounds.SelectMany((compound, i) => compound.Groups.Select(
        group => new LatticeRow(i, compound.Formula, $"{i:00}", FormulaFeaturesTests.CompositionOf(compound.Formula), group - 1))));

    public static LatticeTask<T> CreateTask<T>(KnownFormulas known) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        FeatureScaling scaling = FeatureScaling.Of(known.Compositions);
        NeighborTable neighbors = new FormulaNeighbors(known.Compositions).Find(known.Compositions);
        return new LatticeTask<T>(new LatticeNetwork<T>(known, scaling.Count, 8),
            new FormulaSamples(known.Compositions, scaling, neighbors), known);
    }
}
