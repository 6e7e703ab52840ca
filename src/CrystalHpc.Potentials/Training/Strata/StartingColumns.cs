using CrystalHpc.Core.Elements;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.Descriptors;
using CrystalHpc.Potentials.Model.Network;

namespace CrystalHpc.Potentials.Training.Strata;

/// <summary>
/// Where the weights of new functions start: as if the new neighbors were known ones. In a pair another element counts as the atom's own, so that a training begins with atoms
/// that see their own crystal in the geometry of the alloy; in three elements a pair of two others is the mean of two of the one and two of the other.
/// </summary>
internal static class StartingColumns
{
    /// <summary>All weights, those of free columns filled.</summary>
    /// <param name="start">The potential as those of fewer elements make it.</param>
    /// <param name="scaling">How the inputs are scaled, the free ones as well.</param>
    /// <param name="freeColumns">For atoms of each element the functions whose weights are free.</param>
    public static double[] Of(PotentialModel start, InputScaling[] scaling, int[][] freeColumns)
    {
        PotentialNetwork network = start.CreateNetwork();
        var weights = new Learning.Layers.ParameterBuffer<double>(network.Parameters);
        start.Members[0].Values.CopyTo(weights.Values);
        for (int center = 0; center < freeColumns.Length; center++)
        {
            ElementNetwork own = network.Elements[center];
            IReadOnlyList<SymmetryFunction> functions = start.Set.FunctionsOf(center);
            int width = own.Widths[0];
            foreach (int column in freeColumns[center])
            {
                int[] alike = [.. AlikeOf(functions[column], start.Elements[center], start.Elements.Count)
                    .Select(wanted => Enumerable.Range(0, width).FirstOrDefault(f => functions[f] == wanted, -1)).Where(f => f >= 0)];
                for (int neuron = 0; neuron < own.Widths[1] && alike.Length > 0; neuron++)
                {
                    Span<double> row = own.Weights[0].Values.Slice(neuron * width, width);
                    double sum = 0;
                    foreach (int f in alike)
                        sum += row[f] * scaling[center].Factor[f];
                    row[column] = sum / (alike.Length * scaling[center].Factor[column]);
                }
            }
        }

        return weights.Values.ToArray();
    }

    private static SymmetryFunction[] AlikeOf(SymmetryFunction function, Element center, int elements) =>
        function.Second is null ? [function with { First = center }]
        : elements == 2 ? [function with { First = center, Second = center }]
        : [function with { Second = function.First }, function with { First = function.Second.Value }];
}
