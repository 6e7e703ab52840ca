namespace CrystalHpc.Learning.Volumes;

/// <summary>What a convolution sees beyond the faces of a grid.</summary>
public enum VolumePadding
{
    /// <summary>The other side: the grid is a unit cell.</summary>
    Periodic,

    /// <summary>Zeros.</summary>
    Zero,
}
