namespace CrystalHpc.Learning.Tensors;

/// <summary>Whose matrix products are used.</summary>
public enum LinearAlgebra
{
    /// <summary>Our own: the same bits on every processor.</summary>
    Managed,

    /// <summary>
    /// Those of OpenBLAS, Intel MKL or BLIS, found at run time: somewhat faster, the same bits only with the same library on the same kind
    /// of processor.
    /// </summary>
    Native,
}
