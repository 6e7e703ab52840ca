using CrystalHpc.Core.Elements;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.Descriptors;
using CrystalHpc.Potentials.Model.Network;

namespace CrystalHpc.Potentials.Training.Strata;

/// <summary>
/// Weights of functions that no training has seen, from those of known ones: another element counts as the atom's own, and a pair of two
/// others as the mean of two of the one and two of the other. A training begins there, and groups of elements without structures stay
/// there.
/// </summary>
internal static class StartingColumns
{
    /// <summary>All weights of a potential, those of some columns filled.</summary>
    /// <param name="model">The potential.</param>
    /// <param name="scaling">How its inputs are scaled.</param>
    /// <param name="columns">For atoms of each element the functions whose weights are filled.</param>
    public static double[] Of(PotentialModel model, IReadOnlyList<InputScaling> scaling, int[][] columns)
    {
        PotentialNetwork network = model.CreateNetwork();
        var weights = new ParameterBuffer<double>(network.Parameters);
        model.Members[0].Values.CopyTo(weights.Values);
        for (int center = 0; center < columns.Length; center++)
        {
            Element element = model.Elements[center];
            IReadOnlyList<SymmetryFunction> functions = model.Set.FunctionsOf(center);

            // Those of threes follow from those of pairs.
            foreach (int column in columns[center].OrderBy(column => ElementGroup.Of(element, functions[column]).Elements.Count))
                Fill(network.Elements[center], functions, element, column, scaling[center].Factor);
        }

        return weights.Values.ToArray();
    }

    private static void Fill(ElementNetwork network, IReadOnlyList<SymmetryFunction> functions, Element element, int column,
        double[] factors)
    {
        int width = network.Widths[0];
        int[] alike = [.. AlikeOf(functions[column], element)
            .Select(wanted => Enumerable.Range(0, width).FirstOrDefault(f => functions[f] == wanted, -1)).Where(f => f >= 0)];
        for (int neuron = 0; neuron < network.Widths[1] && alike.Length > 0; neuron++)
        {
            Span<double> row = network.Weights[0].Values.Slice(neuron * width, width);
            double sum = 0;
            foreach (int f in alike)
                sum += row[f] * factors[f];
            row[column] = sum / (alike.Length * factors[column]);
        }
    }

    private static SymmetryFunction[] AlikeOf(SymmetryFunction function, Element center) =>
        function.Second is not { } second ? [function with { First = center }]
        : ElementGroup.Of(center, function).Elements.Count < 3 ? [function with { First = center, Second = center }]
        : [function with { Second = function.First }, function with { First = second }];
}
