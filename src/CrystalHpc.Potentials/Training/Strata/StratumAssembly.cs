using CrystalHpc.Core.Elements;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.Descriptors;
using CrystalHpc.Potentials.Model.Network;

namespace CrystalHpc.Potentials.Training.Strata;

/// <summary>
/// A potential of several elements from potentials of fewer. Biases and upper layers come from the potentials of the elements; each column
/// of a first layer comes from the potential of exactly the elements that its symmetry function is about.
/// </summary>
/// <remarks>
/// A symmetry function is exactly 0 where one of its elements is absent: the larger potential gives the energies of the smaller ones to the
/// bit. The exception are atoms closer than a smaller one has seen but the larger has: there only the smaller repels.
/// </remarks>
internal static class StratumAssembly
{
    /// <summary>Puts a potential together.</summary>
    /// <param name="set">Its symmetry functions.</param>
    /// <param name="parts">Potentials by their elements: one of each element, and others; see <see cref="StartingColumns"/> for groups
    /// without one.</param>
    /// <param name="scale">The unit of its networks, eV. Parts in units that differ from it by a power of two lose no bit.</param>
    /// <exception cref="UserException">A part has other functions or widths, or does not keep the weights of an element.</exception>
    public static PotentialModel Assemble(FunctionSet set, IReadOnlyDictionary<ElementGroup, PotentialModel> parts, double scale)
    {
        PotentialModel[] elements = [.. set.Elements.Select(element => parts[ElementGroup.Of([element])])];
        IReadOnlyList<int> hidden = elements[0].Hidden;
        if (parts.Values.FirstOrDefault(part => !part.Hidden.SequenceEqual(hidden)) is { } other)
            throw UserException.Unusable(
                $"the potential of {ElementGroup.Of(other.Elements)} has hidden layers {string.Join('-', other.Hidden)}, another "
                + $"{string.Join('-', hidden)}");
        var scaling = new InputScaling[set.Elements.Count];
        var model = new PotentialModel(set, hidden, scaling, [.. elements.Select(element => element.ReferenceElectronVolt[0])], scale, 1)
        {
            ShortRange = new ShortRange(set.Elements, ShortestOf(set.Elements, parts)),
        };
        PotentialNetwork network = model.CreateNetwork();
        model.Members[0].Share(network.Parameters);
        for (int center = 0; center < set.Elements.Count; center++)
            scaling[center] = Fill(network.Elements[center], set, center, parts, scale);
        int[][] unknown = [.. set.Elements.Select((element, center) => Enumerable.Range(0, set.FunctionsOf(center).Count)
            .Where(f => !parts.ContainsKey(ElementGroup.Of(element, set.FunctionsOf(center)[f]))).ToArray())];
        StartingColumns.Of(model, scaling, unknown).CopyTo(model.Members[0].Values);
        return model;
    }

    private static InputScaling Fill(ElementNetwork target, FunctionSet set, int center,
        IReadOnlyDictionary<ElementGroup, PotentialModel> parts,
        double scale)
    {
        Element element = set.Elements[center];
        IReadOnlyList<SymmetryFunction> functions = set.FunctionsOf(center);
        PotentialModel own = parts[ElementGroup.Of([element])];
        CopyUpper(NetworkOf(own, element), target, own.EnergyScaleElectronVolt / scale);
        (double[] lowest, double[] highest) = RangesOf(element, functions, parts);
        var scaling = new InputScaling(new double[functions.Count], [.. functions.Select(_ => 1.0)], lowest, highest);
        target.Weights[0].Values.Clear();
        foreach (var group in Enumerable.Range(0, functions.Count).GroupBy(f => ElementGroup.Of(element, functions[f])))
        {
            if (!parts.TryGetValue(group.Key, out PotentialModel? part))
                continue;
            ElementNetwork source = NetworkOf(part, element);
            RequireSame(source, target, part, element, scale);
            int number = part.Set.NumberOf(element);
            foreach (int f in group)
            {
                int from = IndexOf(part.Set.FunctionsOf(number), functions[f]);
                if (from < 0)
                    throw UserException.Unusable($"the potential of {group.Key} lacks the symmetry function {functions[f]} of {element}");
                InputScaling known = part.Scaling[number];
                (scaling.Shift[f], scaling.Factor[f]) = (known.Shift[from], known.Factor[from]);
                for (int neuron = 0; neuron < target.Widths[1]; neuron++)
                    target.Weights[0].Values[neuron * functions.Count + f] = source.Weights[0].Values[neuron * source.Widths[0] + from];
            }
        }

        return scaling;
    }

    // What any of the parts has seen; those without a function have seen it at 0.
    private static (double[] Lowest, double[] Highest) RangesOf(Element element, IReadOnlyList<SymmetryFunction> functions,
        IReadOnlyDictionary<ElementGroup, PotentialModel> parts)
    {
        (var lowest, var highest) = (new double[functions.Count], new double[functions.Count]);
        Array.Fill(lowest, double.PositiveInfinity);
        foreach (PotentialModel part in parts.Values.Where(part => part.Set.NumberOf(element) >= 0))
        {
            int number = part.Set.NumberOf(element);
            for (int f = 0; f < functions.Count; f++)
            {
                int from = IndexOf(part.Set.FunctionsOf(number), functions[f]);
                lowest[f] = Math.Min(lowest[f], from < 0 ? 0 : part.Scaling[number].Lowest[from]);
                highest[f] = Math.Max(highest[f], from < 0 ? 0 : part.Scaling[number].Highest[from]);
            }
        }

        return (lowest, highest);
    }

    // The last layer gives the energy, in units of the potential.
    private static void CopyUpper(ElementNetwork source, ElementNetwork target, double ratio)
    {
        foreach (Parameter<double> parameter in Upper(target))
        {
            double factor = parameter == target.Weights[^1] || parameter == target.Biases[^1] ? ratio : 1;
            ReadOnlySpan<double> values = Upper(source).First(other => other.Name == parameter.Name).Values;
            for (int i = 0; i < values.Length; i++)
                parameter.Values[i] = factor * values[i];
        }
    }

    private static void RequireSame(ElementNetwork source, ElementNetwork target, PotentialModel part, Element element, double scale)
    {
        double ratio = part.EnergyScaleElectronVolt / scale;
        foreach ((Parameter<double> mine, Parameter<double> kept) in Upper(source).Zip(Upper(target)))
        {
            double factor = kept == target.Weights[^1] || kept == target.Biases[^1] ? ratio : 1;
            for (int i = 0; i < kept.Length; i++)
            {
                if (factor * mine.Values[i] != kept.Values[i])
                    throw UserException.Unusable(
                        $"the potential of {ElementGroup.Of(part.Elements)} does not keep the weights of that of {element}");
            }
        }
    }

    private static IEnumerable<Parameter<double>> Upper(ElementNetwork network) => network.Biases.Concat(network.Weights.Skip(1));

    private static ElementNetwork NetworkOf(PotentialModel model, Element element)
    {
        PotentialNetwork network = model.CreateNetwork();
        model.Members[0].Share(network.Parameters);
        return network.Elements[model.Set.NumberOf(element)];
    }

    // Of each pair the shortest distance that any of the parts has seen; 0 where none has.
    private static double[] ShortestOf(IReadOnlyList<Element> elements, IReadOnlyDictionary<ElementGroup, PotentialModel> parts) =>
    [
        .. from first in elements
           from second in elements
           let seen = parts.Values.Where(part => part.Set.NumberOf(first) >= 0 && part.Set.NumberOf(second) >= 0)
               .Select(part => part.ShortRange.ShortestAngstrom[part.Set.NumberOf(first) * part.Elements.Count + part.Set.NumberOf(second)])
               .Where(distance => distance > 0)
           select seen.DefaultIfEmpty(0).Min(),
    ];

    private static int IndexOf(IReadOnlyList<SymmetryFunction> functions, SymmetryFunction wanted)
    {
        for (int i = 0; i < functions.Count; i++)
        {
            if (functions[i] == wanted)
                return i;
        }

        return -1;
    }
}
