using CsvHelper;

namespace CrystalHpc.Storage;

/// <summary>Writes one table row by row; the file appears under its name only when <see cref="Commit"/> says that it is complete.</summary>
internal sealed class TableWriter<TRow> : IDisposable
{
    private readonly string _path;
    private readonly string _aside;
    private readonly FileStream _stream;
    private readonly CsvWriter _writer;
    private bool _isCommitted;

    /// <summary>Starts a table and writes its header.</summary>
    public TableWriter(string path)
    {
        _path = path;
        _aside = path + ".tmp";
        _stream = new FileStream(_aside, FileMode.Create, FileAccess.Write, FileShare.None, 1);
        _writer = CsvWriter.Create(_stream, Csv.Format, leaveOpen: true);
        _writer.WriteHeader<TRow>();
    }

    /// <summary>Adds a row.</summary>
    public void Append(TRow row) => _writer.WriteRecord(row);

    /// <summary>Brings the table to the disk and gives it its name.</summary>
    public void Commit()
    {
        _writer.Dispose();
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        File.Move(_aside, _path, overwrite: true);
        _isCommitted = true;
    }

    /// <summary>Removes a table that was not committed.</summary>
    public void Dispose()
    {
        if (_isCommitted)
            return;
        _writer.Dispose();
        _stream.Dispose();
        File.Delete(_aside);
    }
}
