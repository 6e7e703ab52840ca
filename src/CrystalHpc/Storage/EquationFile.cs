using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Equations;
using CrystalHpc.Jobs;
using CrystalHpc.Storage.Tables;

namespace CrystalHpc.Storage;

/// <summary>Bond-valence equations as rows of <c>equations.csv</c> and back.</summary>
internal static class EquationFile
{
    /// <summary>The rows of an equation, one for each bond.</summary>
    public static IEnumerable<BondRow> Rows(SiteEquation equation) => equation.Bonds.Select(bond => new BondRow(
        equation.StructureId,
        equation.SiteIndex,
        equation.SiteLabel,
        equation.Cation.Element.Symbol,
        equation.Cation.Charge,
        equation.Multiplicity,
        equation.GroupId,
        bond.Anion.Element.Symbol,
        bond.Anion.Charge,
        bond.DistanceAngstrom));

    /// <summary>Reads the equations of a table, or of a part of one that begins with the header row.</summary>
    /// <exception cref="UserException">The table is damaged.</exception>
    public static IEnumerable<SiteEquation> Read(IEnumerable<BondRow> rows, string path)
    {
        BondRow? first = null;
        var bonds = new List<EquationBond>();
        foreach (BondRow row in rows)
        {
            if (first is not null && (row.StructureId != first.StructureId || row.SiteIndex != first.SiteIndex))
            {
                yield return Equation(first, bonds, path);
                bonds = [];
                first = null;
            }

            first ??= row;
            bonds.Add(new EquationBond(SpeciesOf(row.Anion, row.AnionCharge, path), row.DistanceA));
        }

        if (first is not null)
            yield return Equation(first, bonds, path);
    }

    private static SiteEquation Equation(BondRow row, IReadOnlyList<EquationBond> bonds, string path) => new()
    {
        StructureId = row.StructureId,
        SiteIndex = row.SiteIndex,
        SiteLabel = row.SiteLabel,
        Cation = SpeciesOf(row.Cation, row.CationCharge, path),
        Multiplicity = row.Multiplicity,
        GroupId = row.GroupId,
        Bonds = bonds,
    };

    private static Species SpeciesOf(string symbol, int charge, string path) =>
        Element.TryParse(symbol, out Element element) && Math.Abs(charge) <= 20
            ? new Species(element, (sbyte)charge)
            : throw UserException.Unusable($"{path} is damaged: '{symbol}' with charge {charge}");
}
