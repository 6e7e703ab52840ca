using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Commands;

/// <summary>Tables of a run in pandas and R, read without any option.</summary>
public sealed class EcosystemTests
{
    private TemporaryFolder _folder = null!;

    [OneTimeSetUp]
    public void Run_the_quickstart()
    {
        _folder = new TemporaryFolder();
        ChildResult run = CrystalHpcCommand.Run("run", CrystalHpcCommand.Configuration("quickstart.json"), "--run", _folder["run"],
            "--quiet");
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
    }

    [OneTimeTearDown]
    public void Remove_it() => _folder.Dispose();

    [Test]
    public void Every_table_loads_in_pandas_with_numbers_as_numbers_and_no_mixed_columns()
    {
        // The unit at the end of a name, or what it counts, says that a column holds numbers; the loader must find the same.
        const string Script = """
            import glob, os, sys, warnings
            warnings.simplefilter("error")
            import pandas as pd
            from pandas.api.types import infer_dtype, is_numeric_dtype
            numbers = ("_A", "_A3", "_K", "_kPa", "_vu", "_se", "count", "bytes", "weight", "line", "column", "shard", "iteration", "evaluations", "charge",
                       "correlation", "multiplicity", "_index", "sites_asymmetric", "sites_cell", "n_sites", "n_bonds", "n_structures", "value", "step")
            seen = set()
            paths = [p for p in glob.glob(sys.argv[1] + "/**/*.csv", recursive=True)]
            for path in paths:
                table = pd.read_csv(path)
                name = os.path.basename(path)
                if len(table) == 0:
                    continue
                seen.add(name)
                assert not any(c.startswith("Unnamed") for c in table.columns), (path, list(table.columns))
                for column in table.columns:
                    values = table[column].dropna()
                    kind = infer_dtype(values)
                    assert not kind.startswith("mixed"), (path, column, kind)
                    if len(values) and column.endswith(numbers):
                        assert is_numeric_dtype(table[column]), (path, column, table[column].dtype)
            parameters = pd.read_csv(sys.argv[1] + "/fit/parameters.csv")
            assert parameters["n_sites"].dtype == "int64" and parameters["r0_A"].dtype == "float64"
            silicon = parameters[(parameters.cation == "Si") & (parameters.anion == "O")]
            assert len(silicon) == 1 and 1.55 < silicon.r0_A.iloc[0] < 1.65
            print(len(paths), " ".join(sorted(seen)))
            """;
        ChildResult result = Python.Run("pandas", Script, _folder["run"]);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        string[] expected = ["manifest.csv", "structures.csv", "findings.csv", "neighbors.csv", "equations.csv", "pairs.csv",
            "pair_bins.csv", "blocks.csv", "groups.csv",
            "parameters.csv", "history.csv", "residuals.csv"];
        Assert.That(result.Output.Split([' ', '\n']), Is.SupersetOf(expected));
    }

    [Test]
    public void Every_table_loads_in_R_with_numbers_as_numbers()
    {
        const string Script = """
            root <- commandArgs(trailingOnly = TRUE)[1]
            options(warn = 2)
            for (path in list.files(root, "\\.csv$", recursive = TRUE, full.names = TRUE)) {
                if (length(readLines(path, 2)) < 2) next
                table <- read.csv(path)
                for (column in grep("(_A|_A3|_K|_kPa|_vu|count|bytes|weight|line|shard|charge|n_sites)$", names(table), value = TRUE))
                    if (!all(is.na(table[[column]]))) stopifnot(is.numeric(table[[column]]))
            }
            parameters <- read.csv(file.path(root, "fit", "parameters.csv"))
            cat(nrow(parameters), is.character(parameters$cation), "Na" %in% parameters$cation, "F" %in% parameters$anion, "\n")
            """;
        string script = _folder.Write("check.R", Script);
        ChildResult result = ChildProcess.Run(LaunchedProgram.RequireTool("Rscript"), ["--vanilla", script, _folder["run"]]);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(result.Output, Does.Match(@"^\d+ TRUE TRUE TRUE"));
    }
}
