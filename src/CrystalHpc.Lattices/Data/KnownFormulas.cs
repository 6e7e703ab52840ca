using CrystalHpc.Learning.Formulas;

namespace CrystalHpc.Lattices.Data;

/// <summary>Distinct formulas and the space groups that they were found in: what a model was trained on and looks up.</summary>
public sealed class KnownFormulas
{
    private readonly int[] _starts;
    private readonly byte[] _groups;
    private readonly ushort[] _counts;

    /// <summary>Takes formulas and the counts of their groups.</summary>
    /// <param name="compositions">The formulas.</param>
    /// <param name="starts">For each formula where its groups begin, and the end of all.</param>
    /// <param name="groups">Groups, counted from 0.</param>
    /// <param name="counts">Rows of the table in each of these groups, at least 1.</param>
    public KnownFormulas(IReadOnlyList<Composition> compositions, int[] starts, byte[] groups, ushort[] counts)
    {
        ArgumentNullException.ThrowIfNull(compositions);
        ArgumentNullException.ThrowIfNull(starts);
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(counts);
        (Compositions, _starts, _groups, _counts) = (compositions, starts, groups, counts);
        Shares = new float[groups.Length];
        Prior = new float[LatticeClasses.Groups];
        Rows = new int[compositions.Count];
        for (int formula = 0; formula < compositions.Count; formula++)
        {
            for (int k = starts[formula]; k < starts[formula + 1]; k++)
                Rows[formula] += counts[k];
            for (int k = starts[formula]; k < starts[formula + 1]; k++)
            {
                Shares[k] = (float)counts[k] / Rows[formula];
                Prior[groups[k]] += counts[k];
            }
        }

        // Half a row more for each group: none is impossible.
        float total = Prior.Sum() + 0.5f * Prior.Length;
        for (int group = 0; group < Prior.Length; group++)
            Prior[group] = (Prior[group] + 0.5f) / total;
    }

    /// <summary>The formulas.</summary>
    public IReadOnlyList<Composition> Compositions { get; }

    /// <summary>Rows of the table for each formula.</summary>
    public int[] Rows { get; }

    /// <summary>Share of each group in all rows.</summary>
    public float[] Prior { get; }

    /// <summary>For each formula where its groups begin, and the end of all.</summary>
    public ReadOnlySpan<int> Starts => _starts;

    /// <summary>The groups of all formulas, counted from 0.</summary>
    public ReadOnlySpan<byte> Groups => _groups;

    /// <summary>How often each was found.</summary>
    public ReadOnlySpan<ushort> Counts => _counts;

    /// <summary>The share of each among the rows of its formula.</summary>
    public float[] Shares { get; }

    /// <summary>The groups of a formula.</summary>
    public ReadOnlySpan<byte> GroupsOf(int formula) => _groups.AsSpan(_starts[formula].._starts[formula + 1]);

    /// <summary>Their shares.</summary>
    public ReadOnlySpan<float> SharesOf(int formula) => Shares.AsSpan(_starts[formula].._starts[formula + 1]);

    /// <summary>How often each was found.</summary>
    public ReadOnlySpan<ushort> CountsOf(int formula) => _counts.AsSpan(_starts[formula].._starts[formula + 1]);
}
