namespace CrystalHpc.Potentials.Training;

/// <summary>
/// Derivatives of the inputs of all atoms of a sample, packed: for each atom and each <em>target</em> that moves its inputs, three rows of
/// single-precision numbers.
/// Targets are atoms (rows x, y, z) and, where stress is trained, two more: the strains xx, yy, zz and yz, xz, xy.
/// </summary>
/// <param name="Starts">Where the entries of each atom begin, and behind the last where they end.</param>
/// <param name="Targets">Target of each entry: an atom, or the number of atoms plus 0 or 1 for the strains.</param>
/// <param name="ValueStarts">Where the numbers of each atom begin.</param>
/// <param name="Values">The numbers, rows of <see cref="StrideOf"/>.</param>
internal sealed record SampleDerivatives(int[] Starts, int[] Targets, int[] ValueStarts, float[] Values)
{
    /// <summary>Bytes that it takes.</summary>
    public long Bytes => 4L * (Starts.Length + Targets.Length + ValueStarts.Length + Values.Length);

    /// <summary>Numbers of a row: whole vectors, the rest zeros.</summary>
    public static int StrideOf(int functions) => (functions + 7) / 8 * 8;

    /// <summary>The three rows of an entry, one after another.</summary>
    public ReadOnlySpan<float> Rows(int atom, int entry, int stride) =>
        Values.AsSpan(ValueStarts[atom] + 3 * (entry - Starts[atom]) * stride, 3 * stride);

    /// <summary>A row of an entry.</summary>
    public ReadOnlySpan<float> Row(int atom, int entry, int axis, int stride) =>
        Values.AsSpan(ValueStarts[atom] + (3 * (entry - Starts[atom]) + axis) * stride, stride);
}
