namespace CrystalHpc.Generation.Prediction.Sampling;

/// <summary>Why a draw became no candidate, in the order in which draws are examined.</summary>
public enum DropReason
{
    /// <summary>It became one.</summary>
    Kept,

    /// <summary>The voxels show no crystal.</summary>
    NoCell,

    /// <summary>Two atoms are closer than 0.5 A.</summary>
    AtomsTooClose,

    /// <summary>The formula is of another type than asked for.</summary>
    OtherType,

    /// <summary>It holds an element that is excluded, or one that was not asked for.</summary>
    Elements,

    /// <summary>Two atoms are closer than 0.6 of the sum of their covalent radii.</summary>
    BondTooShort,

    /// <summary>It is the same as a candidate before it.</summary>
    Duplicate,

    /// <summary>It has no symmetry that can be written.</summary>
    NoSymmetry,
}

/// <summary>Reasons for people.</summary>
public static class DropReasons
{
    /// <summary>A reason as a part of a sentence.</summary>
    public static string TextOf(DropReason reason) => reason switch
    {
        DropReason.Kept => "crystals that are wanted and differ",
        DropReason.NoCell => "the voxels show no crystal",
        DropReason.AtomsTooClose => "two atoms closer than 0.5 A",
        DropReason.BondTooShort => "two atoms closer than 0.6 of the sum of their covalent radii",
        DropReason.NoSymmetry => "no symmetry that makes up the cell",
        DropReason.OtherType => "a formula of another type",
        DropReason.Elements => "elements that are not wanted",
        _ => "the same as a candidate before",
    };
}
