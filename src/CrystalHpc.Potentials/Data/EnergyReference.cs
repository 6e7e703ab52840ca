using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Potentials.Data;

/// <summary>Reference energies of atoms: given ones, and what they leave by least squares over the compositions.</summary>
internal static class EnergyReference
{
    // Compositions that do not tell elements apart, as in a set of one compound, share what is left by the least squares of the shares
    // themselves.
    private const double Ridge = 1e-6;

    /// <summary>Fits reference energies.</summary>
    /// <param name="elements">The elements.</param>
    /// <param name="frames">Structures of the training.</param>
    /// <param name="given">Known reference energies, eV.</param>
    /// <returns>A reference energy for each element, eV.</returns>
    public static double[] Fit(IReadOnlyList<Element> elements, IReadOnlyList<LabelledFrame> frames, IReadOnlyDictionary<Element,
        double> given)
    {
        int n = elements.Count;
        (var normal, var right, var fractions) = (new double[n * n], new double[n], new double[n]);
        double[] references = [.. elements.Select(element => given.GetValueOrDefault(element))];
        foreach (LabelledFrame frame in frames)
        {
            Array.Clear(fractions);
            foreach (Element element in frame.Frame.Species)
                fractions[IndexOf(elements, element)] += 1.0 / frame.Frame.AtomCount;
            double rest = frame.EnergyPerAtom;
            for (int i = 0; i < n; i++)
                rest -= fractions[i] * references[i];
            for (int i = 0; i < n; i++)
            {
                right[i] += fractions[i] * rest;
                for (int j = 0; j < n; j++)
                    normal[i * n + j] += fractions[i] * fractions[j];
            }
        }

        for (int i = 0; i < n; i++)
            normal[i * n + i] += Ridge * frames.Count;
        if (Cholesky.TryFactor(normal, n))
            Cholesky.Solve(normal, n, right);
        return [.. references.Zip(right, (reference, rest) => reference + rest)];
    }

    private static int IndexOf(IReadOnlyList<Element> elements, Element element)
    {
        for (int i = 0; i < elements.Count; i++)
        {
            if (elements[i] == element)
                return i;
        }

        throw new ArgumentException($"{element} is not listed", nameof(element));
    }
}
