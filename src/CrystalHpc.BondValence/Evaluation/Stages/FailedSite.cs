using CrystalHpc.Engine.Tables;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>
/// A site whose rounded sum is wrong, as a row of <c>failures.csv</c>: the worst come first, then those that come first in the manifest.
/// </summary>
/// <param name="Misfit">Magnitude of the deviation, v.u.</param>
/// <param name="Block">Its block of equations.</param>
/// <param name="Index">Its place there.</param>
/// <param name="Row">The row as it stands in the table.</param>
internal sealed record FailedSite(double Misfit, int Block, int Index, byte[] Row) : IComparable<FailedSite>
{
    /// <summary>A failure.</summary>
    public static FailedSite Of(SiteOfTables site, IEnumerable<object?> fields)
    {
        using var row = new MemoryStream();
        WideTable.Write(row, [fields]);
        return new FailedSite(Math.Abs(site.LeadingDeviation), site.Block, site.Index, row.ToArray());
    }

    /// <summary>As it travels.</summary>
    public static void Write(BinaryWriter writer, FailedSite site)
    {
        writer.Write(site.Misfit);
        writer.Write(site.Block);
        writer.Write(site.Index);
        writer.Write(site.Row.Length);
        writer.Write(site.Row);
    }

    /// <summary>As it arrives.</summary>
    public static FailedSite Read(BinaryReader reader) =>
        new(reader.ReadDouble(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadBytes(reader.ReadInt32()));

    /// <inheritdoc/>
    public int CompareTo(FailedSite? other) => other is null ? 1
        : Misfit != other.Misfit ? other.Misfit.CompareTo(Misfit)
        : Block != other.Block ? Block.CompareTo(other.Block)
        : Index.CompareTo(other.Index);
}
