using CrystalHpc.Core.Elements;
using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.BondValence.Equations;

/// <summary>Bond-valence equations as rows of <c>equations.csv</c> and back.</summary>
internal static class EquationFile
{
    private const string CationCenter = "cation";
    private const string AnionCenter = "anion";

    /// <summary>The rows of an equation, one for each bond.</summary>
    public static IEnumerable<BondRow> Rows(SiteEquation equation) => equation.Bonds.Select(bond =>
    {
        BondKey key = equation.KeyOf(bond);
        return new BondRow(
            equation.StructureId,
            equation.SiteIndex,
            equation.SiteLabel,
            equation.IsCation ? CationCenter : AnionCenter,
            equation.IsComplete,
            key.Cation.Element.Symbol,
            key.Cation.Charge,
            equation.Multiplicity,
            equation.GroupId,
            key.Anion.Element.Symbol,
            key.Anion.Charge,
            bond.DistanceAngstrom);
    });

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
            bonds.Add(new EquationBond(row.Center == CationCenter ? AnionOf(row, path) : CationOf(row, path), row.DistanceA));
        }

        if (first is not null)
            yield return Equation(first, bonds, path);
    }

    private static SiteEquation Equation(BondRow row, IReadOnlyList<EquationBond> bonds, string path) => new()
    {
        StructureId = row.StructureId,
        SiteIndex = row.SiteIndex,
        SiteLabel = row.SiteLabel,
        Center = row.Center switch
        {
            CationCenter => CationOf(row, path),
            AnionCenter => AnionOf(row, path),
            _ => throw UserException.Unusable($"{path} is damaged: center '{row.Center}'"),
        },
        Multiplicity = row.Multiplicity,
        GroupId = row.GroupId,
        IsComplete = row.Complete,
        Bonds = bonds,
    };

    private static Species CationOf(BondRow row, string path) => SpeciesOf(row.Cation, row.CationCharge, path);

    private static Species AnionOf(BondRow row, string path) => SpeciesOf(row.Anion, row.AnionCharge, path);

    private static Species SpeciesOf(string symbol, int charge, string path) =>
        Element.TryParse(symbol, out Element element) && Math.Abs(charge) <= 20
            ? new Species(element, (sbyte)charge)
            : throw UserException.Unusable($"{path} is damaged: '{symbol}' with charge {charge}");
}
