using CrystalHpc.BondValence.Fit;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Commands;

/// <summary>The configurations that repeat the model of an older study, on the sample corpus in four shards.</summary>
public sealed class ReportConfigurationTests
{
    [TestCase("report-2023.json", false)]
    [TestCase("report-2023-formula.json", true)]
    public void The_model_of_2023_runs_with_one_softness_and_pairs_of_elements(string name, bool isExponential)
    {
        using var folder = new TemporaryFolder();
        ChildResult result = CrystalHpcCommand.Run(
            "run", CrystalHpcCommand.Configuration(name), "--corpus", Path.Combine(TestPaths.RepositoryRoot, "samples"), "--run",
            folder["run"]);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        ParameterRow[] parameters = [.. Csv.Read<ParameterRow>(folder["run/fit/parameters.csv"])];
        Assert.That(parameters, Is.Not.Empty);
        Assert.That(parameters.Select(row => row.CationCharge).Concat(parameters.Select(row => row.AnionCharge)), Is.All.Zero);
        Assert.That(parameters.Select(row => row.BA).Distinct().Count(), Is.EqualTo(1));
        Assert.That(Csv.Read<ResidualRow>(folder["run/fit/residuals.csv"]).Select(row => row.Use), Is.All.EqualTo("fitted"),
            "there is no gate");

        // Programs that read the CIF loop know the exponential law only, so that another has tags of its own; 9 is any oxidation state.
        string cif = File.ReadAllText(folder["run/fit/parameters.cif"]);
        Assert.That(cif.Contains("_valence_param_Ro", StringComparison.Ordinal), Is.EqualTo(isExponential));
        Assert.That(cif, Does.Match(@"(?m)^H +9 O +9 "));
    }
}
