using CrystalHpc.Core.Elements;

namespace CrystalHpc.Potentials.Model.Analytic;

/// <summary>
/// The functions of a potential of the form E = sum over pairs of phi(r) + sum over atoms of F(rho), rho = sum over neighbors of f(r)
/// (M. S. Daw and M. I. Baskes, Phys. Rev. B 29 (1984) 6443). Lengths in A, energies in eV.
/// </summary>
public interface IPairLaw
{
    /// <summary>Its name, for people and on the command line.</summary>
    string Name { get; }

    /// <summary>Where pairs begin to be switched off in structures that repeat, A; one angstrom farther they are gone.</summary>
    double CutoffAngstrom { get; }

    /// <summary>True when it knows an element.</summary>
    bool Knows(Element element);

    /// <summary>phi and f of many pairs of two elements, and their slopes.</summary>
    /// <param name="first">One element.</param>
    /// <param name="second">The other.</param>
    /// <param name="r">Distances.</param>
    /// <param name="pairs">Receives what belongs to each.</param>
    void Evaluate(Element first, Element second, ReadOnlySpan<double> r, in PairTerms pairs);

    /// <summary>F of an atom and its slope.</summary>
    (double Energy, double Slope) Embed(Element element, double density);
}

/// <summary>Columns that a law fills, a row a pair.</summary>
/// <param name="phi">phi, eV.</param>
/// <param name="phiSlope">d phi / dr, eV/A.</param>
/// <param name="density">f.</param>
/// <param name="densitySlope">df / dr.</param>
public readonly ref struct PairTerms(Span<double> phi, Span<double> phiSlope, Span<double> density, Span<double> densitySlope)
{
    /// <summary>phi, eV.</summary>
    public Span<double> Phi { get; } = phi;

    /// <summary>d phi / dr, eV/A.</summary>
    public Span<double> PhiSlope { get; } = phiSlope;

    /// <summary>f.</summary>
    public Span<double> Density { get; } = density;

    /// <summary>df / dr.</summary>
    public Span<double> DensitySlope { get; } = densitySlope;
}
