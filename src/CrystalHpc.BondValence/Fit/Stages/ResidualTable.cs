using CrystalHpc.BondValence.Equations;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;

namespace CrystalHpc.BondValence.Fit;

/// <summary>Writes <c>residuals.csv</c>: each rank the rows of its blocks, which it reads once more for their names.</summary>
internal static class ResidualTable
{
    /// <summary>Writes the table. A collective call.</summary>
    /// <param name="job">The job.</param>
    /// <param name="run">A merged run.</param>
    /// <param name="options">Options of the fit.</param>
    /// <param name="equations">Equations of this rank.</param>
    /// <param name="residuals">What the fit made of each of its tables.</param>
    /// <exception cref="UserException">It cannot be written, or the job was stopped.</exception>
    public static void Write(Job job, RunDirectory run, FitOptions options, LocalEquations equations,
        IReadOnlyList<ShardResiduals> residuals)
    {
        using var file = new SharedFile(job.World, Path.Combine(run.Fit, "residuals.csv"));
        job.World.Together(() =>
        {
            if (job.IsRoot)
                Csv.Write<ResidualRow>(file.Part, []);
            var blocks = new EquationBlocks(run);
            for (int i = 0; i < equations.Blocks.Length; i++)
            {
                job.StopPoint();
                SiteEquation[] used = [.. blocks.Read(equations.Blocks[i]).Where(equation => LocalEquations.IsUsed(options, equation))];
                Csv.WriteRows(file.Part, Rows(used, equations.Tables[i], residuals[i]));
            }
        });
        file.Complete();
    }

    // The table of the fit is sorted for speed; people read the order of the manifest.
    private static IEnumerable<ResidualRow> Rows(SiteEquation[] equations, EquationTable table, ShardResiduals residuals)
    {
        int[] rowOf = new int[equations.Length];
        for (int row = 0; row < rowOf.Length; row++)
            rowOf[table.Identities[row].Place] = row;
        for (int place = 0; place < rowOf.Length; place++)
        {
            (SiteEquation equation, int row) = (equations[place], rowOf[place]);
            if (!equation.IsCation)
                continue;
            double valence = residuals.CalculatedValences[row];
            yield return new ResidualRow(
                equation.StructureId,
                equation.SiteIndex,
                equation.SiteLabel,
                equation.Center.Element.Symbol,
                equation.Center.Charge,
                equation.Bonds.Count,
                valence,
                valence - equation.Center.Charge,
                table.Weights[row],
                residuals.IsGated[row] ? "gated" : "fitted");
        }
    }
}
