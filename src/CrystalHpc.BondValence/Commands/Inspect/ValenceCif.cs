using CrystalHpc.Core.Cif;

namespace CrystalHpc.BondValence.Commands;

/// <summary>
/// Bonds and valence sums as loops of a data block: bonds under the names of the core dictionary, with their valences; sums, for which it
/// has no name, in a loop with names of our own, which programs that draw structures pass over.
/// </summary>
internal static class ValenceCif
{
    private const int Decimals = 4;

    /// <summary>Writes the loops.</summary>
    public static void Write(CifWriter writer, StructureValences valences)
    {
        writer.Loop(
            [
                "_geom_bond_atom_site_label_1", "_geom_bond_atom_site_label_2", "_geom_bond_distance", "_geom_bond_multiplicity",
                "_geom_bond_valence",
            ],
            valences.Bonds.Select(bond => (IReadOnlyList<CifField>)
            [
                bond.Cation.Label, bond.Anion.Label, Rounded(bond.DistanceAngstrom), bond.Count,
                bond.Known is { } known ? Rounded(known.ValenceVu) : CifField.Unknown,
            ]));
        writer.Loop(
            ["_crystalhpc_valence_sum_site_label", "_crystalhpc_valence_sum_bonds", "_crystalhpc_valence_sum"],
            valences.Sites.Select(site => (IReadOnlyList<CifField>)[site.Label, site.Bonds,
            site.Sum is { } sum ? Rounded(sum) : CifField.Unknown]));
        writer.Item("_crystalhpc_valence_table", valences.Table);
        if (valences.Gii is { } gii)
            writer.Item("_crystalhpc_global_instability_index", Rounded(gii));
    }

    private static CifField Rounded(double value) => Math.Round(value, Decimals);
}
