using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Formulas.Neighbors;

namespace CrystalHpc.Lattices.Data;

/// <summary>
/// Formulas as the network takes them: standardized features, the elements and amounts of each slot, and the neighbors in the memory.
/// </summary>
public sealed class FormulaSamples
{
    /// <summary>Amounts beyond this count as this.</summary>
    public const int LargestAmount = 40;

    private readonly float[] _features;
    private readonly byte[] _elements, _amounts;
    private readonly float[] _fractions;
    private readonly int[] _slots;

    /// <summary>Prepares formulas.</summary>
    /// <param name="compositions">The formulas.</param>
    /// <param name="scaling">Makes features of them.</param>
    /// <param name="neighbors">Their neighbors.</param>
    public FormulaSamples(IReadOnlyList<Composition> compositions, FeatureScaling scaling, NeighborTable neighbors)
    {
        ArgumentNullException.ThrowIfNull(compositions);
        ArgumentNullException.ThrowIfNull(scaling);
        const int Slots = Composition.Slots;
        (Compositions, Neighbors, FeatureCount) = (compositions, neighbors, scaling.Count);
        _features = new float[compositions.Count * scaling.Count];
        (_elements, _amounts) = (new byte[compositions.Count * Slots], new byte[compositions.Count * Slots]);
        (_fractions, _slots) = (new float[compositions.Count * Slots], new int[compositions.Count]);
        for (int i = 0; i < compositions.Count; i++)
        {
            Composition composition = compositions[i];
            scaling.Write(composition, _features.AsSpan(i * scaling.Count, scaling.Count));
            _slots[i] = composition.SlotCount;
            for (int slot = 0; slot < composition.SlotCount; slot++)
            {
                _elements[i * Slots + slot] = composition.Elements[slot];
                _amounts[i * Slots + slot] = (byte)Math.Min(composition.Amounts[slot], LargestAmount);
                _fractions[i * Slots + slot] = (float)composition.Fraction(slot);
            }
        }
    }

    /// <summary>The formulas.</summary>
    public IReadOnlyList<Composition> Compositions { get; }

    /// <summary>Their neighbors.</summary>
    public NeighborTable Neighbors { get; }

    /// <summary>Features of a formula.</summary>
    public int FeatureCount { get; }

    /// <summary>The features of a formula.</summary>
    public ReadOnlySpan<float> FeaturesOf(int sample) => _features.AsSpan(sample * FeatureCount, FeatureCount);

    /// <summary>The elements of its slots.</summary>
    public ReadOnlySpan<byte> ElementsOf(int sample) => _elements.AsSpan(sample * Composition.Slots, _slots[sample]);

    /// <summary>The amounts of its slots.</summary>
    public ReadOnlySpan<byte> AmountsOf(int sample) => _amounts.AsSpan(sample * Composition.Slots, _slots[sample]);

    /// <summary>The fractions of its slots.</summary>
    public ReadOnlySpan<float> FractionsOf(int sample) => _fractions.AsSpan(sample * Composition.Slots, _slots[sample]);
}
