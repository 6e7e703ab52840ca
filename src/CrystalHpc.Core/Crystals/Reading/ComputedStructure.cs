using System.Text;
using System.Text.RegularExpressions;
using CrystalHpc.Core.Cif;

namespace CrystalHpc.Core.Crystals;

/// <summary>
/// Whether a file holds a structure that was never measured: computed, simulated, generated, idealized, extrapolated or altered. Databases
/// mark such entries; failing that, titles, their notes, remarks on origin and software, banners of programs and data names tell.
/// </summary>
internal static partial class ComputedStructure
{
    // Data names that only files of computations have, or how they begin.
    private static readonly byte[][] Computations =
        NamesOf("_tcod_", "_dft_", "_aflow_", "_oqmd_", "_jarvis_", "_materials_project", "_gulp_", "_vasp_");

    // Data names of reflections and their refinement: what such a file says of computations is said of something beside the measurement.
    private static readonly byte[][] Measurements =
        NamesOf("_refine_ls_", "_refine_ls.", "_refine.ls_", "_reflns_number", "_reflns.number", "_diffrn_reflns_", "_diffrn_reflns.",
            "_pd_proc_ls_");

    /// <summary>What tells that the structure was not measured, for people; null when nothing does.</summary>
    /// <param name="block">The data block.</param>
    /// <param name="title">Title of the publication with its line breaks.</param>
    public static string? Evidence(CifBlock block, string title)
    {
        if (block.GetText(CifNames.DeterminationMethod) is var method && method.Contains("theoretical", StringComparison.OrdinalIgnoreCase))
            return $"determination method: {method}";
        if (Find(Origin(), block.GetText(CifNames.CompoundSource)) is { } origin)
            return $"compound source: {origin}";
        bool isMeasured = HasName(block, Measurements) is not null;
        foreach (TitleStatement statement in TitleStatement.Split(title))
        {
            if (isMeasured && !statement.IsNote)
                continue;
            bool mayBe = statement.IsNote || !Measurement().IsMatch(statement.Text);
            if (mayBe && (Find(Computation(), statement.Text) ?? (statement.IsNote ? Find(Note(), statement.Text) : null)) is { } words)
                return $"{(statement.IsNote ? "note" : "title")}: {words}";
        }

        string software = $"{block.GetText(CifNames.CreationMethod)} {block.GetText(CifNames.Software)}";
        if (!isMeasured && Find(Program(), software) is { } program)
            return $"software: {program}";
        if (Find(BlockName(), block.Name) is { } name)
            return $"data block: {name}";
        foreach (string[] names in CifNames.Names)
        {
            if (block.GetText(names) is var text && (Find(Banner(), text) ?? Find(BlockName(), text)) is { } words)
                return $"name: {words}";
        }

        if (!isMeasured && Find(Program(), block.GetText(CifNames.Journal)) is { } journal)
            return $"journal: {journal}";
        foreach (string[] remark in CifNames.OriginRemarks)
        {
            if (!isMeasured && block.GetText(remark) is var text && !Measurement().IsMatch(text) && Find(Computation(), text) is { } words)
                return $"remark: {words}";
        }

        if (Find(Banner(), block.Comments) is { } banner)
            return $"comment: {banner}";
        return HasName(block, Computations) is { } tag ? $"data name: {tag}" : null;
    }

    private static string? Find(Regex pattern, string text) => pattern.Match(text) is { Success: true } match ? match.Value : null;

    private static string? HasName(CifBlock block, byte[][] names)
    {
        for (int i = 0; i < block.TagCount; i++)
        {
            ReadOnlySpan<byte> tag = block.GetTag(i);
            foreach (byte[] start in names)
            {
                if (tag.Length >= start.Length && Ascii.EqualsIgnoreCase(tag[..start.Length], start) && IsGiven(block.GetColumn(i)))
                    return Encoding.ASCII.GetString(tag);
            }
        }

        return null;
    }

    private static bool IsGiven(CifColumn column) => column.Count > 0 && !column[0].IsMissing;

    private static byte[][] NamesOf(params string[] names) => Array.ConvertAll(names, Encoding.ASCII.GetBytes);

    [GeneratedRegex(@"theoretical|hypothetical|calculated?|comput(?:ed|ation)|simulat|predicted|generated|\bDFT\b|ab[ -]initio|"
        + @"first[ -]principles",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Origin();

    // "Ab initio" is also said of solving a structure from powder data.
    [GeneratedRegex(
        @"first[ -]principles?|density[ -]functional|\bDFT\b|molecular[ -]dynamics|simulated[ -]annealing"
        + @"|lattice[ -]energ|energy[ -]minimi[sz]|(?:atomistic|computer)[ -]simulat"
        + @"|computer[ -]model|\bcomputations?\b|computational|\bin silico\b|quantum[ -](?:mechanical|chemical)|\bGULP\b"
        + @"|structure predictions?|predicted|theoretical(?:ly)?\b"
        + @"|mathematical model|force[ -]fields?\b|(?:interatomic|pair)[ -]potentials?|end[ -]member properties|extrapolat"
        + @"|distance[ -]least[ -]squares"
        + @"|ab[ -]initio(?! (?:x-ray |neutron |powder |crystal )*(?:structure |structural )?(?:determination|solution))"
        + @"|^model \w+s\b|calculated x-ray diffraction"
        + @"|\bhypothetical\b(?!.*high-pressure form)|machine[ -]learn|neural network|monte carlo|hartree[ -]fock|pseudo-?potential"
        + @"|plane[ -]waves?\b"
        + @"|tight[ -]binding|\bB3LYP\b|\b(?:LDA|GGA)\b|cluster expansion|electron[ -]gas model|shell[ -]model|potential models?\b"
        + @"|\bsimulat(?:ions?|ed)\b"
        + @"|(?:evolutionary|genetic) (?:algorithm|structure|crystal|search)|structure search|structure enumeration"
        + @"|electronic structure calculation"
        + @"|total[ -]energy|calculated (?:crystal )?structure|calculations? of (?:the )?(?:crystal )?structure"
        + @"|generated structures?|\bpredictions?\b"
        + @"|\bmodell?ing (?:of )?(?:the )?(?:\w+ )?(?:structure|framework|topolog)|geometry[ -]optimi[sz]|relaxed structure"
        + @"|\bideali[sz]ed\b"
        + @"|virtual crystals?|atlas of zeolite",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Computation();

    // What makes a title that speaks of computations one of a measurement all the same.
    [GeneratedRegex(
        @"diffraction|x-ray|\bXRD\b|neutron|refine|rietveld|synchrotron|single[ -]crystal|powder|\bexperiment|spectroscop"
        + @"|spectrometr|synthes|beugung|thermal parameters|\bNMR\b|\bEXAFS\b|electron density|etude structurale|affinement",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Measurement();

    [GeneratedRegex(
        @"hypothetical|calculated structure|structure (?:was |is )?calculated|\bideal(?:i[sz]ed)?\b|optimi[sz]ed|arbitrar"
        + @"|positions? (?:were |are )?assigned|for convenience"
        + @"|noise|random(?:ly)? (?:displac|perturb|shift)|rattled|perturbed",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Note();

    [GeneratedRegex(
        @"\b(?:GULP|VASP|CASTEP|Quantum[ -]?ESPRESSO|WIEN2k|SIESTA|ABINIT|LAMMPS|USPEX|CALYPSO|AIRSS|DMol3?|CRYSTAL\d\d"
        + @"|FHI-aims|CP2K|GPAW|XtalOpt|DL_?POLY|PyXtal"
        + @"|Materials Studio|pymatgen|AFLOW|OQMD|JARVIS|Materials Project)\b|molecular[ -]dynamics|density[ -]functional"
        + @"|ab[ -]initio calc|simulat",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Program();

    [GeneratedRegex(
        @"pyxtal|^(?:mp|mvc)-\d+|^JVASP|^image0$|^oqmd|(?:^|_)(?:relaxed|contcar|poscar|vasp|dft|pbe)(?:$|_)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex BlockName();

    [GeneratedRegex(
        @"\b(?:pymatgen|PyXtal|GULP|VASP|CASTEP|LAMMPS|USPEX|CALYPSO|AIRSS|XtalOpt|AFLOW|OQMD|JARVIS|Materials Project"
        + @"|Quantum[ -]?ESPRESSO|GPAW|CP2K"
        + @"|SIESTA|ABINIT|WIEN2k|Atomsk|by ASE|Atomic Simulation Environment)\b|ideali[sz]ed|\brelaxed with\b"
        + @"|package for random crystal|\bnoise\b"
        + @"|random (?:structure|displacement)|rattled|first[ -]principles|density[ -]functional|\bDFT\b"
        + @"|molecular[ -]dynamics|simulated|theoretical|hypothetical",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Banner();
}
