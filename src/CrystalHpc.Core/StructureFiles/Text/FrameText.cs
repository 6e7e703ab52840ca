namespace CrystalHpc.Core.StructureFiles;

/// <summary>Pieces of text that several formats write in the same way.</summary>
internal static class FrameText
{
    /// <summary>Writes the three numbers of an atom or a vector, each after a space.</summary>
    public static void WriteVector(TextWriter output, ReadOnlySpan<double> values, double unit = 1)
    {
        foreach (double value in values)
        {
            output.Write(' ');
            NumberText.Write(output, value / unit);
        }
    }

    /// <summary>The numbers x, y, z of one atom.</summary>
    public static ReadOnlySpan<double> Row(double[] values, int atom) => values.AsSpan(3 * atom, 3);

    /// <summary>A text made one line: control characters become spaces.</summary>
    public static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

    /// <summary>At most 40 characters of a text, for messages.</summary>
    public static string Beginning(ReadOnlySpan<char> text) => (text.Length > 40 ? text[..40] : text).ToString();
}
