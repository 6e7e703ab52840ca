using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.Validation;

/// <summary>The reasons for which a structure is rejected, in the order in which a verdict lists them.</summary>
public static class ValidationFindings
{
    /// <summary>Nothing to judge.</summary>
    public static readonly FindingCode NoStructure = Reason("reject-unreadable", "The file yields no structure; the errors say why.");

    /// <summary>First filter of the study.</summary>
    public static readonly FindingCode NoOxygenOrHalogen =
        Reason("reject-no-oxygen-or-halogen", "No O, F, Cl, Br or I stands beside a cation.");

    /// <summary>Second filter of the study.</summary>
    public static readonly FindingCode NoOxidationStates = Reason("reject-no-oxidation-states", "The oxidation states are not known.");

    /// <summary>Disorder.</summary>
    public static readonly FindingCode Disordered =
        Reason("reject-disordered", "A site is partly occupied, in a disorder group, or shares its position with another.");

    /// <summary>Content is not the formula's.</summary>
    public static readonly FindingCode FormulaDiffers =
        Reason("reject-formula-differs", "The atoms of the cell are not those of the sum formula, or a listed atom has no coordinates.");

    /// <summary>Hydrogen missing.</summary>
    public static readonly FindingCode HydrogenMissing =
        Reason("reject-hydrogen-missing", "Hydrogen atoms of the sum formula are not in the atom list.");

    /// <summary>No formula.</summary>
    public static readonly FindingCode NoFormula = Reason("reject-no-formula", "The file gives no readable sum formula.");

    /// <summary>Atoms too close.</summary>
    public static readonly FindingCode AtomsTooClose =
        Reason("reject-atoms-too-close", "Two atoms lie closer than any bond of their elements.");

    /// <summary>Computed.</summary>
    public static readonly FindingCode Theoretical = Reason("reject-theoretical", "The structure was computed, not measured.");

    /// <summary>Erroneous entry.</summary>
    public static readonly FindingCode DatabaseError = Reason("reject-database-error",
        "The database marks the entry as erroneous or retracted.");

    /// <summary>Entry with warnings.</summary>
    public static readonly FindingCode DatabaseWarning = Reason("reject-database-warning", "The database marks the entry with warnings.");

    /// <summary>Duplicate.</summary>
    public static readonly FindingCode Duplicate = Reason("reject-duplicate", "The database marks the entry as a duplicate of another.");

    /// <summary>Suboptimal.</summary>
    public static readonly FindingCode Suboptimal = Reason("reject-suboptimal",
        "The database names a better determination of the same structure.");

    /// <summary>On hold.</summary>
    public static readonly FindingCode OnHold = Reason("reject-on-hold", "The entry is not published yet.");

    /// <summary>Temperature.</summary>
    public static readonly FindingCode Temperature = Reason("reject-temperature",
        "The structure was measured outside the range of temperatures.");

    /// <summary>Pressure.</summary>
    public static readonly FindingCode Pressure = Reason("reject-pressure", "The structure was measured at high pressure.");

    /// <summary>R factor.</summary>
    public static readonly FindingCode RFactor = Reason("reject-r-factor", "The residual factor is above the limit.");

    /// <summary>Year.</summary>
    public static readonly FindingCode Year = Reason("reject-year", "The structure was published before the oldest year allowed.");

    /// <summary>Unreadable value.</summary>
    public static readonly FindingCode UnreadableValue =
        Reason("reject-unreadable-value",
            "A value of the entry or its experiment is there but cannot be read, so that no rule can judge it.");

    /// <summary>Bonds too short.</summary>
    public static readonly FindingCode BondsTooShort =
        Reason("reject-bonds-too-short", "The bonds of a cation to O and F are far too short for its ionic radius in its oxidation state.");

    /// <summary>No bonds.</summary>
    public static readonly FindingCode NoBonds =
        Reason("reject-no-bonds", "A cation has no anion within 4.5 Å: atoms or symmetry are missing.");

    /// <summary>Vacuum.</summary>
    public static readonly FindingCode Vacuum =
        Reason("reject-vacuum", "A layer of the cell is empty, wider than any in a crystal: a slab, a wire or a molecule in vacuum.");

    /// <summary>Size.</summary>
    public static readonly FindingCode TooLarge = Reason("reject-too-large", "The structure has more sites or atoms than the limit.");

    /// <summary>Every code of this part, in the order of a verdict.</summary>
    public static IReadOnlyList<FindingCode> All { get; } =
    [
        NoStructure, TooLarge, NoOxygenOrHalogen, NoOxidationStates, Disordered, FormulaDiffers, HydrogenMissing, NoFormula, AtomsTooClose,
        BondsTooShort, NoBonds, Vacuum, Theoretical, DatabaseError, DatabaseWarning, Duplicate, Suboptimal, OnHold, Temperature, Pressure,
        RFactor, Year, UnreadableValue,
    ];

    private static FindingCode Reason(string name, string meaning) => new(name, FindingSeverity.Note, meaning);
}
