using CrystalHpc.Core.Findings;

namespace CrystalHpc.Potentials.Data;

/// <summary>What is odd about labelled structures, and why some are not used.</summary>
public static class PotentialFindings
{
    /// <summary>Nothing to fit to.</summary>
    public static readonly FindingCode NoEnergy = Error("label-no-energy", "A structure has no energy under the name that was asked for.");

    /// <summary>Another unit of energy, or another quantity.</summary>
    public static readonly FindingCode EnergyPerAtom = Error("label-energy-per-atom",
        "An energy looks like that of one atom where others are those of all atoms of their structure, "
        + "and none of the same composition is as far off.");

    /// <summary>Cannot be computed.</summary>
    public static readonly FindingCode Structure = Error("label-structure",
        "A structure holds an element that the model does not know, or its cell is too flat.");

    /// <summary>Far from all others.</summary>
    public static readonly FindingCode EnergyOutlier = Warning("label-energy-outlier",
        "The energy an atom lies far from those of all other structures: more than 20 times their spread, and more than 1 eV.");

    /// <summary>A large force.</summary>
    public static readonly FindingCode ForceOutlier = Warning("label-force-outlier",
        "A force is larger than 50 eV/A: atoms are very close, or the unit is another one.");

    /// <summary>Forces without balance.</summary>
    public static readonly FindingCode NetForce = Warning("label-net-force",
        "Forces do not sum to zero: the mean force of all atoms is larger than 0.01 eV/A.");

    /// <summary>Twice the same.</summary>
    public static readonly FindingCode Duplicate = Warning("label-duplicate",
        "A structure has the same cell and the same positions, to 0.0001 A, as one before it.");

    /// <summary>Twice the same, with different energies.</summary>
    public static readonly FindingCode Contradiction = Warning("label-contradiction",
        "A structure is the same as one before it, and the energies differ by more than 1 meV an atom.");

    /// <summary>All codes of this part.</summary>
    public static IReadOnlyList<FindingCode> All { get; } =
        [NoEnergy, EnergyPerAtom, Structure, EnergyOutlier, ForceOutlier, NetForce, Duplicate, Contradiction];

    private static FindingCode Error(string name, string meaning) => new(name, FindingSeverity.Error, meaning);

    private static FindingCode Warning(string name, string meaning) => new(name, FindingSeverity.Warning, meaning);
}
