using System.Text;

namespace CrystalHpc.Core.Cif;

/// <summary>What a word without quotes is to the grammar.</summary>
internal enum CifReservedWord
{
    /// <summary>Nothing special: a value.</summary>
    None,

    /// <summary>data_ with or without a name.</summary>
    Data,

    /// <summary>save_ with or without a name.</summary>
    Save,

    /// <summary>loop_.</summary>
    Loop,

    /// <summary>global_.</summary>
    Global,

    /// <summary>stop_.</summary>
    Stop,
}

/// <summary>Recognizes the reserved words, whatever their letter case.</summary>
internal static class CifReservedWords
{
    /// <summary>Classifies a word of at least five bytes.</summary>
    public static CifReservedWord Classify(ReadOnlySpan<byte> word)
    {
        ReadOnlySpan<byte> start = word[..5];
        if (Ascii.EqualsIgnoreCase(start, "data_"u8))
            return CifReservedWord.Data;
        if (Ascii.EqualsIgnoreCase(start, "save_"u8))
            return CifReservedWord.Save;
        if (Ascii.EqualsIgnoreCase(word, "loop_"u8))
            return CifReservedWord.Loop;
        if (Ascii.EqualsIgnoreCase(word, "stop_"u8))
            return CifReservedWord.Stop;
        return Ascii.EqualsIgnoreCase(word, "global_"u8) ? CifReservedWord.Global : CifReservedWord.None;
    }
}
