using System.CommandLine;
using System.Globalization;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Engine.Terminals;
using CrystalHpc.Lattices.Data;
using CrystalHpc.Lattices.Prediction;
using CrystalHpc.Lattices.Training;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Models;

namespace CrystalHpc.Lattices.Commands;

/// <summary><c>crystalhpc lattice evaluate</c>.</summary>
internal static class EvaluateCommand
{
    private static readonly string[] Shown = ["accuracy", "top3", "macro_f1", "ece", "accuracy_single_polymorph", "majority", "oracle"];

    public static Command Create(CommandContext context)
    {
        var command = new Command("evaluate", """
            How good a model is on compounds whose space group is known: every row of the data counts. A formula that the model
            knows is judged without it.

            Examples:
              crystalhpc lattice evaluate my-compounds.csv --out judged
              crystalhpc lattice evaluate my-cif-files --out judged
            """);
        var data = new Argument<string>("DATA") {
            Description = "Table with the columns 'formula' and 'space_group' (.csv, .csv.gz), the directory of a run, or CIF files: a "
            + "file, a folder, an archive." };
        Option<string?> model = ModelOption.Create();
        var output = new Option<string>("--out") { Description = "Folder for metrics.json, predictions.csv and report.html.",
            HelpName = "DIR", Required = true };
        var part = new Option<SplitPart?>("--part")
        {
            Description = "Only the rows of a part of the split by formula: test, validation or training.", HelpName = "PART",
        };
        part.AcceptOnlyFromAmong([.. Enum.GetValues<SplitPart>().Select(SnakeCase.Of)]);
        command.Add(data);
        command.Add(model);
        command.Add(output);
        command.Add(part);
        command.SetAction(parsed => context.Runner.RunAlone(() =>
        {
            string path = parsed.GetRequiredValue(data), folder = Path.GetFullPath(parsed.GetRequiredValue(output));
            LatticeTable table = CrystalFiles.Are(path) && !StructureTable.IsRun(path)
                ? StructureTable.Of(CrystalFiles.Read(path, context.Systems.Configuration.Defaults), path)
                : LatticeTableReader.Read(path);
            LatticeRow[] rows = parsed.GetValue(part) is { } chosen ? LatticeTraining.PartOf(table.Rows, chosen) : [.. table.Rows];
            if (rows.Length == 0)
                throw UserException.Unusable($"{path}: no row belongs to that part");
            string file = ModelOption.PathOf(parsed.GetValue(model));
            LatticeModel known = LatticeModel.Read(file);
            LatticePrediction[] predictions = new LatticePredictor(known).Predict([.. rows.Select(row => row.Composition)]);
            string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path))
                + (parsed.GetValue(part) is { } some ? $", {SnakeCase.Of(some)} part" : "");
            ModelJudgment judgment = WithCells(LatticeJudge.Judge(name, rows, predictions), known, table.Cells, parsed.GetValue(part));
            Directory.CreateDirectory(folder);
            judgment.Write(folder, LatticeModel.System, WholeFile.Digest(file));
            Print(judgment, table);
        }));
        return command;
    }

    // Tables of structures are judged by their cells, too.
    private static ModelJudgment WithCells(ModelJudgment judgment, LatticeModel model, IReadOnlyList<KnownCell> known, SplitPart? part)
    {
        KnownCell[] rows = [.. known.Where(row => part is null || FormulaSplit.PartOf(row.Key) == part)];
        if (model.Cells is not { } cells || rows.Length == 0)
            return judgment;
        var metrics = new SortedDictionary<string, double>(judgment.Metrics.ToDictionary(), StringComparer.Ordinal);
        foreach ((string name, double value) in CellJudge.Judge(cells, rows))
            metrics[name] = value;
        return judgment with { Metrics = metrics };
    }

    private static void Print(ModelJudgment judgment, LatticeTable table)
    {
        Terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{judgment.N} rows of {judgment.Data}; {table.Refused.Count} rows refused"));
        IEnumerable<string> titles = Shown.Select(metric => metric.Replace("accuracy_single_polymorph", "single",
            StringComparison.Ordinal));
        Terminal.Out.WriteLine($"{"",-16}{string.Concat(titles.Select(title => $"{title,10}"))}");
        foreach (LatticeTarget target in LatticeTarget.All)
        {
            Terminal.Out.WriteLine($"{target.Title,-16}" + string.Concat(Shown.Select(metric =>
                (judgment.Metrics.TryGetValue($"{target.Name}.{metric}", out double value)
                    ? value.ToString("0.000", CultureInfo.InvariantCulture) : "").PadLeft(10))));
        }

        if (judgment.Metrics.TryGetValue("volume_per_atom.mape", out double volume))
        {
            Terminal.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Cells in the known Bravais lattice, mean absolute deviation: volume {volume:0.0} %, a {judgment.Metrics["a.mape"]:0.0} "
                + $"%, b {judgment.Metrics["b.mape"]:0.0} %, c {judgment.Metrics["c.mape"]:0.0} %"));
        }
    }
}
