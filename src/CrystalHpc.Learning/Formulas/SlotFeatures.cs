using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Learning.Formulas;

/// <summary>
/// What chemists see in a formula such as ABX3: the properties of each element by itself, once by falling amount and once by rising
/// electronegativity, the amounts as whole numbers and as fractions, their sum, its parity and their common divisors. Slots without an
/// element hold zeros.
/// </summary>
public static class SlotFeatures
{
    private const int SlotWidth = MagpieProperties.Count + 2, SortedAmounts = 8, Sums = 7;

    /// <summary>Number of features.</summary>
    public const int Count = 2 * Composition.Slots * SlotWidth + Sums + 2 * SortedAmounts;

    /// <summary>Writes the features of a composition.</summary>
    public static void Write(Composition composition, Span<double> features)
    {
        ArgumentNullException.ThrowIfNull(composition);
        features[..Count].Clear();
        Span<int> order = stackalloc int[composition.Count];
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        WriteSlots(composition, order, features);
        order.Sort((left, right) => Electronegativity(composition, left)
            .CompareTo(Electronegativity(composition, right)) is not 0 and var sign ? sign : left - right);
        WriteSlots(composition, order, features[(Composition.Slots * SlotWidth)..]);
        Span<double> rest = features[(2 * Composition.Slots * SlotWidth)..];
        rest[0] = composition.Atoms;
        rest[1] = PortableMath.Log(1 + composition.Atoms);
        rest[2] = composition.Atoms % 2;
        rest[3] = composition.Count;
        for (int divisor = 2; divisor <= 4; divisor++)
            rest[2 + divisor] = composition.Amounts.ToArray().All(amount => amount % divisor == 0) ? 1 : 0;
        for (int i = 0; i < Math.Min(composition.Count, SortedAmounts); i++)
            (rest[Sums + i], rest[Sums + SortedAmounts + i]) = (composition.Amounts[i], PortableMath.Log(1 + composition.Amounts[i]));
    }

    private static void WriteSlots(Composition composition, ReadOnlySpan<int> order, Span<double> features)
    {
        for (int slot = 0; slot < Math.Min(order.Length, Composition.Slots); slot++)
        {
            Span<double> target = features.Slice(slot * SlotWidth, SlotWidth);
            ElementTable.Of(composition.Elements[order[slot]]).CopyTo(target);
            (target[^2], target[^1]) = (composition.Amounts[order[slot]], composition.Fraction(order[slot]));
        }
    }

    private static double Electronegativity(Composition composition, int index) =>
        ElementTable.Of(composition.Elements[index])[(int)MagpieProperty.Electronegativity];
}
