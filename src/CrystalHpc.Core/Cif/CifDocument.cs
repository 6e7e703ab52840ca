using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.Cif;

/// <summary>A CIF file as syntax: data blocks whose values are slices of the caller's bytes.</summary>
public sealed class CifDocument
{
    /// <summary>Reads a whole file. Never throws for any input; whatever is odd becomes a finding.</summary>
    /// <param name="bytes">The file. The document refers to it: it must stay alive and unchanged as long as the document is used.</param>
    /// <param name="findings">Receives the findings, in file order.</param>
    public static CifDocument Parse(ReadOnlyMemory<byte> bytes, ICollection<Finding> findings) => throw new NotImplementedException();

    /// <summary>The data blocks in file order.</summary>
    public IReadOnlyList<CifBlock> Blocks => throw new NotImplementedException();
}
