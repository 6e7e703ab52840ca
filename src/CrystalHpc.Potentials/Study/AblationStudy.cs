using CrystalHpc.Core.Elements;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Training;
using CrystalHpc.Potentials.Data;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.Descriptors;
using CrystalHpc.Potentials.Prediction;
using CrystalHpc.Potentials.Training;

namespace CrystalHpc.Potentials.Study;

/// <summary>
/// What parts of the recipe bring: the training of the configuration on structures of one size, and the same with few functions, blind to
/// elements, without forces, as a committee, and on structures of all sizes. Errors by size: sizes that were not trained on show how far a
/// potential reaches, and whether it knows.
/// </summary>
internal static class AblationStudy
{
    private const int Committee = 4;

    private static readonly (string Name, bool IsFew, bool IsBlind, bool HasForces, int Members, bool HasAllSizes)[] Variants =
    [
        ("as a committee", false, false, true, Committee, false), ("structures of all sizes", false, false, true, 1, true),
        ("functions of the configuration", false, false, true, 1, false), ("few functions", true, false, true, 1, false),
        ("blind to elements", false, true, true, 1, false), ("without forces", false, false, false, 1, false),
    ];

    /// <summary>Rows of the study. A collective call.</summary>
    public static IEnumerable<StudyRow> Run(Job job, StudyData data, PotentialOptions options) =>
        TeamWork.Run(job, Variants.Length, (piece, team) => Measure(team, data, options, piece)).SelectMany(rows => rows);

    private static StudyRow[] Measure(Job team, StudyData data, PotentialOptions options, int piece)
    {
        (string name, bool isFew, bool isBlind, bool hasForces, int members, bool hasAllSizes) = Variants[piece];
        LabelledFrame[] frames = [.. hasAllSizes ? data.Frames : data.Cells];
        Element[] elements = [.. data.Frames.SelectMany(frame => frame.Frame.Species).Distinct().Order()];
        PotentialOptions varied = options with
        {
            Members = members, Refit = false, StartFrom = null, ForceWeight = hasForces ? options.ForceWeight : 0,
            References = isBlind ? [] : options.References,
        };
        LabelledFrame Seen(LabelledFrame frame) => isBlind ? StudySets.Blind(frame, elements[0], options.ReferenceEnergies) : frame;
        LabelledFrame[] training = [.. StudyData.In(frames, SplitPart.Training).Select(Seen)],
            validation = [.. StudyData.In(frames, SplitPart.Validation).Select(Seen)];
        FunctionSet? few = isFew ? StudySets.Few(elements, options.CutoffAngstrom) : null;
        var prepared = PotentialTraining.Prepare(varied, training, validation, training.Length, few);
        int[] own = [.. Enumerable.Range(0, training.Length)], others = [.. Enumerable.Range(training.Length, validation.Length)];
        for (int member = 0; member < members; member++)
        {
            IEpochTraining<double> trainer = PotentialTraining.CreateTrainer(varied, prepared, own, others, member, team.World, own.Length);
            trainer.Run(onEpoch: _ => team.World.Together(team.StopPoint));
            trainer.Parameters.Values.CopyTo(prepared.Model.Members[member].Values);
        }

        return [.. Judge(name, data, prepared.Model, training.Length, Seen, hasAllSizes)];
    }

    // Where one size was trained on, all structures of the other sizes are new.
    private static IEnumerable<StudyRow> Judge(
        string name, StudyData data, PotentialModel model, int training, Func<LabelledFrame, LabelledFrame> seen, bool hasAllSizes)
    {
        JudgedFrame[] judged = JudgedFrame.Predict(model, [.. data.Frames.Select(seen)], new List<FrameFinding>());
        bool IsLike(JudgedFrame frame) => hasAllSizes || frame.Row.Frame.AtomCount == data.Size;
        Confidence confidence = Calibration.Find(
            [.. judged.Where(frame => frame.Row.Part == SplitPart.Validation && IsLike(frame))], model.Members.Count);
        foreach ((string atoms, HashSet<int> sizes) in data.SizeClasses())
        {
            JudgedFrame[] own = [.. judged.Where(frame => sizes.Contains(frame.Row.Frame.AtomCount))];
            (string, Func<IEnumerable<JudgedFrame>, double?>)[] figures =
            [
                ("energy.rmse_meV_per_atom", frames => RootMeanSquare(frames.Select(frame => 1e3 * frame.EnergyError))),
                ("forces.rmse_eV_per_A", frames => RootMeanSquare(frames.SelectMany(frame => frame.ForceErrors))),
                ("in_domain", frames => Share(frames, frame => frame.IsInDomain(confidence))),
                ("energy.coverage_90", frames => Share(frames, frame => IsWithin(frame, confidence))),
            ];
            foreach ((string metric, Func<IEnumerable<JudgedFrame>, double?> figure) in figures)
            {
                yield return new StudyRow("ablation", name, atoms, metric, training, Of(SplitPart.Validation), Of(SplitPart.Test));
                if (!hasAllSizes && !sizes.Contains(data.Size))
                    yield return new StudyRow("transfer", name, atoms, metric, training, null, figure(own));

                double? Of(SplitPart part) => figure(own.Where(frame => frame.Row.Part == part));
            }
        }
    }

    private static bool IsWithin(JudgedFrame frame, Confidence confidence) => Math.Abs(frame.EnergyError) * frame.Row.Frame.AtomCount <=
        Calibration.HalfWidth * confidence.OfEnergy(frame.Prediction.EnergySpread, frame.Row.Frame.AtomCount);

    private static double? Share(IEnumerable<JudgedFrame> frames, Func<JudgedFrame, bool> holds) =>
        StudyRow.Rounded(frames.Select(frame => holds(frame) ? 1.0 : 0.0).DefaultIfEmpty(double.NaN).Average());

    private static double? RootMeanSquare(IEnumerable<double> errors) =>
        StudyRow.Rounded(Math.Sqrt(errors.Select(error => error * error).DefaultIfEmpty(double.NaN).Average()));
}
