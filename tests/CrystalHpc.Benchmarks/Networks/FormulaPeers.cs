using System.Globalization;
using System.Runtime.InteropServices;
using CrystalHpc.Core.Elements;
using CrystalHpc.Lattices.Data;
using CrystalHpc.Lattices.Prediction;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Metrics;

namespace CrystalHpc.Benchmarks;

/// <summary>
/// What a user of Python has instead: features by NumPy, and a random forest on them beside the model that ships. One thread, processor
/// time.
/// </summary>
internal static class FormulaPeers
{
    public static IReadOnlyList<ContestResult> Run(string[] args)
    {
        string path = Path.Combine(Machine.RepositoryRoot(), "..", "shared", "datasets", "matbench-spacegroup", "sg_all.csv.gz");
        if (!File.Exists(path))
        {
            Console.WriteLine("no tables beside the repository");
            return [];
        }

        LatticeRow[] rows = [.. LatticeTableReader.Read(path).Rows.Where(row => FormulaSplit.PartOf(row.Key) != SplitPart.Validation)
            .Take(Arguments.Number(args, "--formulas", int.MaxValue))];
        int[] labels = [.. rows.Select(row => LatticeClasses.SystemOf(row.Group))],
            parts = [.. rows.Select(row => FormulaSplit.PartOf(row.Key) == SplitPart.Test ? 1 : 0)];
        var features = new float[rows.Length * FormulaFeatures.Count];
        double Make()
        {
            TimeSpan start = Environment.CpuUsage.TotalTime;
            Span<double> one = stackalloc double[FormulaFeatures.Count];
            for (int i = 0; i < rows.Length; i++)
            {
                FormulaFeatures.Write(rows[i].Composition, one);
                for (int k = 0; k < one.Length; k++)
                    features[i * one.Length + k] = (float)one[k];
            }

            return (Environment.CpuUsage.TotalTime - start).TotalSeconds;
        }

        Make();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("crystalhpc-formulas-");
        try
        {
            Write(folder.FullName, rows, features, labels, parts);
            using PythonPeer? peer = PythonPeer.TryStart(args, "formula_peer.py", folder.FullName);
            var contest = new Contest($"features of {rows.Length} formulas", rows.Length, "formulas");
            contest.Add("CrystalHpc", Make);
            if (peer is not null)
                contest.AddPeer("NumPy", () => peer.Ask("features")[0]);
            IReadOnlyList<ContestResult> results = contest.Run(args, 5);
            if (peer is not null && Arguments.Wants(args, "random forest"))
                Compare(peer, rows, labels, parts);
            return results;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Compare(PythonPeer peer, LatticeRow[] rows, int[] labels, int[] parts)
    {
        double[] forest = peer.Ask("forest");
        Console.WriteLine(FormattableString.Invariant(
            $"crystal system, test rows: random forest {forest[1]:0.000}, among the first three {forest[2]:0.000}, {forest[0]:0} s"));
        int[] test = [.. Enumerable.Range(0, rows.Length).Where(i => parts[i] == 1)];
        var predictor = new LatticePredictor(LatticeModel.Read(Path.Combine(
            Machine.RepositoryRoot(), "models", "lattice", "model.safetensors")));
        double[] chances = [.. predictor.Predict([.. test.Select(i => rows[i].Composition)]).SelectMany(prediction => prediction.Systems)];
        int[] actual = [.. test.Select(i => labels[i])];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"                           model that ships {ClassMetrics.TopAccuracy(chances, actual, 1):0.000}, among the first three "
            + $"{ClassMetrics.TopAccuracy(chances, actual, 3):0.000}"));
    }

    private static void Write(string folder, LatticeRow[] rows, float[] features, int[] labels, int[] parts)
    {
        int most = rows.Max(row => row.Composition.Count);
        int[] elements = new int[rows.Length * most];
        double[] fractions = new double[elements.Length];
        Array.Fill(elements, -1);
        for (int i = 0; i < rows.Length; i++)
        {
            for (int k = 0; k < rows[i].Composition.Count; k++)
                (elements[i * most + k], fractions[i * most + k]) = (rows[i].Composition.Elements[k], rows[i].Composition.Fraction(k));
        }

        double[] table = [.. Enumerable.Range(0, Composition.KnownElements).SelectMany(element => ElementTable.Of(element).ToArray())];
        Put<int>("shape", [rows.Length, most, MagpieProperties.Count, FormulaFeatures.Count]);
        Put<int>("elements", elements);
        Put<double>("fractions", fractions);
        Put<double>("table", table);
        Put<float>("features", features);
        Put<int>("labels", labels);
        Put<int>("parts", parts);

        void Put<T>(string name, ReadOnlySpan<T> values) where T : unmanaged
            => File.WriteAllBytes(Path.Combine(folder, name), MemoryMarshal.AsBytes(values).ToArray());
    }
}
