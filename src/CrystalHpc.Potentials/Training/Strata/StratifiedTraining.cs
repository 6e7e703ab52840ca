using System.Globalization;
using CrystalHpc.Core.Elements;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Learning.Runs;
using CrystalHpc.Parallel;
using CrystalHpc.Potentials.Data;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.Descriptors;
using CrystalHpc.Potentials.Model.Network;
using CrystalHpc.Potentials.Prediction;

namespace CrystalHpc.Potentials.Training.Strata;

/// <summary>
/// Trains a potential stratum by stratum (Hajinazar, Shao and Kolmogorov 2017, doi 10.1103/PhysRevB.95.014114): elements, then pairs of
/// them with the weights of the elements kept, then threes. The jobs of a stratum do not wait for one another: teams of ranks do them side
/// by side. All calls are collective.
/// </summary>
internal sealed class StratifiedTraining
{
    private const int MostElements = 3;

    private readonly Job _job;
    private readonly TrainingRun _run;
    private readonly PotentialOptions _options;
    private readonly LabelledFrame[] _training, _validation;
    private readonly FunctionSet _set;
    private readonly Dictionary<ElementGroup, PotentialModel> _kept;
    private readonly Dictionary<ElementGroup, PotentialModel>[] _stacks;
    private readonly Dictionary<Element, double> _references;
    private readonly double _scale;
    private int _trained;

    /// <summary>Prepares a training.</summary>
    /// <exception cref="UserException">An element has neither structures of it alone nor a kept potential, or kept potentials do not
    /// fit.</exception>
    public StratifiedTraining(Job job, TrainingRun run, PotentialOptions options, LabelledFrame[] training, LabelledFrame[] validation)
    {
        (_job, _run, _options, _training, _validation) = (job, run, options, training, validation);
        _kept = ReadKept(options.Kept);
        Element[] elements = [.. training.Concat(validation).SelectMany(row => row.Frame.Species)
            .Concat(_kept.Keys.SelectMany(group => group.Elements)).Distinct().Order()];
        _set = NamedSets.Create(options.Functions, elements, options.CutoffAngstrom);
        LabelledFrame[] fitted = options.Refit ? [.. training, .. validation] : training;
        _references = elements.ToDictionary(element => element, element => ReferenceOf(element, fitted));
        _scale = ScaleOf(fitted);

        // A network and, with refit, its twin that never sees validation structures are built upon those of the same stack.
        int stacks = options.Refit && validation.Length > 0 ? 2 * options.Members : options.Members;
        _stacks = [.. Enumerable.Range(0, stacks).Select(_ => new Dictionary<ElementGroup, PotentialModel>(_kept))];
    }

    /// <summary>Trains all strata.</summary>
    /// <returns>The potential, and the weights of the twins.</returns>
    public (PotentialModel Model, IReadOnlyList<double[]> Twins) Train()
    {
        ElementGroup[] groups = [.. _training.Select(row => ElementGroup.Of(row.Frame.Species)).Distinct().Order()];
        for (int stratum = 1; stratum <= MostElements; stratum++)
        {
            StratumJob[] jobs = [.. groups.Where(group => group.Elements.Count == stratum && !_kept.ContainsKey(group))
                .Select(group => new StratumJob(group, _options, _training, _validation))];
            if (jobs.Length > 0)
                Train(stratum, jobs);
        }

        int beyond = _training.Count(row => ElementGroup.Of(row.Frame.Species).Elements.Count > MostElements);
        if (beyond > 0)
            _job.Say(string.Create(CultureInfo.InvariantCulture,
                $"train    {beyond} structures of more than {MostElements} elements: no symmetry "
                + $"function is about so many, they do not train"));
        PotentialModel[] whole = [.. _stacks.Select(stack => StratumAssembly.Assemble(_set, stack, _scale))];
        PotentialModel first = whole[0];
        var model = new PotentialModel(_set, first.Hidden, first.Scaling, first.ReferenceElectronVolt, _scale, _options.Members)
        {
            ShortRange = first.ShortRange, Compositions = CompositionRange.Of(_set.Elements, _training.Select(row => row.Frame)),
        };
        for (int member = 0; member < _options.Members; member++)
            whole[member].Members[0].Values.CopyTo(model.Members[member].Values);
        return (model, [.. whole.Skip(_options.Members).Select(twin => twin.Members[0].Values.ToArray())]);
    }

    // All networks of one job come one after another, so that its team needs one table.
    private void Train(int stratum, StratumJob[] jobs)
    {
        IEnumerable<string> systems = jobs.Select(job => FormattableString.Invariant(
            $"{job.Group} ({job.Fitted.Count} structures, {job.FreeCount} of {job.WeightCount} weights)"));
        _job.Say(FormattableString.Invariant($"train    stratum {stratum}: {string.Join(", ", systems)}"));
        int stacks = _stacks.Length, epochs = _options.Training.Epochs;
        PotentialModel[][] starts = [.. jobs.Select(job => _stacks.Select(stack => StartOf(job, stack)).ToArray())];
        IReadOnlyList<double[]> free = _run.Train(
            (piece, team) =>
            {
                (int job, int stack) = (piece / stacks, piece % stacks);
                foreach (StratumJob other in jobs.Where(other => other != jobs[job]))
                    other.Release();
                return jobs[job].Prepare(starts[job][stack], stack >= _options.Members, stack % _options.Members, team);
            },
            epochs, [.. jobs.SelectMany(job => Enumerable.Range(0, stacks).Select(stack => NameOf(job, stack)))], _trained);
        _trained += free.Count;
        for (int job = 0; job < jobs.Length; job++)
        {
            double[] ranges = Agree(jobs[job]);
            for (int stack = 0; stack < stacks; stack++)
                _stacks[stack][jobs[job].Group] = jobs[job].Finish(starts[job][stack], free[job * stacks + stack], ranges);
        }
    }

    private PotentialModel StartOf(StratumJob job, Dictionary<ElementGroup, PotentialModel> stack)
    {
        if (job.Group.Elements.Count > 1)
            return StratumAssembly.Assemble(job.Set, stack.Where(part => part.Key.Elements.All(job.Group.Elements.Contains)).ToDictionary(),
                _scale);
        int count = job.Set.FunctionsOf(0).Count;
        var scaling = InputScaling.FromZero(new double[count], new double[count]);
        return new PotentialModel(job.Set, _options.Hidden, [scaling], [_references[job.Group.Elements[0]]], _scale, 1);
    }

    // Ranks that did not work on a job learn its ranges from those that did: nobody's numbers are above these.
    private double[] Agree(StratumJob job)
    {
        double[] ranges = job.Ranges.Length > 0 ? job.Ranges : [.. Enumerable.Repeat(double.NegativeInfinity, job.RangeCount)];
        _job.World.AllreduceInPlace(ranges.AsSpan(), ReduceOperation.Max);
        return ranges;
    }

    private string NameOf(StratumJob job, int stack) => _stacks.Length == 1 ? job.Group.Name
        : FormattableString.Invariant(
            $"{job.Group}, {(stack < _options.Members ? "member" : "twin")} {stack % _options.Members + 1} of {_options.Members}");

    private double ReferenceOf(Element element, LabelledFrame[] fitted)
    {
        if (_kept.TryGetValue(ElementGroup.Of([element]), out PotentialModel? known))
            return known.ReferenceElectronVolt[0];
        bool IsOwn(LabelledFrame row) => row.Frame.Species.All(other => other == element);
        if (!_training.Any(IsOwn))
            throw UserException.Unusable(
                $"strata begin with the elements: the data hold no training structures of {element} alone, and no kept potential is of "
                + $"{element} alone");
        return EnergyReference.Fit([element], [.. fitted.Where(IsOwn)], _options.ReferenceEnergies)[0];
    }

    // A power of two, so that a change of the unit takes no bit from a network.
    private double ScaleOf(LabelledFrame[] fitted)
    {
        double square = fitted.Average(row => Math.Pow(row.EnergyPerAtom - row.Frame.Species.Average(element => _references[element]), 2));
        return square > 0 ? Math.ScaleB(1, (int)Math.Round(0.5 * Math.Log2(square))) : 1;
    }

    private static Dictionary<ElementGroup, PotentialModel> ReadKept(IReadOnlyList<string> paths)
    {
        var kept = new Dictionary<ElementGroup, PotentialModel>();
        foreach (string path in paths)
        {
            PotentialModel model = PotentialFile.Read(path);
            if (!kept.TryAdd(ElementGroup.Of(model.Elements), model))
                throw UserException.Configuration($"two kept potentials are of {ElementGroup.Of(model.Elements)}");
        }

        return kept;
    }
}
