using System.Security.Cryptography;
using CrystalHpc.BondValence.ParameterTables;
using CrystalHpc.Core.Findings;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Parallel;

namespace CrystalHpc.BondValence.Fit;

/// <summary>The published table that <c>fit.prior_table</c> names.</summary>
/// <param name="Table">Its parameters.</param>
/// <param name="Digest">SHA-256 of its file.</param>
internal sealed record PriorTable(ParameterTable Table, string Digest)
{
    /// <summary>Reads the table on rank 0 for all; null when the options name none. A collective call.</summary>
    /// <exception cref="UserException">There is no such file, or it is no table of bond-valence parameters.</exception>
    public static PriorTable? Read(Job job, FitOptions options)
    {
        if (options.PriorTable is not { } path)
            return null;
        byte[] bytes = job.World.OnRankZero(() => File.Exists(path)
            ? File.ReadAllBytes(path)
            : throw UserException.Configuration($"'fit.prior_table': there is no file {path}"));
        var findings = new List<Finding>();
        ParameterTable table = ParameterTableFile.Read(Path.GetFileNameWithoutExtension(path), bytes, findings);
        return table.Count > 0
            ? new PriorTable(table, Convert.ToHexStringLower(SHA256.HashData(bytes)))
            : throw UserException.Configuration(
                $"'fit.prior_table': {path} is not a table of bond-valence parameters "
                + $"({findings.Select(finding => finding.Message).FirstOrDefault("it has no rows")})");
    }
}
