using System.Text.Json;
using System.Text.Json.Nodes;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Generation.Data;
using CrystalHpc.Generation.Model;
using CrystalHpc.Generation.Prediction;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Models;
using CrystalHpc.Learning.Runs;
using CrystalHpc.Learning.Training;

namespace CrystalHpc.Generation.Training;

/// <summary>From tables to a trained generator in a run directory, in three stages. All calls are collective.</summary>
internal static class GenerationTraining
{
    public static void Run(Job job, string directory, GenerationOptions options)
    {
        GenerationTable table = GenerationTable.Read(options.Tables);
        var data = new GenerationData(table, new VoxelGrid(options.Size, HasUnitWidth: options.UnitWidth), options.Conditioned);
        if (data.Training.Length < 2 || data.Validation.Length == 0)
            throw UserException.Unusable("the tables are too small: the split leaves too few training or validation crystals");
        var decides = new JsonObject
        {
            ["version"] = GenerationModel.Version,
            ["options"] = JsonSerializer.SerializeToNode(options with { Tables = [] }, ConfigurationFile.Json),
            ["tables"] = table.Digest,
        };
        using var run = TrainingRun.Open(job, directory, GenerationModel.System, decides);
        job.Say(FormattableString.Invariant(
            $"train    {data.Training.Length} crystals of {data.Species.Count} elements, {data.Validation.Length} for validation"));
        var sizes = new NetworkSizes(options.Size, data.Species.Count, options.Latent)
        {
            Reader = options.ReaderChannels, Coder = options.CoderChannels, HasUnitWidth = options.UnitWidth,
        };
        int[] epoch = data.Epoch(options.KindShare);
        int[] validation = data.SomeOfValidation(options.ValidationRows);
        float[] Train(int stage, string name, TrainingOptions how, Func<ITrainingTask<float>> create) => run.Train(
            (_, world) => new Trainer<float>(create, epoch, validation, how, world), how.Epochs, [name], stage)[0];

        float[] reader = Train(0, "reader", options.Reader, () => new ReadingTask<float>(sizes, data));
        float[] coder = Train(1, "autoencoder", options.Autoencoder, () => new CodingTask<float>(sizes, data, options.Loss, reader));
        float[] tuned = Train(2, "tuning", options.Tuning, () => new ReadingTask<float>(
            sizes, data, new Reconstructor<float>(sizes, data, options.ReconstructedShare, coder), reader));
        var model = new GenerationModel(sizes, data.Species, data.Deciles, reader, coder, tuned);
        IReadOnlyList<ReferencePoint> references = job.IsRoot ? References(model, data) : [];
        Dictionary<string, double> losses = new()
        {
            ["reader.loss"] = LossOf(() => new ReadingTask<float>(sizes, data), reader, validation),
            ["autoencoder.loss"] = LossOf(() => new CodingTask<float>(sizes, data, options.Loss, reader), coder, validation),
        };
        var judgment = new ModelJudgment("validation crystals of the training tables", validation.Length, losses, [], [], []);
        run.Finish(model.Metadata(decides, table.Digest, losses), model.Tensors(references), judgment);
    }

    private static double LossOf(Func<ITrainingTask<float>> create, float[] parameters, int[] samples)
    {
        ITrainingTask<float> task = create();
        parameters.CopyTo(new ParameterBuffer<float>(task.Parameters).Values);
        const int Part = 20;
        double sum = 0;
        for (int start = 0; start < samples.Length; start += Part)
            sum += task.Loss(samples.AsSpan(start, Math.Min(Part, samples.Length - start)));
        return sum / samples.Length;
    }

    private static ReferencePoint[] References(GenerationModel model, GenerationData data)
    {
        const int Part = 20;
        var points = new List<ReferencePoint>();
        foreach (int[] part in data.Training.Chunk(Part))
        {
            float[] means = new float[part.Length * model.LatentSize], spread = new float[means.Length];
            model.Encode([.. part.Select(i => data.Samples[i].Cell)], part.Select(i => data.Conditions[i]).ToArray(), means, spread);
            points.AddRange(part.Select((sample, i) => new ReferencePoint(
                data.Samples[sample].Key, data.Samples[sample].Class, means.AsSpan(i * model.LatentSize, model.LatentSize).ToArray())));
        }

        return [.. points];
    }
}
