namespace CrystalHpc.Potentials.Model.Descriptors;

/// <summary>Symmetry functions by their formulas, one after another: slow, to be read, and what the fast ones are compared with.</summary>
internal static class PlainDescriptors
{
    /// <summary>Values of all functions of an atom, in the order of the set.</summary>
    public static double[] Of(FunctionSet set, AtomNeighborhood near) =>
        [.. set.FunctionsOf(near.CenterElement)
            .Select(function => function.Factor * (function.Kind == FunctionKind.Radial ? Radial(set, function, near)
            : Angular(set, function, near)))];

    private static double Radial(FunctionSet set, SymmetryFunction f, AtomNeighborhood near) =>
        Places(near, set.NumberOf(f.First)).Sum(j => Gauss(f, near.R[j]) * Cutoff(f, near.R[j]));

    private static double Angular(FunctionSet set, SymmetryFunction f, AtomNeighborhood near)
    {
        (int first, int second) = (set.NumberOf(f.First), set.NumberOf(f.Second!.Value));
        double sum = 0;
        foreach (int j in Places(near, first))
        {
            foreach (int k in Places(near, second).Where(k => first != second || j < k))
            {
                double cosine = near.X[j] * near.X[k] + near.Y[j] * near.Y[k] + near.Z[j] * near.Z[k];
                double third = Math.Sqrt(Math.Max(0, near.R[j] * near.R[j] + near.R[k] * near.R[k] - 2 * near.R[j] * near.R[k] * cosine));
                double term = Math.Pow(2, 1 - f.Zeta) * Math.Pow(Math.Max(0, 1 + f.Lambda * cosine), f.Zeta);
                term *= Gauss(f, near.R[j]) * Gauss(f, near.R[k]) * Cutoff(f, near.R[j]) * Cutoff(f, near.R[k]);
                sum += f.Kind == FunctionKind.Narrow ? term * Gauss(f, third) * Cutoff(f, third) : term;
            }
        }

        return sum;
    }

    private static IEnumerable<int> Places(AtomNeighborhood near, int element) =>
        Enumerable.Range(near.Start[element], near.Count[element]);

    private static double Gauss(SymmetryFunction f, double r) =>
        Math.Exp(-f.EtaPerSquareAngstrom * (r - f.ShiftAngstrom) * (r - f.ShiftAngstrom));

    private static double Cutoff(SymmetryFunction f, double r) => r < f.CutoffAngstrom
        ? 0.5 * (1 + Math.Cos(Math.PI * r / f.CutoffAngstrom)) : 0;
}
