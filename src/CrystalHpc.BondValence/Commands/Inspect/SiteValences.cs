using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.Evaluation;
using CrystalHpc.BondValence.ParameterTables;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Engine.Structures;

namespace CrystalHpc.BondValence.Commands;

/// <summary>Valences of bonds by a table of parameters, as <c>inspect</c> shows them.</summary>
internal sealed class SiteValences(ParameterTable table) : IValenceTable
{
    /// <summary>The table.</summary>
    public ParameterTable Table => table;

    /// <inheritdoc/>
    public double? ValenceOf(AtomSite one, AtomSite other, double distanceAngstrom)
    {
        (AtomSite cation, AtomSite anion) = one.Charge > 0 ? (one, other) : (other, one);
        if (cation.Charge is not (> 0 and <= sbyte.MaxValue) || anion.Charge is not (< 0 and >= sbyte.MinValue) || !double.IsInteger(cation.Charge.Value) || !double.IsInteger(anion.Charge.Value))
            return null;
        var key = new BondKey(new Species(cation.Element, (sbyte)cation.Charge), new Species(anion.Element, (sbyte)anion.Charge));
        double? valence = table.Find(key)?.Valence(distanceAngstrom);
        return valence <= BondSum.LargestValence ? valence : null;
    }
}
