namespace CrystalHpc.BondValence.Synthesis;

/// <summary>What a synthetic corpus is like.</summary>
/// <param name="Seed">Everything random follows from it.</param>
/// <param name="SigmaAngstrom">Standard deviation of the error of a bond length, independent for each bond of each file, Å.</param>
/// <param name="CompoundSigmaAngstrom">The same for an error that all files of a compound share, Å.</param>
/// <param name="Strain">Standard deviation of each component of the random strain of a cell.</param>
/// <param name="DisplacementAngstrom">Standard deviation of random displacements along each axis before relaxation, Å.</param>
/// <param name="LabelShare">Share of files with <c>_atom_type_oxidation_number</c>.</param>
/// <param name="TypeSymbolShare">Share of files with charges in type symbols instead; the rest says nothing of oxidation states.</param>
/// <param name="DirtShares">Share of files with each kind of dirt, indexed by <see cref="DirtKind"/>; that of <see cref="DirtKind.None"/>
/// is ignored.</param>
/// <param name="ReflectionBytes">Mean size of a list of reflections added to each file, bytes; 0 for none.</param>
public sealed record SynthesisOptions(
    ulong Seed,
    double SigmaAngstrom,
    double CompoundSigmaAngstrom,
    double Strain,
    double DisplacementAngstrom,
    double LabelShare,
    double TypeSymbolShare,
    IReadOnlyList<double> DirtShares,
    int ReflectionBytes)
{
    /// <summary>Errors of 0.015 Å, 3 % strain, half of the files with oxidation numbers, no dirt, no reflections.</summary>
    public static SynthesisOptions Default { get; } = new(
        Seed: 1,
        SigmaAngstrom: 0.015,
        CompoundSigmaAngstrom: 0,
        Strain: 0.02,
        DisplacementAngstrom: 0.06,
        LabelShare: 0.6,
        TypeSymbolShare: 0.2,
        DirtShares: new double[Enum.GetValues<DirtKind>().Length],
        ReflectionBytes: 0);
}

/// <summary>What is wrong with a synthetic file.</summary>
public enum DirtKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Bonds beyond the first shell carry 5 to 15 % of every cation sum, so that the shells alone are too long.</summary>
    LongBonds,

    /// <summary>One cation is given as another element.</summary>
    WrongElement,

    /// <summary>Oxidation states are labeled wrongly, where possible so that the cell stays neutral.</summary>
    WrongState,

    /// <summary>The cell is too small: bonds are 0.3 to 1.0 Å too short.</summary>
    ShortDistances,

    /// <summary>A site is split in two, half occupied each, with disorder groups.</summary>
    Disorder,

    /// <summary>Hydroxide whose hydrogen atoms are not in the atom list; half of these files have them in the formula.</summary>
    MissingHydrogen,

    /// <summary>The file ends anywhere.</summary>
    Truncated,

    /// <summary>One symmetry operation is missing or has a wrong translation.</summary>
    BadSymmetry,

    /// <summary>Computed, with bonds 1 to 2 % too long, and marked so.</summary>
    Theoretical,

    /// <summary>Measured under pressure, bonds 2 to 5 % shorter, and marked so.</summary>
    HighPressure,

    /// <summary>Another determination of an earlier crystal of the corpus; half of these files are marked as duplicates.</summary>
    Duplicate,

    /// <summary>Oxidation numbers all zero: a template left unfilled.</summary>
    ZeroStates,
}
