using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Models;
using CrystalHpc.Learning.Runs;
using CrystalHpc.Learning.Training;
using CrystalHpc.Parallel;
using CrystalHpc.Potentials.Data;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.Descriptors;
using CrystalHpc.Potentials.Model.N2p2;
using CrystalHpc.Potentials.Model.Network;
using CrystalHpc.Potentials.Prediction;
using CrystalHpc.Potentials.Training.Strata;

namespace CrystalHpc.Potentials.Training;

/// <summary>From structure files to a trained potential in a run directory. All calls are collective.</summary>
internal static class PotentialTraining
{
    public static void Run(Job job, string directory, PotentialOptions options)
    {
        FrameData data = FrameData.Read(options.Data, options.ReaderOptions);
        DataSummary.Tell(job, data);
        JsonObject decides = new()
        {
            ["version"] = PotentialFile.Version,
            ["options"] = JsonSerializer.SerializeToNode(options with { Data = [], StartFrom = null, InputNn = null, Kept = [] },
                ConfigurationFile.Json),
            ["data"] = data.Digest,
            ["start"] = options.StartFrom is { } start ? PotentialFile.Digest(start) : null,
            ["kept"] = new JsonArray([.. options.Kept.Select(path => (JsonNode)PotentialFile.Digest(path))]),
            ["input_nn"] = options.InputNn is { } input ? WholeFile.Digest(input) : null,
        };
        using var run = TrainingRun.Open(job, directory, PotentialFile.System, decides);
        LabelledFrame[] training = [.. data.Frames.Where(frame => frame.Part == SplitPart.Training)];
        LabelledFrame[] validation = [.. data.Frames.Where(frame => frame.Part == SplitPart.Validation)];
        LabelledFrame[] fitted = options.Refit ? [.. training, .. validation] : training;
        if (training.Length == 0)
            throw UserException.Unusable("the data are too few: the split leaves no training structures");
        (PotentialModel model, IReadOnlyList<double[]> twins) = options.Strata
            ? new StratifiedTraining(job, run, options, training, validation).Train()
            : TrainWhole(job, run, options, fitted, validation, training.Length);
        if (validation.Length > 0)
            model.Confidence = Calibrate(options, model, twins, validation);
        Finish(run, options, model, data, fitted, validation, decides);
    }

    private static (PotentialModel Model, IReadOnlyList<double[]> Twins) TrainWhole(
        Job job, TrainingRun run, PotentialOptions options, LabelledFrame[] fitted, LabelledFrame[] validation, int seen)
    {
        (PotentialModel model, SampleTable table, Labels[] labels) = Prepare(options, fitted, options.Refit ? [] : validation, seen);
        job.Say(string.Create(CultureInfo.InvariantCulture,
            $"train    {fitted.Length} structures, {validation.Length} for {(options.Refit ? "calibration" : "validation")}; "
            + $"{model.Members[0].Values.Length} weights, "
            + $"{string.Join(", ", model.Elements.Select((element, i) => $"{model.Set.FunctionsOf(i).Count} functions of {element}"))}"));
        return (model, Train(run, options, model, table, labels, fitted.Length, seen));
    }

    /// <summary>A model before its training, and the samples: first those that it is trained on, then others.</summary>
    /// <param name="options">What is trained, and how.</param>
    /// <param name="training">Structures that are trained on.</param>
    /// <param name="validation">Structures that choose the best epoch.</param>
    /// <param name="seen">How many of the first make the ranges that inputs are scaled by.</param>
    /// <param name="chosen">The symmetry functions, instead of those of the options.</param>
    internal static (PotentialModel Model, SampleTable Table, Labels[] Labels) Prepare(PotentialOptions options, LabelledFrame[] training,
        LabelledFrame[] validation, int seen, FunctionSet? chosen = null)
    {
        PotentialModel? start = options.StartFrom is { } path ? PotentialFile.Read(path) : null;
        Element[] elements = [.. training.Concat(validation).SelectMany(frame => frame.Frame.Species).Distinct().Order()];
        N2p2Settings? settings = options.InputNn is { } input ? N2p2Settings.Read(input, null) : null;
        FunctionSet set = chosen ?? start?.Set ?? settings?.Set ?? NamedSets.Create(options.Functions, elements, options.CutoffAngstrom);
        if (elements.FirstOrDefault(element => set.NumberOf(element) < 0) is { AtomicNumber: > 0 } unknown)
            throw UserException.Unusable($"the data hold {unknown}, which the symmetry functions do not know");
        LabelledFrame[] all = [.. training, .. validation];
        var table = new SampleTable(set, [.. all.Select(row => row.Frame)], options.StressWeight > 0,
            (long)options.DerivativeMegabytes << 20);

        // The range of what is never calibrated with: validation structures then tell how far outside of it new ones lie.
        IReadOnlyList<InputScaling> scaling = start?.Scaling ?? table.FindScaling(Enumerable.Range(0, seen));
        table.Scale(scaling);
        double[] references = start?.ReferenceElectronVolt ?? EnergyReference.Fit(set.Elements, training, options.ReferenceEnergies);
        double[] rest = [.. training.Select(row => Labels.Of(row, set, references).EnergyElectronVolt / row.Frame.AtomCount)];
        double spread = Math.Sqrt(rest.Average(energy => energy * energy));
        double scale = start?.EnergyScaleElectronVolt ?? (spread > 1e-6 ? spread : 1);
        var model = new PotentialModel(set, start?.Hidden ?? settings?.Hidden ?? options.Hidden, scaling, references, scale,
            options.Members)
        {
            ShortRange = new ShortRange(set.Elements, Shorter(start?.ShortRange.ShortestAngstrom, table.ShortestAngstrom)),
            Compositions = CompositionRange.Of(set.Elements, training.Select(row => row.Frame)).With(start?.Compositions),
        };
        if (start is not null)
        {
            foreach (ParameterBuffer<double> member in model.Members)
                start.Members[0].Values.CopyTo(member.Values);
        }

        return (model, table, [.. all.Select(row => Labels.Of(row, set, references))]);
    }

    // Of the distances of two trainings, where 0 means that there was none.
    private static double[] Shorter(double[]? before, double[] now) =>
        before is null ? now : [.. before.Zip(now, (a, b) => a == 0 ? b : b == 0 ? a : Math.Min(a, b))];

    // With refit each member has a twin that never sees the validation structures and tells how sure the member is; the twins' weights are
    // returned.
    private static IReadOnlyList<double[]> Train(
        TrainingRun run, PotentialOptions options, PotentialModel model, SampleTable table, Labels[] labels, int fitted, int training)
    {
        int members = options.Members, trained = options.Refit && fitted > training ? 2 * members : members;
        int[] others = [.. Enumerable.Range(fitted, table.Count - fitted)];
        double[]? start = options.StartFrom is null ? null : model.Members[0].Values.ToArray();
        IReadOnlyList<double[]> parameters = run.Train(
            (member, world) => CreateTrainer(
                options, (model, table, labels), [.. Enumerable.Range(0, member < members ? fitted : training)], others, member % members,
                world, fitted, start),
            options.Training.Epochs, trained);
        for (int member = 0; member < members; member++)
            parameters[member].CopyTo(model.Members[member].Values);
        return [.. parameters.Skip(members)];
    }

    /// <summary>Prepares the training of one network.</summary>
    /// <param name="options">How it is trained.</param>
    /// <param name="prepared">What <see cref="Prepare"/> made.</param>
    /// <param name="own">Samples to train on.</param>
    /// <param name="others">Samples that choose the best epoch.</param>
    /// <param name="seed">Added to the seed of the options.</param>
    /// <param name="world">The ranks that train together.</param>
    /// <param name="fitted">How many of the first samples decide how much a force component counts.</param>
    /// <param name="start">Weights to start from; null: drawn ones.</param>
    internal static IEpochTraining<double> CreateTrainer(
        PotentialOptions options, (PotentialModel Model, SampleTable Table, Labels[] Labels) prepared, int[] own, int[] others, int seed,
            ICommunicator world, int fitted, double[]? start = null)
    {
        (PotentialModel model, SampleTable table, Labels[] labels) = prepared;
        LossWeights weights = PotentialTrainer.WeightsOf(options, table, labels, fitted);
        return PotentialTrainer.Create(
            options, () => new EnergyForceTask(model.CreateNetwork(), table, labels, weights, model.EnergyScaleElectronVolt, start), own,
            others, seed, world);
    }

    // How sure the model is, found on structures that neither it nor, with refit, its twins have seen.
    private static Confidence Calibrate(PotentialOptions options, PotentialModel model, IReadOnlyList<double[]> twins,
        LabelledFrame[] validation)
    {
        double[][] kept = [.. model.Members.Select(member => member.Values.ToArray())];
        for (int member = 0; member < twins.Count; member++)
            twins[member].CopyTo(model.Members[member].Values);
        Confidence confidence = Prediction.Calibration.Find(Predict(model, validation), options.Members);
        for (int member = 0; member < kept.Length; member++)
            kept[member].CopyTo(model.Members[member].Values);
        return confidence;
    }

    private static JudgedFrame[] Predict(PotentialModel model, LabelledFrame[] rows)
        => JudgedFrame.Predict(model, rows, new List<FrameFinding>());

    private static void Finish(
        TrainingRun run, PotentialOptions options, PotentialModel model, FrameData data, LabelledFrame[] fitted,
            LabelledFrame[] validation, JsonObject decides)
    {
        LabelledFrame[] test = [.. data.Frames.Where(frame => frame.Part == SplitPart.Test
            && frame.Frame.Species.All(element => model.Set.NumberOf(element) >= 0))];
        (LabelledFrame[] judged, string name) = !options.Refit && validation.Length > 0 ? (validation, "validation structures")
            : options.Refit && test.Length > 0 ? (test, "test structures") : (fitted, "training structures: none were kept back");
        ModelJudgment judgment = PotentialJudge.Judge(name, model, Predict(model, judged));
        run.Finish(PotentialFile.Metadata(model, decides, data.Digest, judgment.Metrics), PotentialFile.Tensors(model), judgment);
    }
}
