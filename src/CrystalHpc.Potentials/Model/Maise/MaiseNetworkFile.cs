using System.Globalization;
using CrystalHpc.Core.Elements;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Potentials.Model.Descriptors;
using CrystalHpc.Potentials.Model.Network;

namespace CrystalHpc.Potentials.Model.Maise;

/// <summary>
/// A potential as MAISE keeps it (Hajinazar and others 2021, doi 10.1016/j.cpc.2020.107679), one text file, packed (.gz) or not: a box of
/// facts, the range of each input of each element, the weights of each element, the symmetry functions. Energies are in eV, those of free
/// atoms are 0.
/// </summary>
internal static class MaiseNetworkFile
{
    private static readonly char[] Blanks = [' ', '\t', '\r'];

    /// <summary>True where a path is a file that begins with the ruled box of a model.</summary>
    /// <exception cref="UserException">The file cannot be read.</exception>
    public static bool IsOne(string path)
    {
        const string Rule = "-----";
        if (!File.Exists(path))
            return false;
        using var reader = new StreamReader(StructureStreams.Open(path));
        var start = new char[Rule.Length];
        return reader.ReadBlock(start) == Rule.Length && start.AsSpan().SequenceEqual(Rule);
    }

    /// <summary>Reads a potential.</summary>
    /// <exception cref="UserException">The file cannot be read, is cut off, or has symmetry functions that are not known.</exception>
    public static PotentialModel Read(string path)
    {
        string[] lines = ReadLines(path);
        int functions = Array.FindIndex(lines, line => line.TrimStart().StartsWith("B2A", StringComparison.Ordinal));
        Dictionary<string, string> facts = lines.Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 4).DistinctBy(cells => cells[1]).ToDictionary(cells => cells[1], cells => cells[2]);
        if (functions < 0 || !facts.TryGetValue("species names", out string? species)
            || !facts.TryGetValue("architecture", out string? shape))
            throw Refuse(path, "it is not a model of MAISE, or its symmetry functions are missing");
        Element[] elements = [.. Words(species).Select(word => Element.TryParse(word, out Element element) ? element
            : throw Refuse(path, $"{word} is no element"))];
        int[] widths = [.. Words(shape).Select(word => int.TryParse(word, CultureInfo.InvariantCulture, out int width) && width > 0 ? width
            : throw Refuse(path, $"{word} is no width of a layer"))];
        if (elements.Length == 0 || elements.Distinct().Count() < elements.Length)
            throw Refuse(path, "it names no elements, or one twice");
        FunctionSet set = MaiseFunctions.Read(lines[functions..], elements, reason => Refuse(path, reason));
        double[][] numbers = [.. lines[..functions].Select(NumbersOf).Where(row => row.Length > 0)];
        double[][] ranges = [.. numbers.Where(row => row.Length == 3)];
        double[] weights = [.. numbers.Where(row => row.Length == 1).Select(row => row[0])];
        if (widths.Length < 3 || widths[^1] != 1 || widths[0] != set.FunctionsOf(0).Count || ranges.Length != elements.Length * widths[0])
            throw Refuse(path, FormattableString.Invariant(
                $"a network {shape}, {ranges.Length} ranges and {set.FunctionsOf(0).Count} symmetry functions do not fit together"));
        var model = new PotentialModel(set, widths[1..^1], ScalingOf(ranges, elements.Length), new double[elements.Length], 1, 1);
        PotentialNetwork network = model.CreateNetwork();
        model.Members[0].Share(network.Parameters);
        if (weights.Length != model.Members[0].Values.Length)
            throw Refuse(path, FormattableString.Invariant($"it holds {weights.Length} weights, not {model.Members[0].Values.Length}"));
        SetWeights(network, weights);
        return model;
    }

    /// <summary>How the inputs of each element are scaled.</summary>
    /// <param name="ranges">Lowest value, highest value and factor of each input, element by element.</param>
    /// <param name="elements">Number of elements.</param>
    public static InputScaling[] ScalingOf(IReadOnlyList<double[]> ranges, int elements) =>
        [.. ranges.Chunk(ranges.Count / elements).Select(rows => new InputScaling([.. rows.Select(row => row[0])],
            [.. rows.Select(row => row[2])], [.. rows.Select(row => row[0])], [.. rows.Select(row => row[1])]))];

    /// <summary>Sets all weights of networks.</summary>
    /// <param name="network">The networks.</param>
    /// <param name="values">Element by element: biases layer by layer, then weights layer by layer, a row for each neuron.</param>
    public static void SetWeights(PotentialNetwork network, ReadOnlySpan<double> values)
    {
        foreach (ElementNetwork element in network.Elements)
        {
            foreach (Parameter<double> parameter in element.Biases.Concat(element.Weights))
            {
                values[..parameter.Length].CopyTo(parameter.Values);
                values = values[parameter.Length..];
            }
        }
    }

    /// <summary>The words of a line.</summary>
    internal static string[] Words(string line) => line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The numbers of a line; none where a word is not one.</summary>
    internal static double[] NumbersOf(string line)
    {
        string[] words = Words(line);
        var numbers = new double[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            if (!double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
                return [];
        }

        return numbers;
    }

    private static string[] ReadLines(string path)
    {
        try
        {
            using var reader = new StreamReader(StructureStreams.Open(path));
            return reader.ReadToEnd().Split('\n');
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw UserException.Unusable(fault.Message);
        }
    }

    private static UserException Refuse(string path, string reason) => UserException.Unusable($"{path}: {reason}");
}
