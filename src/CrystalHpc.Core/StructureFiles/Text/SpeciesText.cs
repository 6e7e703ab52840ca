using CrystalHpc.Core.Elements;

namespace CrystalHpc.Core.StructureFiles;

/// <summary>Reads the species of the atoms of one frame: symbols, or atomic numbers where a format allows them.</summary>
/// <param name="draft">The frame.</param>
/// <param name="numbersAreElements">True: the format defines numbers as atomic numbers. False: they may be anything.</param>
internal sealed class SpeciesText(FrameDraft draft, bool numbersAreElements)
{
    private const int LargestAtomicNumber = 118;

    private readonly bool[] _numbers = new bool[LargestAtomicNumber + 1];
    private int _numeric;
    private bool _hasIsotope;

    /// <summary>Reads the species of the next atom; refuses the frame when it is no element.</summary>
    public bool TryAdd(ReadOnlySpan<char> field, int line)
    {
        if (Element.TryParse(field, out Element element))
        {
            _hasIsotope |= field is "D" or "T";
            draft.Species.Add(element);
            return true;
        }

        if (!NumberText.TryParseInteger(field, out long number) || number is < 1 or > LargestAtomicNumber)
            return draft.Refuse(StructureFileFindings.Element, line, $"'{FrameText.Beginning(field)}' is not an element");
        _numbers[number] = true;
        _numeric++;
        draft.Species.Add(new Element((byte)number));
        return true;
    }

    /// <summary>
    /// Judges the species of the whole frame: numbers 1, 2, 3 ... are types of a force field, not hydrogen, helium, lithium.
    /// </summary>
    public bool TryComplete(int line)
    {
        if (_hasIsotope)
            draft.Note(StructureFileFindings.ElementGuessed, line, $"D and T are read as hydrogen");
        if (numbersAreElements || _numeric == 0)
            return true;
        int kinds = _numbers.Count(used => used);
        if (Array.FindLastIndex(_numbers, used => used) == kinds)
            return draft.Refuse(StructureFileFindings.Element, line, $"the species are numbers from 1 to {kinds}: types, not elements");
        draft.Note(StructureFileFindings.ElementGuessed, line, $"numbers in the column of species are read as atomic numbers");
        return true;
    }
}
