using System.Security.Cryptography;
using System.Text;
using CrystalHpc.Core.Validation;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Corpora;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Stages;
using CrystalHpc.Engine.Systems;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Properties.Data;
using CrystalHpc.Properties.Model;
using CrystalHpc.Properties.Prediction;
using CsvHelper;

namespace CrystalHpc.Properties.Commands;

/// <summary>
/// The properties of a corpus, over all ranks, in a run directory: its files are read once, their graphs stay in the shards, and each shard
/// is predicted on its own, so that nothing grows with the corpus on any rank. All calls are collective.
/// </summary>
internal sealed class CorpusPrediction
{
    private const string FileName = "predictions.csv", Parts = "predictions";

    // Atoms that are predicted together bound the memory.
    private const int ChunkAtoms = 1024;

    private readonly Job _job;
    private readonly SystemCatalog _systems;
    private readonly PropertySuite _suite;
    private readonly string _digest;

    /// <summary>Reads the models on all ranks.</summary>
    public CorpusPrediction(Job job, SystemCatalog systems, IReadOnlyList<string> models)
    {
        (PropertySuite? read, string digest) = (null, "");
        job.World.Together(() => (read, digest) = (PropertySuite.Read(models), string.Join(' ', models.Select(WholeFile.Digest))));
        (_job, _systems, _suite, _digest) = (job, systems, read!, digest);
    }

    /// <summary>Reads what has not been read, predicts what has not been predicted, and writes <c>predictions.csv</c>.</summary>
    /// <param name="inputs">CIF files, folders, archives; or the run directory, when its configuration has the section
    /// <c>graphs</c>.</param>
    /// <param name="directory">The run directory.</param>
    /// <param name="averageDisorder">Elements that share a place are averaged.</param>
    public void Run(IReadOnlyList<string> inputs, string directory, bool averageDisorder)
    {
        using DirectoryLock held = DirectoryLock.Take(_job, directory, "predict");
        (SystemCatalog systems, OpenRun open) = Open(inputs, directory, averageDisorder);
        RequireLikeGraphs(open.Configuration);
        ExtractStage.Run(_job, systems, open, chosen: []);
        Predict(open);
    }

    private (SystemCatalog, OpenRun) Open(IReadOnlyList<string> inputs, string directory, bool averageDisorder)
    {
        var existing = new RunDirectory(directory);
        if (inputs is [var only] && Path.GetFullPath(only) == existing.Root)
        {
            RunRecord record = RunRecord.Parse(_job.World.OnRankZero(() => RunRecord.Read(existing).ToBytes()), existing.RunJson);
            RunConfiguration own = _systems.Configuration.Parse(record.ConfigurationBytes(), existing.RunJson);
            return (_systems, new OpenRun(own, existing, record));
        }

        // Of the tables of other systems none is wanted.
        SystemCatalog alone = new([.. _systems.Systems.Where(system => system is PropertySystem)]);
        GraphOptions graphs = _suite.Graphs.Averaged(averageDisorder);
        RunConfiguration configuration = alone.Configuration.Defaults;
        CorpusOptions corpus = configuration.Get(EngineSections.Corpus) with { Paths = [.. inputs.Select(Path.GetFullPath)] };
        configuration = configuration.WithRunDirectory(directory).With(EngineSections.Corpus, corpus)
            .With(EngineSections.Validation, PredictionInput.ValidationOf(graphs)).With(EngineSections.OxidationStates, null)
            .With(EngineSections.Groups, null).With(GraphProduct.Section, graphs);
        return (alone, IndexStage.Run(_job, alone, configuration));
    }

    private void RequireLikeGraphs(RunConfiguration configuration)
    {
        if (configuration.Find(GraphProduct.Section) is not { } graphs)
            throw UserException.Unusable("the run has no graphs: its configuration lacks the section 'graphs'");
        if (!graphs.IsLike(_suite.Graphs))
            throw UserException.Unusable("the graphs of the run have other neighbors or angles than those of the model");
    }

    private void Predict(OpenRun open)
    {
        RunDirectory run = open.Directory;
        string key = KeyOf(open.Record), parts = Path.Combine(run.Root, Parts);
        int[] shards = [.. Enumerable.Range(0, open.Record.Corpus.Shards)];
        _job.World.OnRankZero(() =>
        {
            Directory.CreateDirectory(parts);
            WholeFile.Sweep(parts);
        });
        var counts = new long[2];
        var progress = new Progress("predict", "structures", 0, _job.Options.IsQuiet);
        WorkDealer.Run(_job, shards, progress, (shard, dealer) =>
        {
            string part = PartOf(parts, shard, key);
            if (!File.Exists(part))
                WholeFile.Write(part, stream => Write(stream, Path.Combine(run.Shard(shard), GraphProduct.FileName), dealer));
        });
        _job.World.OnRankZero(() =>
        {
            string[] paths = [.. shards.Select(shard => PartOf(parts, shard, key))];
            WholeFile.Write(Path.Combine(run.Root, FileName), stream => TableMerger.Join(paths, stream, _job.StopPoint));
            OwnedDirectory.Remove(parts, name => name.EndsWith(".csv", StringComparison.Ordinal));
            string? last = null;
            foreach (AnswerRow row in Csv.Read<AnswerRow>(Path.Combine(run.Root, FileName)))
            {
                bool isRefused = string.IsNullOrEmpty(row.Target);
                if (isRefused || row.Input != last)
                    counts[isRefused ? 1 : 0]++;
                last = row.Input;
            }

            _job.Say(FormattableString.Invariant(
                $"predict  {counts[0]} structures, {counts[1]} refused: {Path.Combine(run.Root, FileName)}"));
        });
    }

    // What a part depends on: the model, and the tables of the shards.
    private string KeyOf(RunRecord record) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{_digest} {record.ExtractionDigest}")))[..16];

    private static string PartOf(string folder, int shard, string key) =>
        Path.Combine(folder, FormattableString.Invariant($"{shard:D4}.{key}.csv"));

    private void Write(Stream stream, string graphs, WorkDealer dealer)
    {
        using CsvWriter writer = CsvWriter.Create(stream, Csv.Format, leaveOpen: true);
        writer.WriteHeader<AnswerRow>();
        var chunk = new List<PredictionInput>();
        int atoms = 0;
        using var file = new FileStream(graphs, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        foreach (GraphRecord record in GraphRecord.ReadAll(file))
        {
            if (chunk.Count > 0 && atoms + (record.Graph?.Atoms ?? 1) > ChunkAtoms)
                Flush();
            chunk.Add(PredictionInput.Of(record));
            atoms += record.Graph?.Atoms ?? 1;
        }

        Flush();

        void Flush()
        {
            IReadOnlyList<SuiteAnswer>[] found =
                _suite.Predict([.. chunk.Where(input => input.Crystal is not null).Select(input => input.Crystal!)]);
            int next = 0;
            foreach (PropertyAnswer answer in chunk.Select(input => new PropertyAnswer(input, input.Crystal is null ? [] : found[next++])))
            {
                foreach (AnswerRow row in answer.Rows())
                    writer.WriteRecord(row);
            }

            dealer.Advance(chunk.Count);
            chunk.Clear();
            atoms = 0;
        }
    }
}
