namespace CrystalHpc.Core.Cif;

/// <summary>One value: a slice of the file's bytes, with its place. Quotes and text-field semicolons are not part of it.</summary>
public readonly struct CifValue
{
    /// <summary>The value's bytes as written, without its delimiters.</summary>
    public ReadOnlySpan<byte> Bytes => throw new NotImplementedException();

    /// <summary>True for an unquoted <c>?</c> (unknown) or <c>.</c> (inapplicable).</summary>
    public bool IsMissing => throw new NotImplementedException();

    /// <summary>Line of the value, from 1.</summary>
    public int Line => throw new NotImplementedException();

    /// <summary>Byte column of the value, from 1.</summary>
    public int Column => throw new NotImplementedException();

    /// <summary>The value as text: UTF-8 where valid, otherwise Latin-1.</summary>
    public string Text => throw new NotImplementedException();

    /// <summary>Reads a number with optional standard uncertainty, such as <c>1.234(5)</c>. False when missing or not a number.</summary>
    public bool TryGetNumber(out CifNumber number) => throw new NotImplementedException();
}
