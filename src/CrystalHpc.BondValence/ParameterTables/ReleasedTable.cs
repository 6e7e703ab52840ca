using CrystalHpc.Core.Findings;

namespace CrystalHpc.BondValence.ParameterTables;

/// <summary>The table of this project, <c>parameters/crystalhpc-1.csv</c>, compiled in: used where no other is named.</summary>
internal static class ReleasedTable
{
    private const string Name = "crystalhpc-1";

    /// <summary>Reads it.</summary>
    public static ParameterTable Read()
    {
        using Stream stream = typeof(ReleasedTable).Assembly.GetManifestResourceStream(Name)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return ParameterTableFile.Read(Name, bytes.ToArray(), new List<Finding>());
    }
}
