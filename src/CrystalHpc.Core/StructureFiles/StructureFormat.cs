namespace CrystalHpc.Core.StructureFiles;

/// <summary>Formats of structure files.</summary>
public enum StructureFormat
{
    /// <summary>Extended XYZ, as ASE, QUIP and GPUMD write it.</summary>
    ExtendedXyz,

    /// <summary>Plain XYZ: symbols, positions, and a comment in free words.</summary>
    Xyz,

    /// <summary>XSF as aenet means it.</summary>
    Xsf,

    /// <summary><c>input.data</c> of n2p2 and RuNNer.</summary>
    N2p2,

    /// <summary>POSCAR and CONTCAR of VASP.</summary>
    Poscar,

    /// <summary>Crystallographic Information File.</summary>
    Cif,
}
