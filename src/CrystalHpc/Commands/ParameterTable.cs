using CrystalHpc.Core.BondValence;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Equations;
using CrystalHpc.Jobs;
using CrystalHpc.Storage;
using CrystalHpc.Storage.Tables;

namespace CrystalHpc.Commands;

/// <summary>A table of fitted parameters, as <c>inspect</c> uses it.</summary>
internal sealed class ParameterTable
{
    private readonly Dictionary<BondKey, (double R0, double B)> _parameters = [];

    /// <summary>Reads a <c>parameters.csv</c> of a run.</summary>
    /// <exception cref="UserException">It cannot be read.</exception>
    public static ParameterTable Read(string path)
    {
        var table = new ParameterTable();
        foreach (ParameterRow row in Csv.Read<ParameterRow>(Path.GetFullPath(path)))
        {
            var key = new BondKey(
                new Species(Element.Of(row.Cation), (sbyte)row.CationCharge), new Species(Element.Of(row.Anion), (sbyte)row.AnionCharge));
            table._parameters[key] = (row.R0A, row.BA);
        }

        return table;
    }

    /// <summary>Valence of a bond between two sites of opposite charge, v.u.; null when the charges are not or the table has no such pair.</summary>
    public double? ValenceOf(AtomSite one, AtomSite other, double distanceAngstrom)
    {
        (AtomSite cation, AtomSite anion) = one.Charge > 0 ? (one, other) : (other, one);
        if (cation.Charge is not > 0 || anion.Charge is not < 0 || !double.IsInteger(cation.Charge.Value) || !double.IsInteger(anion.Charge.Value))
            return null;
        var key = new BondKey(new Species(cation.Element, (sbyte)cation.Charge), new Species(anion.Element, (sbyte)anion.Charge));
        return _parameters.TryGetValue(key, out (double R0, double B) found) ? BondValenceModel.Valence(distanceAngstrom, found.R0, found.B) : null;
    }
}
