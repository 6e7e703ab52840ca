using System.Globalization;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Potentials.Model.Network;

namespace CrystalHpc.Potentials.Model.N2p2;

/// <summary>
/// A potential as n2p2 keeps it: <c>input.nn</c>, <c>scaling.data</c> and a <c>weights.ZZZ.data</c> for each element in one folder, with or
/// without a prefix.
/// </summary>
internal static class N2p2Folder
{
    private const string Settings = "input.nn";

    /// <summary>True where a path is such a folder, or a folder and the prefix of the files in it, such as <c>FOLDER/Cu</c>.</summary>
    public static bool IsOne(string path) => File.Exists(Path.Combine(path, Settings)) || File.Exists($"{path}.{Settings}");

    /// <summary>Reads a potential.</summary>
    /// <param name="path">The folder, or the folder and a prefix.</param>
    /// <param name="units">Its units; null: see <see cref="N2p2Settings.Read"/>.</param>
    /// <exception cref="UserException">A file is missing, cannot be read, or contradicts another.</exception>
    public static PotentialModel Read(string path, FrameUnits? units)
    {
        string start = File.Exists(Path.Combine(path, Settings)) ? path + Path.DirectorySeparatorChar : path + ".";
        var settings = N2p2Settings.Read(start + Settings, units);
        double energy = settings.Units.EnergyElectronVolt;
        var model = new PotentialModel(
            settings.Set, settings.Hidden, ReadScaling(start + "scaling.data", settings),
            [.. settings.Elements.Select(element => energy * (settings.ReferenceOf(element) + settings.MeanEnergy))],
                energy / settings.EnergyFactor, 1);
        PotentialNetwork network = model.CreateNetwork();
        model.Members[0].Share(network.Parameters);
        for (int i = 0; i < settings.Elements.Length; i++)
            ReadWeights(FormattableString.Invariant($"{start}weights.{settings.Elements[i].AtomicNumber:000}.data"), network.Elements[i]);
        return model;
    }

    private static InputScaling[] ReadScaling(string path, N2p2Settings settings)
    {
        List<double[]> rows = N2p2Lines.Numbers(path, 0, 1, 2, 3, 4, 5);
        var scaling = new InputScaling[settings.Elements.Length];
        double length = settings.Range.High - settings.Range.Low;
        for (int element = 0; element < scaling.Length; element++)
        {
            double[][] own = [.. rows.Where(row => row[0] == element + 1 && row[1] >= 1).OrderBy(row => row[1])];
            if (own.Length != settings.Set.FunctionsOf(element).Count)
                throw UserException.Unusable(
                    string.Create(CultureInfo.InvariantCulture,
                    $"{path} has {own.Length} functions of {settings.Elements[element]}, and input.nn "
                    + $"{settings.Set.FunctionsOf(element).Count}"));
            double[] factors = [.. own.Select(row => settings.IsScaledBySigma ? length / row[5] : settings.IsScaled
                ? length / (row[3] - row[2]) : 1)];

            // Scaled inputs begin at the low end of the range, centered ones have it as their mean.
            double low = settings.IsScaled || settings.IsScaledBySigma ? settings.Range.Low : 0;
            double[] origin = [.. own.Select(row => settings.IsCentered || settings.IsScaledBySigma ? row[4] : settings.IsScaled ? row[2]
                : 0)];
            scaling[element] = new InputScaling(
                [.. origin.Zip(factors, (value, factor) => value - low / factor)], factors, [.. own.Select(row => row[2])],
                    [.. own.Select(row => row[3])]);
        }

        return scaling;
    }

    // Columns: value, kind (a weight, b bias), index, layer and neuron it starts from, layer and neuron it ends in.
    private static void ReadWeights(string path, ElementNetwork network)
    {
        int read = 0;
        foreach ((int line, string[] words) in N2p2Lines.Read(path))
        {
            double[] numbers = [.. words.Where((_, i) => i != 1)
                .Select(word => double.TryParse(word, System.Globalization.CultureInfo.InvariantCulture, out double value) ? value
                : double.NaN)];
            bool isWeight = words.Length == 7 && words[1] == "a", isBias = words.Length >= 5 && words[1] == "b";
            int layer = isWeight ? (int)numbers[4] : isBias ? (int)numbers[2] : 0;
            if (layer < 1 || layer >= network.Widths.Count || numbers.Any(double.IsNaN))
                throw UserException.Unusable(
                    FormattableString.Invariant(
                    $"{path}, line {line}: not a weight or a bias of a network {string.Join('-', network.Widths)}"));
            Parameter<double> parameter = isWeight ? network.Weights[layer - 1] : network.Biases[layer - 1];
            int place = isWeight ? ((int)numbers[5] - 1) * network.Widths[layer - 1] + (int)numbers[3] - 1 : (int)numbers[3] - 1;
            if (place < 0 || place >= parameter.Length)
                throw UserException.Unusable(FormattableString.Invariant($"{path}, line {line}: no such neuron"));
            parameter.Values[place] = numbers[0];
            read++;
        }

        if (read != network.Parameters.Sum(parameter => parameter.Length))
            throw UserException.Unusable(
                FormattableString.Invariant($"{path} holds {read} weights, not {network.Parameters.Sum(parameter => parameter.Length)}"));
    }
}
