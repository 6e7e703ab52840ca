using CrystalHpc.Core.Elements;
using CrystalHpc.Potentials.Model.Descriptors;

namespace CrystalHpc.Potentials.Model.Maise;

/// <summary>
/// The symmetry functions at the end of a model file of MAISE: a table whose columns are places in lists of constants below it. Lengths
/// are in bohr, all of them times a scale.
/// </summary>
internal static class MaiseFunctions
{
    // Columns of the table, and the names of the lists that those from the third on point into.
    private const int Kind = 1, Cutoff = 2;
    private static readonly string[] Lists = ["Rc", "Rs", "n1", "n2", "k", "z", "l"];

    /// <summary>Reads the functions.</summary>
    /// <param name="lines">The lines from the one that begins with <c>B2A</c>.</param>
    /// <param name="elements">The elements of the potential.</param>
    /// <param name="refuse">What is thrown for a reason.</param>
    public static FunctionSet Read(IReadOnlyList<string> lines, IReadOnlyList<Element> elements, Func<string, Exception> refuse)
    {
        double[] units = MaiseNetworkFile.NumbersOf(lines.ElementAtOrDefault(1) ?? "");
        if (units.Length != 2)
            throw refuse("the length of a bohr and the scale of lengths are missing");
        double unit = units[0] * units[1];
        Dictionary<string, double[]> lists = lines.Select(MaiseNetworkFile.Words)
            .Where(words => words.Length > 2 && Lists.Contains(words[0])).DistinctBy(words => words[0])
            .ToDictionary(words => words[0], words => MaiseNetworkFile.NumbersOf(string.Join(' ', words[2..])));
        double[][] rows = [.. lines.Skip(2).Select(MaiseNetworkFile.NumbersOf).Where(row => row.Length == Lists.Length + 2)];
        double Of(double[] row, string list)
        {
            double place = row[Cutoff + Array.IndexOf(Lists, list)];
            return lists.TryGetValue(list, out double[]? values) && place >= 0 && place < values.Length ? values[(int)place]
                : throw refuse($"symmetry function {row[0]} asks for a {list} that is not listed");
        }

        foreach (double[] row in rows)
        {
            if (row[Kind] is not (2 or 4) || Of(row, "Rs") != 0 || Of(row, "k") != 1)
                throw refuse($"symmetry function {row[0]} is none of the types 2 and 4 without a shift");
        }

        return rows.Length == 0 ? throw refuse("it lists no symmetry functions") : NamedSets.OwnFirst(
            elements,
            neighbor => rows.Where(row => row[Kind] == 2)
                .Select(row => SymmetryFunction.Radial(neighbor, Of(row, "n1") / (unit * unit), 0, Of(row, "Rc") * unit)),
            (first, second) => rows.Where(row => row[Kind] == 4).Select(row => new SymmetryFunction(
                FunctionKind.Narrow, first, second, Of(row, "n2") / (unit * unit), 0, Of(row, "l"), (int)Of(row, "z"), Of(row, "Rc") * unit,
                Factor: 2)));
    }
}
