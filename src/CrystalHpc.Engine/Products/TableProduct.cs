using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Tables;
using CsvHelper;

namespace CrystalHpc.Engine.Products;

/// <summary>A product that is one CSV table of rows that follow from a structure; its tables are joined end to end.</summary>
/// <typeparam name="TRow">The row.</typeparam>
public abstract class TableProduct<TRow> : IShardProduct
{
    /// <inheritdoc/>
    public abstract string Format { get; }

    /// <summary>Name of the table, such as <c>equations.csv</c>.</summary>
    public abstract string Table { get; }

    /// <inheritdoc/>
    public virtual IReadOnlyList<Section> Sections => [];

    /// <inheritdoc/>
    public virtual ShellCenters Centers => ShellCenters.None;

    /// <inheritdoc/>
    public virtual IReadOnlyList<string> Counted => [];

    /// <inheritdoc/>
    public virtual StructureOutcome Derive(StructureOutcome outcome) => outcome;

    /// <inheritdoc/>
    public IShardWriter Start(ITableFolder folder) => new Writer(this, folder.Create(Table));

    /// <inheritdoc/>
    public virtual void Merge(ShardMerge merge) => merge.Join(Table);

    /// <summary>The rows of a structure.</summary>
    protected abstract IEnumerable<TRow> Rows(ManifestRow file, StructureOutcome outcome);

    /// <summary>Adds to what is counted; the array has the length of <see cref="Counted"/>.</summary>
    protected virtual void Count(StructureOutcome outcome, long[] counts)
    {
    }

    private sealed class Writer : IShardWriter
    {
        private readonly TableProduct<TRow> _product;
        private readonly CsvWriter _table;
        private readonly long[] _counts;

        public Writer(TableProduct<TRow> product, Stream stream)
        {
            (_product, _counts) = (product, new long[product.Counted.Count]);
            _table = CsvWriter.Create(stream, Csv.Format);
            _table.WriteHeader<TRow>();
        }

        public IReadOnlyList<long> Counts => _counts;

        public void Append(ManifestRow file, StructureOutcome outcome)
        {
            foreach (TRow row in _product.Rows(file, outcome))
                _table.WriteRecord(row);
            _product.Count(outcome, _counts);
        }

        public void Complete() => Dispose();

        public void Dispose() => _table.Dispose();
    }
}
