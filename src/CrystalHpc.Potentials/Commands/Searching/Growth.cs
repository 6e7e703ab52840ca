using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Potentials.Analysis;
using CrystalHpc.Potentials.Commands.Simulation;
using CrystalHpc.Potentials.Data;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Prediction;
using CrystalHpc.Potentials.Search;
using CrystalHpc.Potentials.Search.Growth;
using CrystalHpc.Potentials.Simulation;
using CrystalHpc.Potentials.Training;

namespace CrystalHpc.Potentials.Commands.Searching;

/// <summary>The rounds of <c>search grow</c>, each of which is only done where its files are not there yet.</summary>
/// <param name="job">The job.</param>
/// <param name="folder">The folder, which is ours.</param>
/// <param name="options">How it grows.</param>
/// <param name="training">How it is trained.</param>
/// <param name="oracle">What gives labels; rank 0 asks it.</param>
internal sealed class Growth(Job job, string folder, GrowthOptions options, PotentialOptions training, IEnergyModel oracle)
{
    private const double Share = 0.9;

    private readonly List<string> _data = [];

    /// <summary>The model of the last round.</summary>
    public string LastModel { get; private set; } = "";

    /// <summary>Draws and labels what is trained on first. A collective call.</summary>
    public void Begin()
    {
        string file = DataOf(0);
        Element[] elements = [.. options.Systems.SelectMany(atoms => GrowthOptions.OptionsOf(options, atoms).Species!).Distinct().Order()];
        job.World.OnRankZero(() =>
        {
            EnergyModels.Require(oracle, elements);
            LabelOnce(file, DrawnCrystals.Draw(elements, options.Drawn, (ulong)options.Seed));
            if (!File.Exists(file))
                throw UserException.Unusable($"{oracle.Name} gave no energy of any crystal that was drawn");
        });
        _data.Add(file);
    }

    /// <summary>Trains, searches, labels. A collective call.</summary>
    public GrowthRow Round(int round)
    {
        string place = Path.Combine(folder, FormattableString.Invariant($"round-{round}"));
        PotentialTraining.Run(job, Path.Combine(place, "training"), training with { Data = [.. _data] });
        LastModel = Path.Combine(place, "training", "model.safetensors");
        var found = new List<AtomFrame>();
        foreach (string atoms in options.Systems)
        {
            string search = Path.Combine(place, $"search-{atoms}");
            SearchRunCommand.Run(job, search,
                GrowthOptions.OptionsOf(options, atoms) with { Model = LastModel, Seed = options.Seed + round });
            job.World.OnRankZero(() =>
                found.AddRange(SearchFolder.Read(search).Where(structure => structure.IsUsable).Select(structure => structure.Frame)));
        }

        GrowthRow row = new(round, 0, 0, 0, 0, null);
        string file = DataOf(round);
        job.World.OnRankZero(() => row = Select(round, found, file));

        // The other ranks only need to know whether to go on.
        double[] decides = [row.Spread, row.Labelled];
        job.World.Broadcast<double>(decides, 0);
        if (decides[1] > 0)
            _data.Add(file);
        return row with { Spread = decides[0], Labelled = (int)decides[1] };
    }

    // Labels the structures that the committee is not sure of and that are farthest from what is known.
    private GrowthRow Select(int round, List<AtomFrame> found, string file)
    {
        PotentialModel model = PotentialFile.Read(LastModel);
        var evaluator = new PotentialEvaluator(model);
        AtomFrame[] known = [.. FrameData.Read(_data, FrameReaderOptions.Default).Frames.Select(row => row.Frame)];
        var judged = new List<(AtomFrame Frame, double Spread)>();
        foreach (AtomFrame frame in found)
        {
            if (evaluator.Predict(frame, forces: true, out _) is { } prediction)
                judged.Add((frame, prediction.ForceSpreads.Max()));
        }

        double spread = judged.Count == 0 ? 0 : judged.Select(entry => entry.Spread).Order().ElementAt((int)(Share * (judged.Count - 1)));
        AtomFrame[] unsure = [.. judged.Where(entry => entry.Spread > options.SpreadElectronVoltPerAngstrom).Select(entry => entry.Frame)];
        if (spread <= options.SpreadElectronVoltPerAngstrom || unsure.Length == 0)
            return new GrowthRow(round, known.Length, judged.Count, spread, 0, null);
        var selection = new FrameSelection(model);
        foreach (AtomFrame frame in unsure)
            selection.Add(frame);
        foreach (AtomFrame frame in known)
            selection.Know(frame);
        double lowest = known.Min(frame => frame.EnergyElectronVolt!.Value / frame.AtomCount);
        AtomFrame[] labelled = LabelOnce(
            file, selection.Choose(options.Labels).Select(choice => unsure[choice.Number]), lowest + options.HighestElectronVolt);
        double[] errors = [.. labelled.Select(frame => evaluator.Predict(frame, forces: false, out _) is { } predicted
            ? (frame.EnergyElectronVolt!.Value - predicted.EnergyElectronVolt) / frame.AtomCount : double.NaN)];
        return new GrowthRow(
            round, known.Length, judged.Count, spread, labelled.Length,
            errors.Length == 0 ? null : Math.Sqrt(errors.Average(error => error * error)));
    }

    // Labels are dear: those that are there are taken as they are.
    private AtomFrame[] LabelOnce(string file, IEnumerable<AtomFrame> frames, double highestElectronVoltAnAtom = double.PositiveInfinity)
    {
        if (File.Exists(file))
            return [.. SimulationInput.Read([file], FrameReaderOptions.Default).Select(input => input.Frame)];
        AtomFrame[] labelled = [.. frames.Select(Label).OfType<AtomFrame>()
            .Where(frame => frame.EnergyElectronVolt!.Value / frame.AtomCount < highestElectronVoltAnAtom)];
        if (labelled.Length > 0)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            FrameOutput.Write(file, labelled);
        }

        return labelled;
    }

    private AtomFrame? Label(AtomFrame frame)
    {
        if (oracle.Compute(frame, out string? problem) is { } labels && double.IsFinite(labels.EnergyElectronVolt))
        {
            return frame with
            {
                EnergyElectronVolt = labels.EnergyElectronVolt, ForcesElectronVoltPerAngstrom = labels.ForcesElectronVoltPerAngstrom,
                StressElectronVoltPerCubicAngstrom = labels.StressOf(frame),
            };
        }

        SimulationInput.Refuse(Phase.FormulaOf(frame), problem ?? "its energy is not finite");
        return null;
    }

    // Each in a folder of its own: the split of structures goes by folder and file, and must not change when another file comes.
    private string DataOf(int round) => Path.Combine(folder, FormattableString.Invariant($"labels-{round}"), "labels.extxyz");
}
