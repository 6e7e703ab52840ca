using System.Diagnostics.CodeAnalysis;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Formulas;

namespace CrystalHpc.Learning.Formulas;

/// <summary>
/// A reduced formula as networks see it: elements by falling amount, those of equal amount by rising electronegativity, then by atomic
/// number. However a formula was written (A2B4 or AB2, in any order), its composition is the same.
/// </summary>
public sealed class Composition
{
    /// <summary>Elements that have properties: hydrogen to berkelium.</summary>
    public const int KnownElements = 97;

    /// <summary>Elements that networks see one by one; of richer formulas the most abundant.</summary>
    public const int Slots = 6;

    private const long LargestAmount = 1_000_000;

    private readonly byte[] _elements;
    private readonly int[] _amounts;

    private Composition(byte[] elements, int[] amounts, string text)
        => (_elements, _amounts, Text, Atoms) = (elements, amounts, text, amounts.Sum());

    /// <summary>Atomic number less one of each element.</summary>
    public ReadOnlySpan<byte> Elements => _elements;

    /// <summary>Atoms of each element in the reduced formula.</summary>
    public ReadOnlySpan<int> Amounts => _amounts;

    /// <summary>Atoms of the reduced formula.</summary>
    public int Atoms { get; }

    /// <summary>The reduced formula in the order of Hill.</summary>
    public string Text { get; }

    /// <summary>Number of elements.</summary>
    public int Count => _elements.Length;

    /// <summary>Number of elements that networks see one by one.</summary>
    public int SlotCount => Math.Min(Count, Slots);

    /// <summary>Share of an element in all atoms.</summary>
    public double Fraction(int index) => (double)_amounts[index] / Atoms;

    /// <summary>The composition that a text means.</summary>
    /// <param name="text">A formula as people write it.</param>
    /// <param name="formula">The formula; null when the text is none.</param>
    /// <param name="composition">The composition; null when it has none.</param>
    /// <param name="problem">Why there is none; null when there is one.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out Formula? formula, [NotNullWhen(true)] out Composition? composition,
        [NotNullWhen(false)] out Finding? problem)
    {
        if (Formula.TryParse(text, out formula, out FormulaRefusal? refusal))
            return TryCreate(formula, out composition, out problem);
        (composition, problem) = (null, refusal.ToFinding());
        return false;
    }

    /// <summary>The composition of a formula.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="composition">The composition; null when it has none.</param>
    /// <param name="problem">Why it has none; null when it has one.</param>
    public static bool TryCreate(Formula formula, [NotNullWhen(true)] out Composition? composition,
        [NotNullWhen(false)] out Finding? problem)
    {
        ArgumentNullException.ThrowIfNull(formula);
        (composition, problem) = (null, null);
        ElementCount[] counts = [.. formula.ReducedCounts];
        foreach ((Element element, long count) in counts)
        {
            if (element.AtomicNumber > KnownElements)
                problem = new Finding(CompositionFindings.NoProperties, 1, 1, $"{element.Symbol} has no tabulated properties");
            else if (count > LargestAmount)
                problem = new Finding(CompositionFindings.LargeAmount, 1, 1,
                    FormattableString.Invariant($"{count} atoms of {element.Symbol} in the reduced formula"));
        }

        if (problem is not null)
            return false;
        Array.Sort(counts, Compare);
        composition = new Composition(
            [.. counts.Select(count => (byte)(count.Element.AtomicNumber - 1))], [.. counts.Select(count => (int)count.Count)],
            formula.Reduced);
        return true;
    }

    private static int Compare(ElementCount left, ElementCount right)
    {
        if (left.Count != right.Count)
            return right.Count.CompareTo(left.Count);
        int order = Electronegativity(left.Element).CompareTo(Electronegativity(right.Element));
        return order != 0 ? order : left.Element.CompareTo(right.Element);
    }

    private static double Electronegativity(Element element) => MagpieProperties.Of(element, MagpieProperty.Electronegativity);
}
