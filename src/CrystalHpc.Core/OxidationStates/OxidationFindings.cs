using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.OxidationStates;

/// <summary>Why oxidation states are not believed or cannot be assigned.</summary>
public static class OxidationFindings
{
    /// <summary>All zero.</summary>
    public static readonly FindingCode AllZero =
        Note("oxidation-all-zero", "Every oxidation number of the file is 0: a template left unfilled; taken as absent.");

    /// <summary>Not for every site.</summary>
    public static readonly FindingCode Partial = Note("oxidation-partial",
        "The file gives oxidation states for some sites only; not used.");

    /// <summary>Fractional.</summary>
    public static readonly FindingCode Fractional =
        Warning("oxidation-fractional", "An oxidation number of the file is not whole (mixed valence or an average); not used.");

    /// <summary>Implausible.</summary>
    public static readonly FindingCode Implausible = Warning("oxidation-implausible",
        "An oxidation number of the file is 0 beside others that are not, beyond 8, positive for O or F, or all have one sign; not used.");

    /// <summary>Label against radii.</summary>
    public static readonly FindingCode LabelAgainstRadii = Warning("oxidation-label-against-radii",
        "The bonds of a site are far shorter than ionic radii allow in the state that the file gives "
        + "it; the states of the file are not used.");

    /// <summary>Not neutral.</summary>
    public static readonly FindingCode NotNeutral =
        Warning("oxidation-not-neutral", "The oxidation states of the file do not add up to a neutral cell; not used.");

    /// <summary>Number and symbol disagree.</summary>
    public static readonly FindingCode Conflict =
        Warning("oxidation-conflict", "Oxidation number and charge of the type symbol disagree for a site; neither is used.");

    /// <summary>Disordered.</summary>
    public static readonly FindingCode Disordered =
        Note("oxidation-not-assigned-disordered", "Oxidation states are not assigned: atoms that cannot both be there share a position.");

    /// <summary>Incomplete.</summary>
    public static readonly FindingCode Incomplete = Note("oxidation-not-assigned-incomplete",
        "Oxidation states are not assigned: the atom list lacks atoms, or no sum formula confirms that it is complete.");

    /// <summary>Organic.</summary>
    public static readonly FindingCode Organic =
        Note("oxidation-not-assigned-organic",
            "Oxidation states are not assigned: a carbon atom is not bonded to three or more N, O, F or Cl and nothing else.");

    /// <summary>No anion.</summary>
    public static readonly FindingCode NoAnion =
        Note("oxidation-not-assigned-no-anion", "Oxidation states are not assigned: the structure has no anion or no cation.");

    /// <summary>Bond between like nonmetal atoms.</summary>
    public static readonly FindingCode LikeBond = Note("oxidation-not-assigned-like-bond",
        "Oxidation states are not assigned: atoms of one nonmetal are bonded otherwise than in pairs "
        + "(superoxide, azide, polysulfide, cluster, ...).");

    /// <summary>Hydrogen outside a hydrogen-donor bond.</summary>
    public static readonly FindingCode Hydride =
        Note("oxidation-not-assigned-hydride",
            "Oxidation states are not assigned: a hydrogen atom is bonded to no more electronegative atom.");

    /// <summary>No common state known.</summary>
    public static readonly FindingCode NoCommonState =
        Note("oxidation-not-assigned-no-common-state", "Oxidation states are not assigned: an element has no common state in its role.");

    /// <summary>No neutral combination.</summary>
    public static readonly FindingCode NoSolution =
        Note("oxidation-not-assigned-no-solution", "Oxidation states are not assigned: no combination of common states is neutral.");

    /// <summary>More than one neutral combination.</summary>
    public static readonly FindingCode SeveralSolutions =
        Note("oxidation-not-assigned-several-solutions",
            "Oxidation states are not assigned: several combinations of common states are neutral and none is far more frequent.");

    /// <summary>Mixed valence.</summary>
    public static readonly FindingCode MixedValence = Note("oxidation-mixed-valence",
        "The cell is neutral only if one element has two states; they are assigned only where ionic radii tell the sites apart.");

    /// <summary>Against radii.</summary>
    public static readonly FindingCode AgainstRadii = Note("oxidation-not-assigned-against-radii",
        "Oxidation states are not assigned: bonds are far longer or shorter than the ionic radii of the neutral combination allow.");

    /// <summary>Missing hydrogen counted.</summary>
    public static readonly FindingCode HydrogenCounted = Note("oxidation-hydrogen-counted",
        "Hydrogen atoms that have no position were counted as H+ in the charge balance, as the sum formula or the site names give them.");

    /// <summary>Missing hydrogen inferred.</summary>
    public static readonly FindingCode HydrogenInferred = Note("oxidation-hydrogen-inferred",
        "The states leave a negative cell, and no sum formula tells why: hydrogen must be missing from the atom list.");

    /// <summary>Against the density.</summary>
    public static readonly FindingCode AgainstDensity = Note("oxidation-not-assigned-against-density",
        "Oxidation states are not assigned: there is no sum formula, and by the density of the file the list lacks atoms or has others.");

    /// <summary>Too many combinations.</summary>
    public static readonly FindingCode TooManyCombinations =
        Note("oxidation-not-assigned-too-many", "Oxidation states are not assigned: more combinations than the limit.");

    /// <summary>Against a label.</summary>
    public static readonly FindingCode AgainstLabel = Note("oxidation-not-assigned-against-label",
        "Oxidation states are not assigned: the neutral combination contradicts a state that the file gives.");

    /// <summary>Given to nothing.</summary>
    public static readonly FindingCode GivenUnused = Warning("oxidation-given-unused",
        "The user gives a state to a site, an element or a data block that the structure does not have; the rest is used.");

    /// <summary>Given for some sites.</summary>
    public static readonly FindingCode GivenIncomplete = Warning("oxidation-given-incomplete",
        "The user gives states for some sites, and nothing tells those of the others; the structure has no states.");

    /// <summary>Given, not neutral.</summary>
    public static readonly FindingCode GivenNotNeutral = Warning("oxidation-given-not-neutral",
        "With the states that the user gives the cell is not neutral; they are used.");

    /// <summary>Every code of this part.</summary>
    public static IReadOnlyList<FindingCode> All { get; } =
    [
        AllZero, Partial, Fractional, Implausible, LabelAgainstRadii, NotNeutral, Conflict, Disordered, Incomplete, Organic, NoAnion,
        LikeBond, Hydride,
        NoCommonState, NoSolution, SeveralSolutions, MixedValence, AgainstRadii, AgainstDensity, HydrogenCounted, HydrogenInferred,
        TooManyCombinations, AgainstLabel, GivenUnused, GivenIncomplete, GivenNotNeutral,
    ];

    private static FindingCode Warning(string name, string meaning) => new(name, FindingSeverity.Warning, meaning);

    private static FindingCode Note(string name, string meaning) => new(name, FindingSeverity.Note, meaning);
}
