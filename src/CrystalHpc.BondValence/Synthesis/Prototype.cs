using System.Globalization;
using CrystalHpc.Core;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.SpaceGroups;

namespace CrystalHpc.BondValence.Synthesis;

/// <summary>A site of a structure type.</summary>
/// <param name="IsCation">Cation or anion.</param>
/// <param name="Slot">Cation sites with the same slot hold the same species; 0 for anions, which are all alike.</param>
/// <param name="Position">Position in the asymmetric unit.</param>
/// <param name="Coordination">Anions in the first shell of a cation; 0 for an anion.</param>
internal sealed record PrototypeSite(bool IsCation, int Slot, Fractional Position, int Coordination);

/// <summary>A structure type: symmetry, a typical cell, sites. <c>Data/Prototypes.csv</c>.</summary>
internal sealed record Prototype(string Name, IReadOnlyList<SymmetryOperation> Operations, UnitCell Cell,
    IReadOnlyList<PrototypeSite> Sites)
{
    private static readonly Lazy<IReadOnlyList<Prototype>> Loaded = new(Load);

    /// <summary>All structure types, in the order of the table.</summary>
    public static IReadOnlyList<Prototype> All => Loaded.Value;

    /// <summary>Number of different cations.</summary>
    public int CationSlots { get; } = 1 + Sites.Where(site => site.IsCation).Max(site => site.Slot);

    private static IReadOnlyList<Prototype> Load() =>
    [
        .. EmbeddedTable.Read(typeof(Prototype).Assembly, "Synthesis.Data.Prototypes.csv").GroupBy(fields => fields[0]).Select(rows =>
        {
            string[] first = rows.First();
            if (!HallSymbol.TryParse(first[1], out IReadOnlyList<SymmetryOperation> operations))
                throw new InvalidOperationException($"{first[0]}: '{first[1]}' is no Hall symbol");
            var cell = new UnitCell(Number(first[2]), Number(first[3]), Number(first[4]), 90, 90, Number(first[5]));
            return new Prototype(first[0], operations, cell, [.. rows.Select(SiteOf)]);
        }),
    ];

    private static PrototypeSite SiteOf(string[] fields)
    {
        bool isCation = fields[6][0] < 'X';
        return new PrototypeSite(
            isCation, fields[6][0] - (isCation ? 'A' : 'X'), new Fractional(Number(fields[7]), Number(fields[8]), Number(fields[9])),
            int.Parse(fields[10], CultureInfo.InvariantCulture));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
