using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Potentials.Model.Descriptors;
using CrystalHpc.Potentials.Model.Network;

namespace CrystalHpc.Potentials.Training;

/// <summary>
/// The inputs of all atoms of all samples, and their derivatives as long as the memory allowed for them suffices: those beyond are computed
/// again each time they are needed, to the same bits. Shared by threads.
/// </summary>
internal sealed class SampleTable
{
    private readonly FunctionSet _set;
    private readonly IReadOnlyList<AtomFrame> _frames;
    private readonly double[][][] _values;
    private readonly int[][] _elements;
    private readonly SampleDerivatives?[] _derivatives;
    private readonly bool _hasStrain;
    private readonly long _budgetBytes;
    private long _usedBytes;
    private IReadOnlyList<InputScaling> _scaling = [];

    /// <summary>Computes the values of all samples.</summary>
    /// <param name="set">The functions.</param>
    /// <param name="frames">The samples, whose elements the set knows.</param>
    /// <param name="hasStrain">Derivatives with respect to strain are needed, too.</param>
    /// <param name="budgetBytes">Most memory for derivatives.</param>
    public SampleTable(FunctionSet set, IReadOnlyList<AtomFrame> frames, bool hasStrain, long budgetBytes)
    {
        (_set, _frames, _hasStrain, _budgetBytes) = (set, frames, hasStrain, budgetBytes);
        (_values, _elements, _derivatives) = (new double[frames.Count][][], new int[frames.Count][], new SampleDerivatives?[frames.Count]);
        ShortestAngstrom = new double[set.Elements.Count * set.Elements.Count];
        var kernel = new DescriptorKernel(set);
        for (int sample = 0; sample < frames.Count; sample++)
        {
            AtomSurroundings surroundings = AtomSurroundings.TryCreate(frames[sample], set, out string? problem)
                ?? throw new ArgumentException(problem, nameof(frames));
            _elements[sample] = surroundings.Elements.ToArray();
            _values[sample] = new double[frames[sample].AtomCount][];
            foreach (AtomNeighborhood near in surroundings.Neighborhoods())
            {
                Observe(near);
                kernel.Evaluate(near, derivatives: false);
                _values[sample][near.Center] = [.. kernel.Plan.Places.Select(place => kernel.Values[place])];
            }
        }
    }

    /// <summary>
    /// Shortest distance of each pair of elements in all samples, row by row, A; 0 where there is none within the cutoff.
    /// </summary>
    public double[] ShortestAngstrom { get; }

    /// <summary>Number of samples.</summary>
    public int Count => _frames.Count;

    /// <summary>The functions.</summary>
    public FunctionSet Set => _set;

    /// <summary>Number of atoms of a sample.</summary>
    public int AtomsOf(int sample) => _elements[sample].Length;

    /// <summary>Numbers of the elements of the atoms of a sample.</summary>
    public ReadOnlySpan<int> ElementsOf(int sample) => _elements[sample];

    /// <summary>Inputs of an atom, scaled once <see cref="Scale"/> was called.</summary>
    public ReadOnlySpan<double> InputsOf(int sample, int atom) => _values[sample][atom];

    /// <summary>Finds how inputs are scaled from some samples.</summary>
    public IReadOnlyList<InputScaling> FindScaling(IEnumerable<int> samples)
    {
        int kinds = _set.Elements.Count;
        double[][] Filled(double value) =>
            [.. Enumerable.Range(0, kinds).Select(element => Enumerable.Repeat(value, _set.FunctionsOf(element).Count).ToArray())];
        (double[][] sums, double[][] lowest, double[][] highest, int[] atoms) = (Filled(0), Filled(double.PositiveInfinity),
            Filled(double.NegativeInfinity), new int[kinds]);
        foreach (int sample in samples)
        {
            for (int atom = 0; atom < AtomsOf(sample); atom++)
            {
                int element = _elements[sample][atom];
                atoms[element]++;
                double[] values = _values[sample][atom];
                for (int f = 0; f < values.Length; f++)
                {
                    sums[element][f] += values[f];
                    lowest[element][f] = Math.Min(lowest[element][f], values[f]);
                    highest[element][f] = Math.Max(highest[element][f], values[f]);
                }
            }
        }

        return [.. Enumerable.Range(0, kinds).Select(element => atoms[element] == 0
            ? new InputScaling(new double[sums[element].Length], [.. sums[element].Select(_ => 1.0)], new double[sums[element].Length],
                new double[sums[element].Length])
            : InputScaling.Centered([.. sums[element].Select(sum => sum / atoms[element])], lowest[element], highest[element]))];
    }

    /// <summary>Scales the inputs, once and for all.</summary>
    public void Scale(IReadOnlyList<InputScaling> scaling)
    {
        _scaling = scaling;
        for (int sample = 0; sample < Count; sample++)
        {
            for (int atom = 0; atom < AtomsOf(sample); atom++)
                scaling[_elements[sample][atom]].Apply(_values[sample][atom], _values[sample][atom]);
        }
    }

    /// <summary>Derivatives of the scaled inputs of a sample.</summary>
    /// <param name="sample">Number of the sample.</param>
    /// <param name="kernel">A kernel of the calling thread.</param>
    public SampleDerivatives DerivativesOf(int sample, DescriptorKernel kernel)
    {
        if (_derivatives[sample] is { } kept)
            return kept;
        SampleDerivatives made = Compute(sample, kernel);
        if (Interlocked.Add(ref _usedBytes, made.Bytes) <= _budgetBytes)
            _derivatives[sample] = made;
        else
            Interlocked.Add(ref _usedBytes, -made.Bytes);
        return made;
    }

    private void Observe(AtomNeighborhood near)
    {
        for (int element = 0; element < _set.Elements.Count; element++)
        {
            ref double shortest = ref ShortestAngstrom[near.CenterElement * _set.Elements.Count + element];
            for (int k = near.Start[element]; k < near.Start[element] + near.Count[element]; k++)
                shortest = shortest == 0 ? near.R[k] : Math.Min(shortest, near.R[k]);
        }
    }

    private SampleDerivatives Compute(int sample, DescriptorKernel kernel)
    {
        int atoms = AtomsOf(sample);
        (var starts, var valueStarts, var targets) = (new int[atoms + 1], new int[atoms], new List<int>());
        var values = new List<float[]>();
        int length = 0;
        foreach (AtomNeighborhood near in AtomSurroundings.TryCreate(_frames[sample], _set, out _)!.Neighborhoods())
        {
            kernel.Evaluate(near, derivatives: true);
            int atom = near.Center, stride = SampleDerivatives.StrideOf(kernel.Plan.Places.Length), entries = near.SlotCount + (_hasStrain
                ? 2 : 0);
            (starts[atom], valueStarts[atom]) = (targets.Count, length);
            var own = new float[3 * entries * stride];
            for (int entry = 0; entry < entries; entry++)
            {
                bool isStrain = entry >= near.SlotCount;
                targets.Add(isStrain ? atoms + entry - near.SlotCount : near.Atoms[entry]);
                Pack(kernel, _scaling[near.CenterElement], isStrain ? kernel.Strain[(3 * (entry - near.SlotCount) * kernel.Plan.Width)..]
                    : kernel.DerivativesOf(entry), own.AsSpan(3 * entry * stride), stride);
            }

            values.Add(own);
            length = checked(length + own.Length);
        }

        starts[atoms] = targets.Count;
        var all = GC.AllocateUninitializedArray<float>(length);
        for (int atom = 0; atom < atoms; atom++)
            values[atom].CopyTo(all, valueStarts[atom]);
        return new SampleDerivatives(starts, [.. targets], valueStarts, all);
    }

    private static void Pack(DescriptorKernel kernel, InputScaling scaling, ReadOnlySpan<double> derivatives, Span<float> rows, int stride)
    {
        int[] places = kernel.Plan.Places;
        for (int axis = 0; axis < 3; axis++)
        {
            ReadOnlySpan<double> source = derivatives.Slice(axis * kernel.Plan.Width, kernel.Plan.Width);
            for (int f = 0; f < places.Length; f++)
                rows[axis * stride + f] = (float)(source[places[f]] * scaling.Factor[f]);
        }
    }
}
