using CrystalHpc.Core.Elements;

namespace CrystalHpc.Generation.Data;

/// <summary>The elements that a model knows, each with its place among the outputs of the network.</summary>
public sealed class SpeciesList
{
    /// <summary>The place of elements that the list does not hold.</summary>
    public const byte None = byte.MaxValue;

    private readonly byte[] _places = new byte[Element.Count + 1];

    /// <summary>A list of elements in the order of their atomic numbers.</summary>
    public SpeciesList(IEnumerable<Element> elements)
    {
        Elements = [.. elements.Distinct().Order()];
        Array.Fill(_places, None);
        for (int place = 0; place < Elements.Count; place++)
            _places[Elements[place].AtomicNumber] = (byte)place;
    }

    /// <summary>The elements.</summary>
    public IReadOnlyList<Element> Elements { get; }

    /// <summary>Number of elements.</summary>
    public int Count => Elements.Count;

    /// <summary>All elements of samples.</summary>
    public static SpeciesList Of(IEnumerable<GenerationSample> samples) => new(samples.SelectMany(sample => sample.Cell.Elements));

    /// <summary>The place of an element by its atomic number; <see cref="None"/> when there is none.</summary>
    public byte PlaceOf(int atomicNumber) => _places[atomicNumber];
}
