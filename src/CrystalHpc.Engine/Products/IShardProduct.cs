using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Products;

/// <summary>
/// A kind of table that extraction makes of every shard and that merging puts together: structures, findings, neighbors, equations. One
/// instance for each rank.
/// </summary>
public interface IShardProduct
{
    /// <summary>
    /// Name and version of what the tables hold, such as <c>equations/1</c>. The version goes up when the same file and configuration give
    /// other rows or columns: shards of another format are made anew.
    /// </summary>
    string Format { get; }

    /// <summary>
    /// Sections of the configuration that the tables depend on, beside those of the way to structures (see
    /// <see cref="StructurePipeline"/>).
    /// </summary>
    IReadOnlyList<Section> Sections { get; }

    /// <summary>The atoms that need neighbors.</summary>
    ShellCenters Centers { get; }

    /// <summary>Names of what <see cref="IShardWriter.Counts"/> counts, in order.</summary>
    IReadOnlyList<string> Counted { get; }

    /// <summary>Adds to an accepted structure what this product knows of it, before any table is written.</summary>
    StructureOutcome Derive(StructureOutcome outcome);

    /// <summary>Starts the tables of a shard.</summary>
    IShardWriter Start(ITableFolder folder);

    /// <summary>Puts the tables of all shards together. A collective call.</summary>
    void Merge(ShardMerge merge);
}

/// <summary>The tables of one product in one shard while they are being written.</summary>
public interface IShardWriter : IDisposable
{
    /// <summary>What has been counted so far, in the order of <see cref="IShardProduct.Counted"/>.</summary>
    IReadOnlyList<long> Counts { get; }

    /// <summary>Adds the rows of one structure.</summary>
    void Append(ManifestRow file, StructureOutcome outcome);

    /// <summary>All structures have been added: writes what is left and closes the tables.</summary>
    void Complete();
}

/// <summary>Which atoms of a structure get a shell of neighbors; the largest wish of all products is fulfilled.</summary>
public enum ShellCenters
{
    /// <summary>None.</summary>
    None,

    /// <summary>One atom of each cation site.</summary>
    CationSites,

    /// <summary>Those that the section 'neighbors' asks for: one atom of each site, or every atom of the cell.</summary>
    Configured,
}
