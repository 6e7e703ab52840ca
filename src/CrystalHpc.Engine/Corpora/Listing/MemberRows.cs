using System.Globalization;
using System.Security.Cryptography;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Corpora;

/// <summary>
/// The rows of the CIF files of a source, one at a time. Where a device falters, the source is opened again and passed over up to the
/// member that was to be read. Of the members before, 8 bytes each are kept, for names that stand in an archive twice.
/// </summary>
/// <param name="source">The source.</param>
/// <param name="open">Opens it.</param>
/// <param name="maxFileBytes">Longer files are listed without a digest and not read.</param>
/// <param name="onFile">Called for each member; may be null; throws to give up.</param>
/// <param name="buffer">Receives the files, piece by piece.</param>
internal sealed class MemberRows(
    CorpusSource source, Func<ICorpusCursor> open, long maxFileBytes, Action? onFile, byte[] buffer) : IDisposable
{
    private readonly HashSet<ulong> _seen = [];
    private readonly Dictionary<ulong, int> _repeated = [];
    private readonly bool _isLoose = !CorpusSource.IsArchive(source.Path);
    private ICorpusCursor? _cursor;
    private long _done;

    /// <summary>Path of the last row; empty before the first.</summary>
    public string LastPath { get; private set; } = "";

    /// <summary>The next row; null at the end.</summary>
    /// <exception cref="IOException">The source cannot be opened or read further.</exception>
    /// <exception cref="InvalidDataException">The archive is damaged.</exception>
    public ManifestRow? Next()
    {
        ManifestRow? row = ReadAttempts.Of(() =>
        {
            try
            {
                return Find();
            }
            catch (IOException)
            {
                Dispose();
                throw;
            }
        });
        LastPath = row?.Path ?? LastPath;
        return row;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _cursor?.Dispose();
        _cursor = null;
    }

    private ManifestRow? Find()
    {
        if (_cursor is null)
        {
            _cursor = open();
            for (long i = 0; i < _done && _cursor.MoveNext(out _); i++)
            {
            }
        }

        while (_cursor.MoveNext(out CorpusMember member))
        {
            onFile?.Invoke();
            bool isSource = member.Name.Length == 0 || CorpusSource.IsSource(member.Name);
            ManifestRow? row = isSource ? Describe(source.PathOf(member), member) : null;
            _done++;
            if (row is not null)
                return row;
        }

        return null;
    }

    private ManifestRow Describe(string path, CorpusMember member)
    {
        ulong name = TextHash.Of(path);
        if (_seen.Contains(name))
        {
            int times = _repeated[name] = _repeated.GetValueOrDefault(name, 1) + 1;

            // No escaped name has a bar.
            string numbered = string.Create(CultureInfo.InvariantCulture, $"{path}|{times}");
            return new ManifestRow("its name stands in the archive twice", numbered, -1, "", 0);
        }

        ManifestRow row = source.ProblemOf(member) is { } problem
            ? new ManifestRow(problem.Message, path, problem.Code == FileFindings.Refused ? -1 : 0, "", 0)
            : Measure(path, member);
        _seen.Add(name);
        return row;
    }

    // A device that fails within an archive fails the archive, which is then opened anew.
    private ManifestRow Measure(string path, CorpusMember member)
    {
        if (member.Bytes > maxFileBytes)
            return new ManifestRow("", path, member.Bytes, "", 0);
        try
        {
            return _isLoose ? ReadAttempts.Of(() => Read(path)) : Read(path);
        }
        catch (Exception fault) when (FileContent.IsUnreadable(fault) && (_isLoose || fault is not IOException or EndOfStreamException))
        {
            return new ManifestRow("", path, 0, "", 0);
        }
    }

    private ManifestRow Read(string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long bytes = 0;
        using Stream stream = _cursor!.Open();
        if (stream.CanSeek && stream.Length > maxFileBytes)
            return new ManifestRow("", path, stream.Length, "", 0);
        for (int read; bytes <= maxFileBytes && (read = stream.Read(buffer)) > 0; bytes += read)
            hash.AppendData(buffer, 0, read);
        return new ManifestRow("", path, bytes, bytes > maxFileBytes ? "" : Convert.ToHexStringLower(hash.GetHashAndReset()), 0);
    }
}
