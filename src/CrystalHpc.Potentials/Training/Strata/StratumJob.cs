using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Training;
using CrystalHpc.Parallel;
using CrystalHpc.Potentials.Data;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.Descriptors;
using CrystalHpc.Potentials.Model.Network;

namespace CrystalHpc.Potentials.Training.Strata;

/// <summary>
/// The training of the potential of one group of elements on structures of exactly these. It waits for those of fewer elements and for no
/// other.
/// </summary>
internal sealed class StratumJob
{
    private readonly PotentialOptions _options;
    private readonly LabelledFrame[] _fitted, _others;
    private readonly int _seen;
    private SampleTable? _table;

    /// <summary>A job.</summary>
    /// <param name="group">Its elements.</param>
    /// <param name="options">How it trains.</param>
    /// <param name="training">All training structures.</param>
    /// <param name="validation">All validation structures; those of the group train, too, with refit.</param>
    public StratumJob(ElementGroup group, PotentialOptions options, IEnumerable<LabelledFrame> training,
        IEnumerable<LabelledFrame> validation)
    {
        (Group, _options) = (group, options);
        LabelledFrame[] own = [.. training.Where(IsOwn)], kept = [.. validation.Where(IsOwn)];
        (_fitted, _others, _seen) = (options.Refit ? [.. own, .. kept] : own, options.Refit ? [] : kept, own.Length);
        Set = NamedSets.Create(options.Functions, [.. group.Elements], options.CutoffAngstrom);
        FreeColumns = [.. group.Elements.Select((element, center) => Enumerable.Range(0, Set.FunctionsOf(center).Count)
            .Where(f => ElementGroup.Of(element, Set.FunctionsOf(center)[f]).Equals(group)).ToArray())];
    }

    /// <summary>The elements.</summary>
    public ElementGroup Group { get; }

    /// <summary>The symmetry functions.</summary>
    public FunctionSet Set { get; }

    /// <summary>For atoms of each element the functions that are about all elements of the group: those that no job before has.</summary>
    public int[][] FreeColumns { get; }

    /// <summary>Structures that train it.</summary>
    public IReadOnlyList<LabelledFrame> Fitted => _fitted;

    /// <summary>Number of weights that it trains: all of one element, the first-layer weights of free columns of more.</summary>
    public int FreeCount => Group.Elements.Count == 1 ? WeightCount : FreeColumns.Sum(columns => columns.Length) * _options.Hidden[0];

    /// <summary>Number of weights of its potential.</summary>
    public int WeightCount => new PotentialNetwork(Set, _options.Hidden).Parameters.Sum(parameter => parameter.Length);

    /// <summary>Places of the weights that it trains among all.</summary>
    public int[] FreePlaces()
    {
        if (Group.Elements.Count == 1)
            return [.. Enumerable.Range(0, WeightCount)];
        var places = new List<int>();
        int offset = 0;
        foreach ((int center, ElementNetwork network) in new PotentialNetwork(Set, _options.Hidden).Elements.Index())
        {
            // The weights of the first layer are the first parameter of an element.
            for (int neuron = 0; neuron < _options.Hidden[0]; neuron++)
                places.AddRange(FreeColumns[center].Select(column => offset + neuron * network.Widths[0] + column));
            offset += network.Parameters.Sum(parameter => parameter.Length);
        }

        return [.. places];
    }

    /// <summary>Prepares the training on a team of ranks.</summary>
    /// <param name="start">Its potential as those of fewer elements make it.</param>
    /// <param name="isTwin">It never sees validation structures.</param>
    /// <param name="seed">Added to the seed of the options.</param>
    /// <param name="world">The team.</param>
    public IEpochTraining<double> Prepare(PotentialModel start, bool isTwin, int seed, ICommunicator world)
    {
        SampleTable table = Table(start);
        LabelledFrame[] all = [.. _fitted, .. _others];
        Labels[] labels = [.. all.Select(row => Labels.Of(row, Set, start.ReferenceElectronVolt))];
        LossWeights weights = PotentialTrainer.WeightsOf(_options, table, labels, _fitted.Length);
        int[] training = [.. Enumerable.Range(0, isTwin ? _seen : _fitted.Length)],
            validation = [.. Enumerable.Range(_fitted.Length, _others.Length)];
        EnergyForceTask Create() => new(start.CreateNetwork(), table, labels, weights, start.EnergyScaleElectronVolt);
        if (Group.Elements.Count == 1)
            return PotentialTrainer.Create(_options, Create, training, validation, seed, world);
        double[] first = StartingColumns.Of(start, Read(start, Ranges).Scaling, FreeColumns);
        int[] free = FreePlaces();
        return PotentialTrainer.Create(_options, () => new FreeWeights(Create(), first, free), training, validation, seed, world);
    }

    /// <summary>The trained potential.</summary>
    /// <param name="start">What it started from.</param>
    /// <param name="free">The free weights.</param>
    /// <param name="ranges">What <see cref="Ranges"/> says, from a rank that trained it.</param>
    public PotentialModel Finish(PotentialModel start, ReadOnlySpan<double> free, ReadOnlySpan<double> ranges)
    {
        (InputScaling[] scaling, double[] shortest) = Read(start, ranges);
        var model = new PotentialModel(Set, start.Hidden, scaling, start.ReferenceElectronVolt, start.EnergyScaleElectronVolt, 1)
        {
            ShortRange = new ShortRange(Set.Elements, shortest),
        };
        start.Members[0].Values.CopyTo(model.Members[0].Values);
        foreach ((int i, int place) in FreePlaces().Index())
            model.Members[0].Values[place] = free[i];
        return model;
    }

    /// <summary>
    /// The lowest values of all functions, less the highest ones, and the shortest distances; 0 as long as nothing was prepared here.
    /// </summary>
    public double[] Ranges { get; private set; } = [];

    /// <summary>Length of <see cref="Ranges"/>.</summary>
    public int RangeCount => 2 * FunctionCount + Group.Elements.Count * Group.Elements.Count;

    /// <summary>Gives the memory of the structures free.</summary>
    public void Release() => _table = null;

    private int FunctionCount => Enumerable.Range(0, Group.Elements.Count).Sum(center => Set.FunctionsOf(center).Count);

    private bool IsOwn(LabelledFrame row) => ElementGroup.Of(row.Frame.Species).Equals(Group);

    private SampleTable Table(PotentialModel start)
    {
        if (_table is not null)
            return _table;
        _table = new SampleTable(Set, [.. _fitted.Concat(_others).Select(row => row.Frame)], _options.StressWeight > 0,
            (long)_options.DerivativeMegabytes << 20);
        IReadOnlyList<InputScaling> seen = _table.FindScaling(Enumerable.Range(0, _seen));
        Ranges = [.. seen.SelectMany(own => own.Lowest), .. seen.SelectMany(own => own.Highest), .. _table.ShortestAngstrom];
        _table.Scale(Read(start, Ranges).Scaling);
        return _table;
    }

    // Free columns are scaled by what the structures of the job show, the others as they were.
    private (InputScaling[] Scaling, double[] Shortest) Read(PotentialModel start, ReadOnlySpan<double> ranges)
    {
        ReadOnlySpan<double> lowest = ranges, highest = ranges[FunctionCount..];
        var scaling = new InputScaling[Group.Elements.Count];
        for (int center = 0; center < scaling.Length; center++)
        {
            int count = Set.FunctionsOf(center).Count;
            var own = InputScaling.FromZero(lowest[..count].ToArray(), highest[..count].ToArray());
            foreach (int f in Enumerable.Range(0, count).Except(FreeColumns[center]))
                (own.Shift[f], own.Factor[f]) = (start.Scaling[center].Shift[f], start.Scaling[center].Factor[f]);
            scaling[center] = own;
            lowest = lowest[count..];
            highest = highest[count..];
        }

        return (scaling, highest.ToArray());
    }
}
