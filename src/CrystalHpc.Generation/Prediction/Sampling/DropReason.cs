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

    /// <summary>It has no symmetry that can be written.</summary>
    NoSymmetry,

    /// <summary>The formula is of another type than asked for.</summary>
    OtherType,

    /// <summary>It holds an element that is excluded, or one that was not asked for.</summary>
    Elements,

    /// <summary>It is the same as a candidate before it.</summary>
    Duplicate,
}
