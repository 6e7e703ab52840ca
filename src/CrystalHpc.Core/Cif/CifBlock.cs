namespace CrystalHpc.Core.Cif;

/// <summary>One data block: tags with a value, and loops.</summary>
public sealed class CifBlock
{
    /// <summary>Name after <c>data_</c>, as written.</summary>
    public string Name => throw new NotImplementedException();

    /// <summary>Line of the <c>data_</c> header, from 1.</summary>
    public int Line => throw new NotImplementedException();

    /// <summary>The single value of a tag, or the only row of a loop that has exactly one row.</summary>
    /// <param name="tag">Data name with its leading underscore; letter case is ignored.</param>
    /// <param name="value">The value when found.</param>
    public bool TryGetValue(string tag, out CifValue value) => throw new NotImplementedException();

    /// <summary>All values of a tag: the column of its loop, or a column of one row for a single value. False when the tag is absent.</summary>
    /// <param name="tag">Data name with its leading underscore; letter case is ignored.</param>
    /// <param name="column">The column when found.</param>
    public bool TryGetColumn(string tag, out CifColumn column) => throw new NotImplementedException();

    /// <summary>Every tag of the block in file order, as written.</summary>
    public IEnumerable<string> Tags => throw new NotImplementedException();
}
