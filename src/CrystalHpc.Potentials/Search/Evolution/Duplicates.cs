using CrystalHpc.Core.Matching;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Potentials.Simulation;

namespace CrystalHpc.Potentials.Search.Evolution;

/// <summary>Tells whether two relaxed structures of a search are the same.</summary>
/// <param name="test">By what.</param>
/// <param name="bonds">About how long bonds are.</param>
internal sealed class Duplicates(SameTest test, BondLengths bonds)
{
    // Enthalpies of the same structure differ by less, eV.
    private const double SameElectronVolt = 1e-4;

    // The value of MAISE: S. Hajinazar et al., Comput. Phys. Commun. 259 (2021) 107679.
    private const double SameProduct = 0.995;

    private readonly StructureMatcher _matcher = new(MatchTolerance.Default);

    /// <summary>What is kept of a structure to compare it with.</summary>
    public object? Mark(AtomFrame frame) => test switch
    {
        SameTest.Rdf => RadialFingerprint.Of(frame, bonds),
        SameTest.Matcher => frame.ToMatchable(),
        _ => null,
    };

    /// <summary>True when two structures are the same.</summary>
    public bool AreSame(Individual first, object? firstMark, Individual second, object? secondMark) => (firstMark, secondMark) switch
    {
        (RadialFingerprint a, RadialFingerprint b) => a.Product(b) > SameProduct,
        (MatchableStructure a, MatchableStructure b) => _matcher.AreSame(a, b),
        _ => Math.Abs(first.Enthalpy - second.Enthalpy) < SameElectronVolt && first.Frame.AtomCount == second.Frame.AtomCount,
    };
}
