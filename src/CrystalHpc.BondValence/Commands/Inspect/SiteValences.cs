using System.Globalization;
using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.Evaluation;
using CrystalHpc.BondValence.ParameterTables;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Structures;

namespace CrystalHpc.BondValence.Commands;

/// <summary>Valences of bonds by a table of parameters, as <c>inspect</c> shows them.</summary>
internal sealed class SiteValences(ParameterTable table) : IValenceTable
{
    /// <summary>The table.</summary>
    public ParameterTable Table => table;

    /// <inheritdoc/>
    public TabulatedBond? Find(AtomSite one, AtomSite other, double distanceAngstrom)
    {
        (AtomSite cation, AtomSite anion) = one.Charge > 0 ? (one, other) : (other, one);
        if (!EquationBuilder.TryGetSpecies(cation, out Species center) || !EquationBuilder.TryGetSpecies(anion, out Species neighbor)
            || center.Charge <= 0 || neighbor.Charge >= 0 || table.Find(new BondKey(center, neighbor)) is not { } entry)
            return null;
        double valence = entry.Valence(distanceAngstrom);
        return !(valence <= BondSum.LargestValence) ? null : new TabulatedBond(
            valence, entry.ValenceError(distanceAngstrom), entry.R0Angstrom, entry.R0ErrorAngstrom, entry.SoftnessAngstrom,
            entry.SoftnessErrorAngstrom,
            SnakeCase.Of(entry.Law), SourceOf(entry));
    }

    private static string SourceOf(ParameterEntry entry)
    {
        string groups = entry.Groups is { } count ? string.Create(CultureInfo.InvariantCulture, $"{count} group{(count == 1 ? "" : "s")}")
            : "";
        return string.Join(", ", new[] { entry.Origin, groups }.Where(text => text.Length > 0));
    }
}
