using CrystalHpc.Core.Validation;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Products;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Lattices.Data;

/// <summary>The structures of CIF files as rows of a table, see <see cref="LooseStructures"/>.</summary>
public static class CrystalFiles
{
    /// <summary>What a lattice is learned from.</summary>
    public static ValidationOptions Validation => LooseStructures.Validation;

    /// <summary>True for a folder, or an archive or CIF file by its name.</summary>
    public static bool Are(string path) => LooseStructures.Are(path);

    /// <summary>A row for each structure, as in <c>structures.csv</c>, in the order of a corpus.</summary>
    /// <param name="path">A file, a folder or an archive.</param>
    /// <param name="defaults">The configuration without any file.</param>
    public static IEnumerable<StructureRow> Read(string path, RunConfiguration defaults) =>
        LooseStructures.Read(path, defaults, Validation).Select(entry => StructureProduct.RowOf(entry.Path, entry.Outcome));
}
