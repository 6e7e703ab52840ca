using System.Numerics;
using System.Runtime.InteropServices;

namespace CrystalHpc.Parallel.Managed;

/// <summary>The reduction operations of MPI in managed code, element by element.</summary>
internal static class Reduction
{
    /// <summary>accumulator[i] = accumulator[i] (operation) values[i], for as many elements as there are values.</summary>
    public static void Combine<T>(ReduceOperation operation, Span<T> accumulator, ReadOnlySpan<T> values) where T : unmanaged
    {
        if (typeof(T) == typeof(long))
            Whole(operation, MemoryMarshal.Cast<T, long>(accumulator), MemoryMarshal.Cast<T, long>(values));
        else if (typeof(T) == typeof(double))
            Number(operation, MemoryMarshal.Cast<T, double>(accumulator), MemoryMarshal.Cast<T, double>(values));
        else if (typeof(T) == typeof(int))
            Whole(operation, MemoryMarshal.Cast<T, int>(accumulator), MemoryMarshal.Cast<T, int>(values));
        else if (typeof(T) == typeof(byte))
            Whole(operation, MemoryMarshal.Cast<T, byte>(accumulator), MemoryMarshal.Cast<T, byte>(values));
        else if (typeof(T) == typeof(float))
            Number(operation, MemoryMarshal.Cast<T, float>(accumulator), MemoryMarshal.Cast<T, float>(values));
        else
            Whole(operation, MemoryMarshal.Cast<T, ulong>(accumulator), MemoryMarshal.Cast<T, ulong>(values));
    }

    private static void Whole<T>(ReduceOperation operation, Span<T> accumulator, ReadOnlySpan<T> values) where T : IBinaryInteger<T>
    {
        switch (operation)
        {
            case ReduceOperation.LogicalAnd: Apply<T, LogicalAnd<T>>(accumulator, values); break;
            case ReduceOperation.LogicalOr: Apply<T, LogicalOr<T>>(accumulator, values); break;
            case ReduceOperation.LogicalXor: Apply<T, LogicalXor<T>>(accumulator, values); break;
            case ReduceOperation.BitwiseAnd: Apply<T, BitwiseAnd<T>>(accumulator, values); break;
            case ReduceOperation.BitwiseOr: Apply<T, BitwiseOr<T>>(accumulator, values); break;
            case ReduceOperation.BitwiseXor: Apply<T, BitwiseXor<T>>(accumulator, values); break;
            default: Number(operation, accumulator, values); break;
        }
    }

    private static void Number<T>(ReduceOperation operation, Span<T> accumulator, ReadOnlySpan<T> values) where T : INumber<T>
    {
        switch (operation)
        {
            case ReduceOperation.Sum: Apply<T, Sum<T>>(accumulator, values); break;
            case ReduceOperation.Product: Apply<T, Product<T>>(accumulator, values); break;
            case ReduceOperation.Min: Apply<T, Min<T>>(accumulator, values); break;
            case ReduceOperation.Max: Apply<T, Max<T>>(accumulator, values); break;
            default: throw new ArgumentOutOfRangeException(nameof(operation), operation, "no such reduction of numbers");
        }
    }

    private static void Apply<T, TOperator>(Span<T> accumulator, ReadOnlySpan<T> values) where TOperator : struct, IOperator<T>
    {
        accumulator = accumulator[..values.Length];
        for (int i = 0; i < accumulator.Length; i++)
            accumulator[i] = TOperator.Of(accumulator[i], values[i]);
    }

    private interface IOperator<T>
    {
        static abstract T Of(T x, T y);
    }

    private readonly struct Sum<T> : IOperator<T> where T : INumber<T>
    {
        public static T Of(T x, T y) => unchecked(x + y);
    }

    private readonly struct Product<T> : IOperator<T> where T : INumber<T>
    {
        public static T Of(T x, T y) => unchecked(x * y);
    }

    private readonly struct Min<T> : IOperator<T> where T : INumber<T>
    {
        public static T Of(T x, T y) => y < x ? y : x;
    }

    private readonly struct Max<T> : IOperator<T> where T : INumber<T>
    {
        public static T Of(T x, T y) => y > x ? y : x;
    }

    private readonly struct LogicalAnd<T> : IOperator<T> where T : IBinaryInteger<T>
    {
        public static T Of(T x, T y) => !T.IsZero(x) && !T.IsZero(y) ? T.One : T.Zero;
    }

    private readonly struct LogicalOr<T> : IOperator<T> where T : IBinaryInteger<T>
    {
        public static T Of(T x, T y) => !T.IsZero(x) || !T.IsZero(y) ? T.One : T.Zero;
    }

    private readonly struct LogicalXor<T> : IOperator<T> where T : IBinaryInteger<T>
    {
        public static T Of(T x, T y) => T.IsZero(x) != T.IsZero(y) ? T.One : T.Zero;
    }

    private readonly struct BitwiseAnd<T> : IOperator<T> where T : IBinaryInteger<T>
    {
        public static T Of(T x, T y) => x & y;
    }

    private readonly struct BitwiseOr<T> : IOperator<T> where T : IBinaryInteger<T>
    {
        public static T Of(T x, T y) => x | y;
    }

    private readonly struct BitwiseXor<T> : IOperator<T> where T : IBinaryInteger<T>
    {
        public static T Of(T x, T y) => x ^ y;
    }
}
