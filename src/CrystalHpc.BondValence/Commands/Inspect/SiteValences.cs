using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.Evaluation;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.BondValence.ParameterTables;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Terminals;

namespace CrystalHpc.BondValence.Commands;

/// <summary>Valences of bonds by a table of parameters, as <c>inspect</c> shows them.</summary>
internal sealed class SiteValences(ParameterTable table) : IValenceTable
{
    /// <summary>Reads a table of the exponential law: CSV, or CIF with a <c>_valence_param_</c> loop.</summary>
    /// <exception cref="UserException">It does not exist, or holds no parameters.</exception>
    public static SiteValences Read(string path)
    {
        if (!File.Exists(path))
            throw UserException.Unusable($"the table {path} does not exist");
        var findings = new List<Finding>();
        ParameterTable table = ParameterTableFile.Read(Path.GetFileNameWithoutExtension(path), BondLaw.Exponential, File.ReadAllBytes(path), findings);
        if (table.Count == 0)
            throw UserException.Unusable($"{path} is not a table of bond-valence parameters");
        foreach (Finding finding in findings.Where(finding => finding.Code.Severity != FindingSeverity.Note))
            Terminal.Error.WriteLine($"{path}: {VerdictPrinter.Describe(finding)}");
        return new SiteValences(table);
    }

    /// <inheritdoc/>
    public double? ValenceOf(AtomSite one, AtomSite other, double distanceAngstrom)
    {
        (AtomSite cation, AtomSite anion) = one.Charge > 0 ? (one, other) : (other, one);
        if (cation.Charge is not (> 0 and <= sbyte.MaxValue) || anion.Charge is not (< 0 and >= sbyte.MinValue) || !double.IsInteger(cation.Charge.Value) || !double.IsInteger(anion.Charge.Value))
            return null;
        var key = new BondKey(new Species(cation.Element, (sbyte)cation.Charge), new Species(anion.Element, (sbyte)anion.Charge));
        double? valence = table.Find(key) is { } entry ? BondValenceModel.Valence(distanceAngstrom, entry.R0Angstrom, entry.SoftnessAngstrom) : null;
        return valence <= BondSum.LargestValence ? valence : null;
    }
}
