using System.Globalization;
using System.Text;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Potentials.Model.Descriptors;
using CrystalHpc.Potentials.Model.Network;

namespace CrystalHpc.Potentials.Model.N2p2;

/// <summary>
/// Writes a potential as n2p2 and the <c>pair_style hdnnp</c> of LAMMPS read it: <c>input.nn</c>, <c>scaling.data</c> and a
/// <c>weights.ZZZ.data</c> for each element,
/// in bohr and hartree. The repulsion of close atoms has no place there.
/// </summary>
internal static class N2p2FolderWriter
{
    // Inputs are centered on their mean and range over this length.
    private const double InputRange = 2;

    private const string Signature = "# A neural potential written by crystalhpc";

    private static readonly FrameUnits Units = FrameUnits.TryParse("bohr,hartree")!;

    /// <summary>Writes a potential.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="model">The potential.</param>
    /// <param name="member">Which network of its committee.</param>
    /// <exception cref="UserException">It cannot be written, or files of others are there.</exception>
    public static void Write(string folder, PotentialModel model, int member)
    {
        Element[] elements = [.. model.Elements.Order()];
        int[][] orders = [.. elements.Select(element => Order(model, element))];
        Directory.CreateDirectory(folder);
        WriteFile(Path.Combine(folder, "input.nn"), text => WriteSettings(text, model, elements, orders));
        WriteFile(Path.Combine(folder, "scaling.data"), text =>
        {
            for (int i = 0; i < elements.Length; i++)
                WriteScaling(text, i + 1, model, elements[i], orders[i]);
        });
        PotentialNetwork network = model.CreateNetwork();
        model.Members[member].Share(network.Parameters);
        for (int i = 0; i < elements.Length; i++)
        {
            ElementNetwork own = network.Elements[model.Set.NumberOf(elements[i])];
            int[] order = orders[i];
            WriteFile(Path.Combine(folder, FormattableString.Invariant($"weights.{elements[i].AtomicNumber:000}.data")), text =>
                WriteWeights(text, own, order, model.EnergyScaleElectronVolt / Units.EnergyElectronVolt));
        }
    }

    // n2p2 sorts functions; inputs and weights follow its order.
    private static int[] Order(PotentialModel model, Element element)
    {
        IReadOnlyList<SymmetryFunction> functions = model.Set.FunctionsOf(model.Set.NumberOf(element));
        return [.. Enumerable.Range(0, functions.Count).OrderBy(i => TypeOf(functions[i])).ThenBy(i => functions[i].CutoffAngstrom)
            .ThenBy(i => functions[i].EtaPerSquareAngstrom).ThenBy(i => functions[i].ShiftAngstrom).ThenBy(i => functions[i].Zeta)
            .ThenBy(i => functions[i].Lambda).ThenBy(i => Neighbors(functions[i]).Low).ThenBy(i => Neighbors(functions[i]).High)];
    }

    private static int TypeOf(SymmetryFunction function)
        => function.Kind switch { FunctionKind.Radial => 2, FunctionKind.Narrow => 3, _ => 9 };

    private static (Element Low, Element High) Neighbors(SymmetryFunction function) =>
        function.Second is { } second ? second < function.First ? (second, function.First) : (function.First, second) : (function.First,
            function.First);

    private static void WriteSettings(TextWriter text, PotentialModel model, Element[] elements, int[][] orders)
    {
        double length = Units.LengthAngstrom;
        text.WriteLine(FormattableString.Invariant($"number_of_elements {elements.Length}"));
        text.WriteLine($"elements {string.Join(' ', elements)}");
        foreach (Element element in elements)
            text.WriteLine($"atom_energy {element} "
                + $"{Number(model.ReferenceElectronVolt[model.Set.NumberOf(element)] / Units.EnergyElectronVolt)}");
        text.WriteLine("cutoff_type 1");
        text.WriteLine("scale_symmetry_functions");
        text.WriteLine("center_symmetry_functions");
        text.WriteLine("scale_min_short 0.0");
        text.WriteLine($"scale_max_short {Number(InputRange)}");
        text.WriteLine(FormattableString.Invariant($"global_hidden_layers_short {model.Hidden.Count}"));
        text.WriteLine($"global_nodes_short {string.Join(' ', model.Hidden)}");
        text.WriteLine($"global_activation_short {string.Join(' ', model.Hidden.Select(_ => "t"))} l");
        for (int i = 0; i < elements.Length; i++)
        {
            IReadOnlyList<SymmetryFunction> functions = model.Set.FunctionsOf(model.Set.NumberOf(elements[i]));
            foreach (SymmetryFunction f in orders[i].Select(place => functions[place]))
            {
                string eta = Number(f.EtaPerSquareAngstrom * length * length), shift = Number(f.ShiftAngstrom / length),
                    cutoff = Number(f.CutoffAngstrom / length);
                text.WriteLine(f.Kind == FunctionKind.Radial
                    ? $"symfunction_short {elements[i]} 2 {f.First} {eta} {shift} {cutoff}"
                    : string.Create(CultureInfo.InvariantCulture,
                        $"symfunction_short {elements[i]} {TypeOf(f)} {f.First} {f.Second} {eta} {Number(f.Lambda)} {f.Zeta} {cutoff} "
                        + $"{shift}"));
            }
        }
    }

    // Columns: element, function, lowest, highest, mean, deviation. Where the range of the training is not what inputs are scaled by, that
    // is what is written.
    private static void WriteScaling(TextWriter text, int number, PotentialModel model, Element element, int[] order)
    {
        int center = model.Set.NumberOf(element);
        InputScaling scaling = model.Scaling[center];
        for (int i = 0; i < order.Length; i++)
        {
            int f = order[i];
            double factor = model.Set.FunctionsOf(center)[f].Factor, range = InputRange / (scaling.Factor[f] * factor);
            double low = scaling.Lowest[f] / factor, high = scaling.Highest[f] / factor;
            if (Math.Abs(high - low - range) > 1e-15 * Math.Abs(range))
                high = low + range;
            text.WriteLine(FormattableString.Invariant(
                $"{number} {i + 1} {Number(low)} {Number(high)} {Number(scaling.Shift[f] / factor)} 0.0"));
        }
    }

    private static void WriteWeights(TextWriter text, ElementNetwork network, int[] order, double scale)
    {
        int index = 0;
        for (int layer = 1; layer < network.Widths.Count; layer++)
        {
            int width = network.Widths[layer - 1];
            double factor = layer == network.Widths.Count - 1 ? scale : 1;
            for (int from = 0; from < width; from++)
            {
                int column = layer == 1 ? order[from] : from;
                for (int to = 0; to < network.Widths[layer]; to++)
                    text.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"{Number(factor * network.Weights[layer - 1].Values[to * width + column])} a {++index} {layer - 1} {from + 1} "
                        + $"{layer} {to + 1}"));
            }

            for (int to = 0; to < network.Widths[layer]; to++)
                text.WriteLine(FormattableString.Invariant(
                    $"{Number(factor * network.Biases[layer - 1].Values[to])} b {++index} {layer} {to + 1}"));
        }
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static void WriteFile(string path, Action<TextWriter> write) => NamedOutput.Write(path, Signature, stream =>
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        text.WriteLine(Signature);
        write(text);
    });
}
