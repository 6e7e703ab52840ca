using CrystalHpc.Core.Elements;
using CrystalHpc.Potentials.Data;
using CrystalHpc.Potentials.Model.Descriptors;

namespace CrystalHpc.Potentials.Study;

/// <summary>Descriptions of atoms that the study compares with that of the configuration.</summary>
internal static class StudySets
{
    private static readonly double[] Radial = [0.003214, 0.071421, 0.214264, 0.714213];
    private const double Angular = 0.028569;

    /// <summary>
    /// Few of the functions of Artrith and Urban: four radial ones for each element, two angular ones (lambda -1 and 1) for each pair; 14
    /// for two elements.
    /// </summary>
    /// <param name="elements">The elements.</param>
    /// <param name="cutoffAngstrom">The cutoff; null: that of their source.</param>
    public static FunctionSet Few(IReadOnlyList<Element> elements, double? cutoffAngstrom)
    {
        FunctionSet all = NamedSets.Create("artrith_urban", elements, cutoffAngstrom);
        return new FunctionSet(elements, center => all.FunctionsOf(all.NumberOf(center)).Where(function =>
            function.Kind == FunctionKind.Radial ? Radial.Contains(function.EtaPerSquareAngstrom)
            : function.EtaPerSquareAngstrom == Angular && function.Zeta == 1));
    }

    /// <summary>
    /// A structure all of whose atoms look alike: neither functions nor networks tell them apart; the energy is that less the reference
    /// energies.
    /// </summary>
    /// <param name="row">The structure.</param>
    /// <param name="alike">What all atoms become.</param>
    /// <param name="references">Reference energies, eV.</param>
    public static LabelledFrame Blind(LabelledFrame row, Element alike, IReadOnlyDictionary<Element, double> references) => row with
    {
        Frame = row.Frame with
        {
            Species = [.. row.Frame.Species.Select(_ => alike)],
            EnergyElectronVolt = row.Frame.EnergyElectronVolt - row.Frame.Species.Sum(element => references.GetValueOrDefault(element)),
        },
    };
}
