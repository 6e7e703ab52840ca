using CrystalHpc.Core.Findings;

namespace CrystalHpc.Generation.Data;

/// <summary>Why a structure has no voxels.</summary>
public static class VoxelFindings
{
    /// <summary>Not one structure but a mean of several.</summary>
    public static readonly FindingCode Disordered =
        Error("voxel-disordered", "A site is disordered or partly occupied: the structure stands for many, and has no voxels.");

    /// <summary>The grid spans a cube.</summary>
    public static readonly FindingCode NotCubic = Error("voxel-not-cubic", "A structure is not cubic, not even in its standard cell.");

    /// <summary>Beyond what the grid resolves.</summary>
    public static readonly FindingCode TooLarge = Error("voxel-too-large", "A cubic cell holds more than 40 atoms.");

    /// <summary>Atoms on one another.</summary>
    public static readonly FindingCode Overlap = Error("voxel-overlap", "Two atoms are closer than 0.5 A.");

    /// <summary>No structure.</summary>
    public static readonly FindingCode Unreadable = Error(
        "voxel-unreadable", "No structure can be made of a row or a file: its cell or its sites "
        + "are missing, flat or no numbers, or a rule rejects it.");

    /// <summary>All codes of this part.</summary>
    public static IReadOnlyList<FindingCode> All { get; } = [Disordered, NotCubic, TooLarge, Overlap, Unreadable];

    private static FindingCode Error(string name, string meaning) => new(name, FindingSeverity.Error, meaning);
}
