using System.Globalization;
using CrystalHpc.Core.Elements;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Lattices.Data;
using CrystalHpc.Lattices.Model;
using CrystalHpc.Lattices.Prediction;
using CrystalHpc.Lattices.Training;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Losses;
using CrystalHpc.Learning.Models;
using CrystalHpc.Learning.Training;

namespace CrystalHpc.Lattices.Study;

/// <summary>
/// The figures of docs/studies/lattice.md. All calls are collective; trainings go one after another over all ranks. Settings are compared
/// on validation rows; test rows are looked at where nothing is chosen.
/// </summary>
internal sealed class StudyParts(Job job, LatticeOptions options)
{
    private readonly StudyData _data = new(options);
    private readonly PlainTraining _plain = new(job, options.Training.Seed);

    /// <summary>The parts by name.</summary>
    public static IReadOnlyList<(string Name, Func<StudyParts, IEnumerable<StudyRow>> Run)> All { get; } =
    [
        ("networks", parts => parts.Networks()), ("samples", parts => parts.Samples()), ("cells", parts => parts.RawCells()),
        ("metals", parts => parts.Metals()),
        ("ablation", parts => parts.Ablation()),
    ];

    /// <summary>
    /// Plain networks on the crystal system: activation, depth, width and rate, one setting varied at a time; the best on test rows, beside
    /// chance, majority and oracle.
    /// </summary>
    public IEnumerable<StudyRow> Networks()
    {
        int[] labels = [.. _data.Rows.Select(row => LatticeClasses.SystemOf(row.Group))];
        PlainShape start = PlainShape.Base;
        PlainShape[] shapes =
        [
            start, start with { Activation = ActivationKind.Tanh }, start with { Activation = ActivationKind.Sigmoid },
            start with { Depth = 1 }, start with { Depth = 3 }, start with { Depth = 4 },
            start with { Width = 32 }, start with { Width = 512 }, start with { Rate = 5e-4 }, start with { Rate = 8e-3 },
        ];
        (PlainShape Shape, double Accuracy, Func<int[], float[]> Answer) best = (start, -1, _ => []);
        int[] training = _data.In(SplitPart.Training), validation = _data.In(SplitPart.Validation), test = _data.In(SplitPart.Test);
        foreach (PlainShape shape in shapes)
        {
            Func<int[], float[]> answer = _plain.Train(shape, _data.Features, _data.Scaling.Count,
                [.. labels.Select(label => (float)label)], LatticeClasses.Systems.Count, training);
            double accuracy = ClassFigures.Accuracy(answer(validation), Of(labels, validation));
            best = accuracy > best.Accuracy ? (shape, accuracy, answer) : best;
            yield return Row("networks", shape.ToString(), "crystal_system", "accuracy", training.Length, accuracy, null);
        }

        yield return Row("networks", $"best: {best.Shape}", "crystal_system", "accuracy", training.Length, best.Accuracy,
            ClassFigures.Accuracy(best.Answer(test), Of(labels, test)));
        foreach (StudyRow row in Bounds("networks", "crystal_system", labels, training, validation, test, LatticeClasses.Systems.Count))
            yield return row;
    }

    /// <summary>A plain network on the space group: of compounds in the few most frequent groups, and on few and many rows.</summary>
    public IEnumerable<StudyRow> Samples()
    {
        int[] all = _data.In(SplitPart.Training);
        int[] frequent = [.. all.CountBy(row => _data.Rows[row].Group).OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key)
            .Select(entry => entry.Key)];
        foreach (int groups in (int[])[2, 5, 20, frequent.Length])
        {
            int[] labels = [.. _data.Rows.Select(row => Array.IndexOf(frequent, row.Group, 0, groups))];
            int[] pool = Among(all), validation = Among(_data.In(SplitPart.Validation)), test = Among(_data.In(SplitPart.Test));
            int last = 0;
            foreach (int most in (int[])[300, 1000, 3000, 10_000, int.MaxValue])
            {
                int[] training = [.. pool.Where((_, i) => (long)i * Math.Min(most, pool.Length) / pool.Length != (long)(i - 1)
                    * Math.Min(most, pool.Length) / pool.Length || i == 0)];
                if (training.Length == last)
                    continue;
                last = training.Length;
                Func<int[], float[]> answer = _plain.Train(PlainShape.Base, _data.Features, _data.Scaling.Count,
                    [.. labels.Select(label => (float)Math.Max(0, label))], groups, training);
                yield return Row(
                    "samples", Name(groups), "space_group", "accuracy", training.Length,
                    ClassFigures.Accuracy(answer(validation), Of(labels, validation)),
                    ClassFigures.Accuracy(answer(test), Of(labels, test)));
            }

            foreach (StudyRow row in Bounds("samples", "space_group", labels, pool, validation, test, groups))
                yield return row with { Name = $"{Name(groups)}: {row.Name}" };

            int[] Among(int[] rows) => [.. rows.Where(row => labels[row] >= 0)];
        }

        static string Name(int groups) => string.Create(CultureInfo.InvariantCulture, $"{groups} groups");
    }

    /// <summary>
    /// One network for six raw numbers a, b, c, alpha, beta, gamma of the conventional cell: squares and magnitudes, outputs scaled and
    /// not.
    /// </summary>
    public IEnumerable<StudyRow> RawCells() => RawCellStudy.Run(_data, _plain);

    /// <summary>Compounds of metals alone: Bravais lattices by a plain network and by the recipe.</summary>
    public IEnumerable<StudyRow> Metals()
    {
        int[] labels = [.. _data.Rows.Select(row => LatticeClasses.BravaisOf(row.Group))];
        int[] training = Metallic(SplitPart.Training), validation = Metallic(SplitPart.Validation), test = Metallic(SplitPart.Test);
        Func<int[], float[]> answer = _plain.Train(PlainShape.Base, _data.Features, _data.Scaling.Count,
            [.. labels.Select(label => (float)label)], LatticeClasses.Bravais.Count, training);
        foreach (int most in (int[])[1, 2, 3])
        {
            yield return Row(
                "metals", "plain network", "bravais", $"top{most}", training.Length,
                ClassFigures.Accuracy(answer(validation), Of(labels, validation), most),
                ClassFigures.Accuracy(answer(test), Of(labels, test), most));
        }

        LatticeModel model = Train([.. training.Select(row => _data.Rows[row])], LatticePart.None, options.Training, 1);
        ModelJudgment onValidation = Judge(model, validation), onTest = Judge(model, test);
        foreach ((string metric, string name) in ((string, string)[])[("accuracy", "top1"), ("top2", "top2"), ("top3", "top3")])
            yield return Row("metals", "network with memory", "bravais", name, training.Length, onValidation.Metrics[$"bravais.{metric}"],
                onTest.Metrics[$"bravais.{metric}"]);
        foreach (StudyRow row in Bounds("metals", "bravais", labels, training, validation, test, LatticeClasses.Bravais.Count))
            yield return row;

        int[] Metallic(SplitPart part) => [.. _data.In(part).Where(row => _data.Rows[row].Composition.Elements.ToArray()
            .All(element => !NonMetals.Contains(element)))];
    }

    /// <summary>
    /// The recipe without each of its parts, one network each, in half the epochs; then the committee, with and without calibration.
    /// Validation rows alone.
    /// </summary>
    public IEnumerable<StudyRow> Ablation()
    {
        TrainingOptions half = options.Training with { Epochs = Math.Max(1, options.Training.Epochs / 2) };
        LatticeRow[] training = [.. _data.In(SplitPart.Training).Select(row => _data.Rows[row])];
        int[] validation = _data.In(SplitPart.Validation);
        foreach (LatticePart part in Enum.GetValues<LatticePart>())
        {
            ModelJudgment judgment = Judge(Train(training, part, half, 1), validation);
            foreach (StudyRow row in Rows(part == LatticePart.None ? "one network" : $"without {SnakeCase.Of(part).Replace('_', ' ')}",
                judgment))
                yield return row;
        }

        LatticeModel committee = Train(training, LatticePart.None, half, 3);
        foreach (StudyRow row in Rows("three networks", Judge(committee, validation)))
            yield return row;
        LatticeModel calibrated = LatticeTraining.Calibrate(committee, LatticeTable.Collect(validation.Select(row => _data.Rows[row])),
            null);
        foreach (StudyRow row in Rows("three networks, calibrated", Judge(calibrated, validation)))
            yield return row;

        IEnumerable<StudyRow> Rows(string name, ModelJudgment judgment)
            => LatticeTarget.All.SelectMany(target => (string[])["accuracy", "top3", "log_loss", "ece"], (target, metric) =>
            Row("ablation", name, target.Name, metric, training.Length, judgment.Metrics[$"{target.Name}.{metric}"], null));
    }

    private static readonly HashSet<byte> NonMetals =
        [.. "H He B C N O F Ne Si P S Cl Ar Ge As Se Br Kr Te I Xe At Rn".Split(' ')
            .Select(symbol => (byte)(Element.Of(symbol).AtomicNumber - 1))];

    private LatticeModel Train(LatticeRow[] rows, LatticePart without, TrainingOptions training, int members)
    {
        KnownFormulas known = LatticeTable.Collect(rows);
        var model = new LatticeModel(known, FeatureScaling.Of(known.Compositions), options.Width, members, without);
        var samples = new FormulaSamples(known.Compositions, model.Scaling, model.NeighborsOf(known.Compositions));
        for (int member = 0; member < members; member++)
        {
            var trainer = new Trainer<float>(
                () => new LatticeTask<float>(model.CreateNetwork(), samples, known), Enumerable.Range(0, known.Compositions.Count)
                .ToArray(), default,
                training with { Seed = training.Seed + member }, job.World);
            trainer.Run(onStep: _ => job.StopPoint());
            trainer.Parameters.Values.CopyTo(model.Members[member].Values);
        }

        return model;
    }

    private ModelJudgment Judge(LatticeModel model, int[] rows)
    {
        LatticeRow[] judged = [.. rows.Select(row => _data.Rows[row])];
        return LatticeJudge.Judge("study", judged, new LatticePredictor(model).Predict([.. judged.Select(row => row.Composition)]));
    }

    private IEnumerable<StudyRow> Bounds(string part, string target, int[] labels, int[] training, int[] validation, int[] test,
        int classes)
    {
        yield return Row(part, "random guess", target, "accuracy", null, ClassFigures.Random(classes), ClassFigures.Random(classes));
        yield return Row(
            part, "most frequent class", target, "accuracy", training.Length,
            ClassFigures.Majority(Of(labels, training), Of(labels, validation)),
            ClassFigures.Majority(Of(labels, training), Of(labels, test)));
        yield return Row(part, "oracle of each formula", target, "accuracy", null, Oracle(validation), Oracle(test));

        double Oracle(int[] rows) => ClassFigures.Oracle(rows.Select(row => _data.Rows[row].Key), Of(labels, rows));
    }

    private static int[] Of(int[] labels, int[] rows) => [.. rows.Select(row => labels[row])];

    private static StudyRow Row(string part, string name, string target, string metric, int? training, double? validation, double? test) =>
        new(part, name, target, metric, training, Rounded(validation), Rounded(test));

    private static double? Rounded(double? value) => value is { } number ? Math.Round(number, 4) : null;
}
