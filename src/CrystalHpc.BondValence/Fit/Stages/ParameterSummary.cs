using System.Globalization;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Terminals;

namespace CrystalHpc.BondValence.Fit;

/// <summary>The best determined parameters of a fit, as a table for the terminal (stdout).</summary>
internal static class ParameterSummary
{
    private const int MostRows = 25;

    public static void Print(Job job, RunDirectory run, FitResult fit)
    {
        if (!job.IsRoot)
            return;
        Terminal.Out.WriteLine();
        Terminal.Out.WriteLine("  cation  anion     r0 (A)    s.e.    B (A)    s.e.   sites  structures  rmsd (v.u.)  flags");
        IEnumerable<BondParameters> best = fit.Parameters
            .OrderByDescending(parameters => parameters.SiteCount)
            .ThenBy(parameters => parameters.Key)
            .Take(MostRows);
        foreach (BondParameters parameters in best)
        {
            Terminal.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {parameters.Key.Cation,-6}  {parameters.Key.Anion,-5}  {parameters.R0Angstrom,9:0.0000}  "
                + $"{parameters.R0ErrorAngstrom,6:0.0000}  {parameters.SoftnessAngstrom,7:0.0000}  "
                + $"{parameters.SoftnessErrorAngstrom,6:0.0000}  {parameters.SiteCount,6}  {parameters.StructureCount,10}  "
                + $"{parameters.RmsdValence,11:0.000}  {ParameterRow.FlagsOf(parameters)}").TrimEnd());
        }

        int more = fit.Parameters.Count - MostRows;
        Terminal.Out.WriteLine();
        Terminal.Out.WriteLine(
            $"  {(more > 0 ? $"{more} more, and all digits," : "All digits")} in {Path.Combine(run.Fit, "parameters.csv")}");
    }
}
