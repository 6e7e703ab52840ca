using System.Globalization;
using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Potentials.Model.N2p2;

/// <summary>Lines of the text files of n2p2, split into words; comments begin with #.</summary>
internal static class N2p2Lines
{
    private static readonly char[] Blanks = [' ', '\t'];

    /// <summary>The lines that say something, with their numbers from 1.</summary>
    /// <exception cref="UserException">The file cannot be read.</exception>
    public static IEnumerable<(int Line, string[] Words)> Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw UserException.Unusable(fault.Message);
        }

        for (int i = 0; i < lines.Length; i++)
        {
            string[] words = lines[i].Split('#')[0].Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0)
                yield return (i + 1, words);
        }
    }

    /// <summary>The numbers of all lines, some columns of each.</summary>
    /// <exception cref="UserException">A line is too short, or a word is no number.</exception>
    public static List<double[]> Numbers(string path, params int[] columns)
    {
        var rows = new List<double[]>();
        foreach ((int line, string[] words) in Read(path))
        {
            var row = new double[columns.Length];
            for (int i = 0; i < columns.Length; i++)
            {
                if (columns[i] >= words.Length
                    || !double.TryParse(words[columns[i]], NumberStyles.Float, CultureInfo.InvariantCulture, out row[i]))
                    throw UserException.Unusable(FormattableString.Invariant($"{path}, line {line}: column {columns[i] + 1} is no number"));
            }

            rows.Add(row);
        }

        return rows;
    }
}
