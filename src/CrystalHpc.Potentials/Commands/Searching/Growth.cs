using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Potentials.Data;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Prediction;
using CrystalHpc.Potentials.Search;
using CrystalHpc.Potentials.Search.Growth;
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
            if (elements.FirstOrDefault(element => !oracle.Knows(element)) is { AtomicNumber: > 0 } unknown)
                throw UserException.Configuration($"{oracle.Name} does not know {unknown}");
            if (!File.Exists(file))
                FrameOutput.Write(file, DrawnCrystals.Draw(elements, options.Drawn, (ulong)options.Seed).Select(Label).OfType<AtomFrame>());
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
            SearchRunCommand.Run(job, search, GrowthOptions.OptionsOf(options, atoms) with { Model = LastModel, Seed = options.Seed + round });
            job.World.OnRankZero(() => found.AddRange(SearchFolder.Read(search).Where(structure => structure.IsUsable).Select(structure => structure.Frame)));
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
        var judged = new List<(AtomFrame Frame, double Spread, double Energy)>();
        foreach (AtomFrame frame in found)
        {
            if (evaluator.Predict(frame, forces: true, out _) is { } prediction)
                judged.Add((frame, prediction.ForceSpreads.Max(), prediction.EnergyElectronVolt / frame.AtomCount));
        }

        double spread = judged.Count == 0 ? 0 : judged.Select(entry => entry.Spread).Order().ElementAt((int)(Share * (judged.Count - 1)));
        (AtomFrame Frame, double Spread, double Energy)[] unsure = [.. judged.Where(entry => entry.Spread > options.SpreadElectronVoltPerAngstrom)];
        if (spread <= options.SpreadElectronVoltPerAngstrom || unsure.Length == 0)
            return new GrowthRow(round, known.Length, judged.Count, spread, 0, null);
        var selection = new FrameSelection(model);
        foreach ((AtomFrame frame, _, _) in unsure)
            selection.Add(frame);
        foreach (AtomFrame frame in known)
            selection.Know(frame);
        double lowest = known.Min(frame => frame.EnergyElectronVolt!.Value / frame.AtomCount);
        (AtomFrame Frame, double Predicted)[] labelled = [.. selection.Choose(options.Labels).Select(choice => unsure[choice.Number])
            .Select(entry => (Label(entry.Frame)!, entry.Energy))
            .Where(entry => entry.Item1 is { } frame && frame.EnergyElectronVolt!.Value / frame.AtomCount < lowest + options.HighestElectronVolt)];
        if (labelled.Length > 0)
            FrameOutput.Write(file, labelled.Select(entry => entry.Frame));
        double? error = labelled.Length == 0 ? null
            : Math.Sqrt(labelled.Average(entry => Math.Pow(entry.Frame.EnergyElectronVolt!.Value / entry.Frame.AtomCount - entry.Predicted, 2)));
        return new GrowthRow(round, known.Length, judged.Count, spread, labelled.Length, error);
    }

    private AtomFrame? Label(AtomFrame frame) => oracle.Compute(frame, out _) is { } labels && double.IsFinite(labels.EnergyElectronVolt)
        ? frame with
        {
            EnergyElectronVolt = labels.EnergyElectronVolt, ForcesElectronVoltPerAngstrom = labels.ForcesElectronVoltPerAngstrom,
            StressElectronVoltPerCubicAngstrom = labels.StressOf(frame),
        }
        : null;

    private string DataOf(int round) => Path.Combine(folder, FormattableString.Invariant($"labels-{round}.extxyz"));
}
