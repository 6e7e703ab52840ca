using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;

namespace CrystalHpc.Potentials.Model;

/// <summary>
/// Which shares of their atoms each element had in the structures of a training: energies of other compositions are guesses, however usual
/// their surroundings look.
/// </summary>
/// <param name="Lowest">Lowest share of each element.</param>
/// <param name="Highest">Highest share of each element.</param>
public sealed record CompositionRange(double[] Lowest, double[] Highest)
{
    // One missing atom of a thousand is told.
    private const double Margin = 0.0005;

    /// <summary>The range of some structures.</summary>
    public static CompositionRange Of(IReadOnlyList<Element> elements, IEnumerable<AtomFrame> frames)
    {
        ArgumentNullException.ThrowIfNull(elements);
        ArgumentNullException.ThrowIfNull(frames);
        double[] lowest = [.. elements.Select(_ => 1.0)], highest = new double[elements.Count];
        foreach (AtomFrame frame in frames)
        {
            for (int i = 0; i < elements.Count; i++)
            {
                double share = ShareOf(elements[i], frame);
                (lowest[i], highest[i]) = (Math.Min(lowest[i], share), Math.Max(highest[i], share));
            }
        }

        return new CompositionRange(lowest, highest);
    }

    /// <summary>This range and that of a training before.</summary>
    public CompositionRange With(CompositionRange? before) => before is null ? this
        : new([.. Lowest.Zip(before.Lowest, Math.Min)], [.. Highest.Zip(before.Highest, Math.Max)]);

    /// <summary>What lies outside the range in a structure, for people.</summary>
    public IEnumerable<string> Warnings(IReadOnlyList<Element> elements, AtomFrame frame)
    {
        ArgumentNullException.ThrowIfNull(elements);
        ArgumentNullException.ThrowIfNull(frame);
        for (int i = 0; i < elements.Count; i++)
        {
            double share = ShareOf(elements[i], frame);
            if (share < Lowest[i] - Margin || share > Highest[i] + Margin)
                yield return FormattableString.Invariant(
                    $"{elements[i]} makes {100 * share:0.#} % of the atoms, {Text(i)} in all of the training");
        }
    }

    private static double ShareOf(Element element, AtomFrame frame)
        => (double)frame.Species.Count(species => species == element) / frame.AtomCount;

    private string Text(int i) => Highest[i] - Lowest[i] < 0.0005 ? FormattableString.Invariant($"{100 * Lowest[i]:0.#} %")
        : FormattableString.Invariant($"{100 * Lowest[i]:0.#} to {100 * Highest[i]:0.#} %");
}
