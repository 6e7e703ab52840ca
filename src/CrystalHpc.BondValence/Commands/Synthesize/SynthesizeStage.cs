using System.Diagnostics;
using System.Globalization;
using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.ParameterTables;
using CrystalHpc.BondValence.Synthesis;
using CrystalHpc.Core.Elements;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;

namespace CrystalHpc.BondValence.Commands;

/// <summary>
/// Writes a synthetic corpus: each rank makes its part of every batch; an archive is written by rank 0 in the order of the files.
/// </summary>
internal static class SynthesizeStage
{
    private const int FilesPerRankAndBatch = 50;
    private const int FirstCodNumber = 1_000_000;

    /// <summary>Makes the corpus and its truth.</summary>
    /// <param name="job">This rank.</param>
    /// <param name="directory">Where it goes.</param>
    /// <param name="files">Number of files.</param>
    /// <param name="format">Folders or an archive.</param>
    /// <param name="options">What the crystals are like.</param>
    /// <param name="table">Table of parameters to plant; null to draw them.</param>
    /// <param name="draw">Draws parameters.</param>
    /// <exception cref="UserException">The folder is not empty, or no crystal can be made with the parameters.</exception>
    public static void Run(
        Job job, string directory, int files, CorpusFormat format, SynthesisOptions options, string? table,
        Func<IReadOnlyList<PlantedPair>> draw)
    {
        var clock = Stopwatch.StartNew();
        job.World.OnRankZero(() => Prepare(directory));
        IReadOnlyList<PlantedPair> pairs = [];
        SyntheticCorpus? corpus = null;
        job.World.Together(() =>
        {
            pairs = table is null ? draw() : Read(table);
            corpus = Create(options, pairs);
        });
        long[] counts = new long[3 * pairs.Count];
        ICorpusOutput? output = null;
        job.World.Together(() => output = CorpusOutput.Open(format, directory, job.IsRoot));
        using (output)
        {
            int batch = FilesPerRankAndBatch * job.World.Size;
            for (int first = 0; first < files; first += batch)
                MakeBatch(job, corpus!, output, first + FilesPerRankAndBatch * job.World.Rank, files, counts,
                    isShared: format == CorpusFormat.Files);

            // An archive is written out only here.
            job.World.Together(() => output?.Dispose());
        }

        job.GlobalSum(counts);
        job.World.OnRankZero(() => WriteTruth(directory, files, corpus!, pairs, counts));
        job.Say(string.Create(CultureInfo.InvariantCulture,
            $"synthesize {files:N0} files, {corpus!.PlantablePairs.Count} of {pairs.Count} pairs  {clock.Elapsed.TotalSeconds:0.0} s"));
    }

    private static void MakeBatch(Job job, SyntheticCorpus corpus, ICorpusOutput? output, int first, int files, long[] counts,
        bool isShared)
    {
        var made = new List<MadeFile>();
        Action<MadeFile> take = isShared ? file => output!.Add(PathOf(file.Number), file.Bytes) : made.Add;
        job.World.Together(() =>
        {
            for (int file = first; file < Math.Min(first + FilesPerRankAndBatch, files); file++)
            {
                SyntheticFile crystal = Make(corpus, file);
                foreach (PairOccurrence occurrence in crystal.Occurrences)
                {
                    counts[3 * occurrence.Pair] += occurrence.Sites;
                    counts[3 * occurrence.Pair + 1] += occurrence.Bonds;
                    counts[3 * occurrence.Pair + 2]++;
                }

                take(new MadeFile(file, crystal.Bytes.ToArray()));
            }
        });
        if (isShared)
            return;
        IReadOnlyList<MadeFile>? gathered = job.World.Gather(made);
        job.World.OnRankZero(() =>
        {
            foreach (MadeFile file in gathered!)
                output!.Add(PathOf(file.Number), file.Bytes);
        });
    }

    private static SyntheticFile Make(SyntheticCorpus corpus, int file)
    {
        try
        {
            return corpus.Make(file, CodIdOf(file));
        }
        catch (InvalidOperationException fault)
        {
            throw UserException.Unusable($"{fault.Message}: lengths or softness do not suit");
        }
    }

    private static void Prepare(string directory)
    {
        if (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any())
            throw UserException.Unusable($"{directory} is not empty");
        Directory.CreateDirectory(directory);
    }

    private static SyntheticCorpus Create(SynthesisOptions options, IReadOnlyList<PlantedPair> pairs)
    {
        try
        {
            return new SyntheticCorpus(options, pairs);
        }
        catch (ArgumentException fault) when (fault.ParamName == "pairs")
        {
            throw UserException.Unusable(
                $"no structure type can hold any of these {pairs.Count} pairs: charges do not balance or lengths do not suit");
        }
    }

    private static PlantedPair[] Read(string path) =>
    [
        .. Csv.Read<GivenParameterRow>(Path.GetFullPath(path)).Select(row => Checked(row, path))
            .GroupBy(row => new BondKey(SpeciesOf(row.Cation, row.CationCharge, path), SpeciesOf(row.Anion, row.AnionCharge, path)))
            .Where(rows => rows.Key.Cation.Charge > 0 && rows.Key.Anion.Charge < 0)
            .Select(rows => new PlantedPair(rows.Key, [.. rows.Select(row => row.R0A).Distinct()], rows.First().BA))
            .OrderBy(pair => pair.Key),
    ];

    private static GivenParameterRow Checked(GivenParameterRow row, string path) =>
        row.R0A is > 0 and < 6 && row.BA is >= ParameterTableReader.SmallestUsualSoftness and <= ParameterTableReader.LargestUsualSoftness
            ? row
            : throw UserException.Unusable(string.Create(CultureInfo.InvariantCulture,
                $"{path}: {row.Cation} {row.Anion} with r0 {row.R0A} and B {row.BA}: r0 must lie between 0 and 6 Å, B between "
                + $"{ParameterTableReader.SmallestUsualSoftness} and {ParameterTableReader.LargestUsualSoftness} Å"));

    private static Species SpeciesOf(string symbol, int charge, string path) =>
        Element.TryParse(symbol, out Element element) && charge is >= -20 and <= 20
            ? new Species(element, (sbyte)charge)
            : throw UserException.Unusable($"{path}: '{symbol}' with charge {charge} is no ion");

    private static void WriteTruth(string directory, int files, SyntheticCorpus corpus, IReadOnlyList<PlantedPair> pairs, long[] counts)
    {
        Csv.Write(
            Path.Combine(directory, "planted.csv"),
            pairs.SelectMany((pair, index) => PlantedRow.Of(pair, counts[3 * index], counts[3 * index + 1], counts[3 * index + 2])));
        Csv.Write(
            Path.Combine(directory, "dirt.csv"),
            Enumerable.Range(0, files).Select(file => (File: file, Kind: corpus.DirtOf(file))).Where(entry => entry.Kind != DirtKind.None)
                .Select(entry => new DirtRow(PathOf(entry.File), DirtList.NameOf(entry.Kind))));
    }

    private static string CodIdOf(int file) => (FirstCodNumber + file).ToString(CultureInfo.InvariantCulture);

    // COD's layout: 1/00/00/1000000.cif.
    private static string PathOf(int file)
    {
        string id = CodIdOf(file);
        return $"{id[0]}/{id[1..3]}/{id[3..5]}/{id}.cif";
    }

    private sealed record MadeFile(int Number, byte[] Bytes);
}
