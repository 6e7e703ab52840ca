using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Learning.Formulas.Neighbors;

/// <summary>Two ways to make a vector of a composition, so that distances of vectors say how alike formulas are.</summary>
public static class CompositionVectors
{
    // How far elements count as alike, in units of the mean distance of a pair.
    private const double KernelWidth = 0.35;

    // Added to the diagonal of the kernel, which distinct but close elements make nearly singular.
    private const double Ridge = 1e-6;

    private static readonly double[] Factor = FactorKernel();

    /// <summary>Coordinates of <see cref="WriteMixture"/>.</summary>
    public const int MixtureLength = Composition.KnownElements;

    /// <summary>Coordinates of <see cref="WriteSlots"/>.</summary>
    public static int SlotsLength => Composition.Slots * (ElementSpace.Dimensions + 1) + 2;

    /// <summary>
    /// The mixture of elements, whatever the stoichiometry is called: the mean over the atoms of points whose scalar products are exp(-(d / 0.35)^2), with d the
    /// distance of two elements.
    /// </summary>
    public static void WriteMixture(Composition composition, Span<float> vector)
    {
        ArgumentNullException.ThrowIfNull(composition);
        for (int axis = 0; axis < MixtureLength; axis++)
        {
            double sum = 0;
            for (int i = 0; i < composition.Count; i++)
            {
                if (axis <= composition.Elements[i])
                    sum += composition.Fraction(i) * Factor[composition.Elements[i] * MixtureLength + axis];
            }

            vector[axis] = (float)sum;
        }
    }

    /// <summary>The elements slot by slot, times the root of their fraction; the fractions, the number of atoms and that of elements.</summary>
    public static void WriteSlots(Composition composition, Span<float> vector)
    {
        ArgumentNullException.ThrowIfNull(composition);
        vector[..SlotsLength].Clear();
        int width = ElementSpace.Dimensions;
        for (int slot = 0; slot < composition.SlotCount; slot++)
        {
            double fraction = composition.Fraction(slot), root = Math.Sqrt(fraction);
            ReadOnlySpan<double> point = ElementSpace.Of(composition.Elements[slot]);
            for (int axis = 0; axis < width; axis++)
                vector[slot * width + axis] = (float)(root * point[axis]);
            vector[Composition.Slots * width + slot] = (float)(4 * fraction);
        }

        vector[SlotsLength - 2] = (float)(0.3 * PortableMath.Log(composition.Atoms));
        vector[SlotsLength - 1] = 0.3f * composition.Count;
    }

    private static double[] FactorKernel()
    {
        const int n = Composition.KnownElements;
        var kernel = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<float> squares = ElementSpace.SquaredDistances(i);
            for (int j = 0; j < n; j++)
                kernel[i * n + j] = PortableMath.Exp(-squares[j] / (KernelWidth * KernelWidth)) + (i == j ? Ridge : 0);
        }

        return Cholesky.TryFactor(kernel, n) ? kernel : throw new InvalidOperationException("the kernel of elements is not positive definite");
    }
}
