namespace CrystalHpc.BondValence.ParameterTables;

/// <summary>
/// Which column of a table holds what, recognized by the names that published tables and CIF use; -1 for a column that is not there.
/// </summary>
internal sealed record ParameterColumns(int Cation, int CationCharge, int Anion, int AnionCharge, int R0, int Softness, int Law, int Source,
    int Flags)
{
    /// <summary>Standard errors of r0 and B with their correlation, groups of structures, and the reference.</summary>
    public (int R0Error, int SoftnessError, int Correlation, int Groups, int Reference) More { get; private init; }

    private static readonly string[] CationNames = ["cation", "atom_1", "atom1", "element_1", "element1", "ion_1", "ion1", "atom_a"];
    private static readonly string[] AnionNames = ["anion", "atom_2", "atom2", "element_2", "element2", "ion_2", "ion2", "atom_b"];
    private static readonly string[] ChargeEndings = ["_charge", "_valence", "_oxidation_state", "_oxidation", "_oxidation_number",
        "_state"];
    private static readonly string[] R0Names = ["r0", "r0_a", "r_0", "ro", "r0_angstrom", "r0_å"];
    private static readonly string[] SoftnessNames = ["b", "b_a", "b_angstrom", "b_å", "softness"];

    // Our own tags stand where those of the dictionary would say something else.
    private static readonly string[] Prefixes = ["valence_param_", "crystalhpc_valence_param_"];

    /// <summary>Finds the columns; null when one of cation, anion, r0 and B is missing.</summary>
    /// <param name="headers">Names of the columns, or the tags of a CIF loop; letter case, dots and blanks are all one.</param>
    public static ParameterColumns? Recognize(IReadOnlyList<string> headers)
    {
        string[] names = [.. headers.Select(Normalize)];
        int cation = Find(names, CationNames), anion = Find(names, AnionNames), r0 = Find(names, R0Names),
            softness = Find(names, SoftnessNames);
        if (cation < 0 || anion < 0 || r0 < 0 || softness < 0)
            return null;
        return new ParameterColumns(
            cation, Find(names, ChargeNames(names[cation], "1")), anion, Find(names, ChargeNames(names[anion], "2")), r0, softness,
            Find(names, ["law"]), Find(names, ["source"]), Find(names, ["flags"]))
        {
            More = (Find(names, ["r0_se_a"]), Find(names, ["b_se_a"]), Find(names, ["correlation"]), Find(names, ["n_groups"]),
                Find(names, ["reference"])),
        };
    }

    private static IEnumerable<string> ChargeNames(string ion, string number) =>
        [.. ChargeEndings.Select(ending => ion + ending), .. ChargeEndings.Select(ending => ending[1..] + "_" + number)];

    private static int Find(string[] names, IEnumerable<string> wanted) =>
        wanted.Select(name => Array.IndexOf(names, name)).FirstOrDefault(index => index >= 0, -1);

    // '_valence_param_atom_1_valence', 'Cation charge' and 'cation_charge' are read alike.
    private static string Normalize(string header)
    {
        string name = header.Trim().TrimStart('\uFEFF').ToLowerInvariant().Replace('.', '_').Replace(' ', '_').TrimStart('_');
        return Array.Find(Prefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal)) is { } found ? name[found.Length..] : name;
    }
}
