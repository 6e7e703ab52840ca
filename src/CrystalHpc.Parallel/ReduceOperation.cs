namespace CrystalHpc.Parallel;

/// <summary>How a reduction combines two values. Logical operations take zero as false and give 0 or 1.</summary>
public enum ReduceOperation
{
    /// <summary>x + y; whole numbers wrap around.</summary>
    Sum,

    /// <summary>x * y; whole numbers wrap around.</summary>
    Product,

    /// <summary>The smaller one; with NaN among the values the result is not defined.</summary>
    Min,

    /// <summary>The larger one; with NaN among the values the result is not defined.</summary>
    Max,

    /// <summary>1 if both are not zero, else 0.</summary>
    LogicalAnd,

    /// <summary>0 if both are zero, else 1.</summary>
    LogicalOr,

    /// <summary>1 if just one is zero, else 0.</summary>
    LogicalXor,

    /// <summary>Bits set in both.</summary>
    BitwiseAnd,

    /// <summary>Bits set in either.</summary>
    BitwiseOr,

    /// <summary>Bits set in just one.</summary>
    BitwiseXor,
}
