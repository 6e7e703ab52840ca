using CrystalHpc.BondValence.ParameterTables;
using CrystalHpc.Core.Findings;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Terminals;

namespace CrystalHpc.BondValence.Commands;

/// <summary>A table of parameters that is named on the command line: CSV, or CIF with a <c>_valence_param_</c> loop.</summary>
internal static class TableArgument
{
    /// <summary>Reads it; what is odd about it is told.</summary>
    /// <exception cref="UserException">It does not exist, or holds no parameters.</exception>
    public static ParameterTable Read(string path)
    {
        if (!File.Exists(path))
            throw UserException.Unusable($"the table {path} does not exist");
        var findings = new List<Finding>();
        ParameterTable table = ParameterTableFile.Read(Path.GetFileNameWithoutExtension(path), File.ReadAllBytes(path), findings);
        if (table.Count == 0)
            throw UserException.Unusable($"{path} is not a table of bond-valence parameters");
        foreach (Finding finding in findings.Where(finding => finding.Code.Severity != FindingSeverity.Note))
            Terminal.Error.WriteLine($"{path}: {VerdictPrinter.Describe(finding)}");
        return table;
    }
}
