using System.Globalization;
using CrystalHpc.Core.Elements;

namespace CrystalHpc.Potentials.Model.Descriptors;

/// <summary>Kinds of symmetry functions (Behler 2011, doi 10.1063/1.3553717).</summary>
public enum FunctionKind
{
    /// <summary>G2, over neighbors: e^(-eta (R - Rs)^2) fc(R).</summary>
    Radial,

    /// <summary>G4, over pairs of neighbors, with the terms of the third side: type 3 of n2p2.</summary>
    Narrow,

    /// <summary>G5, over pairs of neighbors, without the third side: type 9 of n2p2.</summary>
    Wide,
}

/// <summary>A symmetry function of atoms of one element, with the cosine cutoff fc(R) = (1 + cos(pi R / Rc)) / 2.</summary>
/// <param name="Kind">Its formula.</param>
/// <param name="First">Element of the neighbors, or of one neighbor of each pair.</param>
/// <param name="Second">Element of the other neighbor of each pair; null for radial functions.</param>
/// <param name="EtaPerSquareAngstrom">Eta, 1/A^2.</param>
/// <param name="ShiftAngstrom">Rs, A; of angular functions it is subtracted from each side.</param>
/// <param name="Lambda">Sign of the cosine, 1 or -1; 0 for radial functions.</param>
/// <param name="Zeta">Power of 1 + lambda cos, 1 or more; 0 for radial functions.</param>
/// <param name="CutoffAngstrom">Rc, A.</param>
/// <param name="Factor">What the sum over unordered pairs is multiplied by: 1, or 2 where a source sums over ordered ones.</param>
public sealed record SymmetryFunction(
    FunctionKind Kind, Element First, Element? Second, double EtaPerSquareAngstrom, double ShiftAngstrom, double Lambda, int Zeta,
        double CutoffAngstrom,
    double Factor = 1)
{
    /// <summary>A radial function.</summary>
    public static SymmetryFunction Radial(Element neighbor, double eta, double shift, double cutoff) =>
        new(FunctionKind.Radial, neighbor, null, eta, shift, 0, 0, cutoff);

    /// <summary>Such as <c>G4 O-Ti eta 0.02857 lambda -1 zeta 2</c>.</summary>
    public override string ToString() => Kind == FunctionKind.Radial
        ? FormattableString.Invariant(
            $"G2 {First} eta {EtaPerSquareAngstrom:0.######} shift {ShiftAngstrom:0.####} cutoff {CutoffAngstrom:0.####}")
        : string.Create(CultureInfo.InvariantCulture,
            $"{(Kind == FunctionKind.Narrow ? "G4" : "G5")} {First}-{Second} eta {EtaPerSquareAngstrom:0.######} lambda {Lambda:0.##} zeta "
            + $"{Zeta} cutoff {CutoffAngstrom:0.####}");
}
