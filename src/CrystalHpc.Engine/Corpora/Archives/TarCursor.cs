using CrystalHpc.Core.Findings;

namespace CrystalHpc.Engine.Corpora;

/// <summary>
/// Members of a tar archive, packed or not. System.Formats.Tar ends at the first sparse member, gives names as text only, and does not read
/// what follows the last member, where the checksum of a packed stream stands. Archives joined end to end are read as one.
/// </summary>
internal sealed class TarCursor : ICorpusCursor
{
    private readonly Stream _stream;
    private readonly ExpansionLimit _limit;
    private readonly long _length;
    private readonly byte[] _block = new byte[TarHeader.BlockBytes];
    private readonly byte[] _skipped = new byte[1 << 16];
    private CorpusMember _current;
    private long _position;
    private long _dataEnd;
    private long _next;
    private bool _isEnded;

    public TarCursor(string path, CorpusLimits limits)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
        _limit = ExpansionLimit.Of(file, limits.MaxExpansionRatio);
        _stream = Packing.Open(path, file, _limit);
        _length = _stream.CanSeek ? _stream.Length : long.MaxValue;
    }

    /// <inheritdoc/>
    public bool MoveNext(out CorpusMember member)
    {
        var extension = new TarExtension();
        while (ReadBlock())
        {
            if (!_block.AsSpan().ContainsAnyExcept((byte)0))
            {
                (_isEnded, _next) = (true, _position);
                continue;
            }

            TarHeader header = TarHeader.Parse(_block);
            _isEnded = false;
            long bytes = TarExtension.IsExtension(header.Type) ? header.Bytes : extension.Bytes ?? header.Bytes;
            for (bool more = header.IsExtended; more; more = _block[TarHeader.SparseMapContinues] != 0)
            {
                _next = _position;
                if (!ReadBlock())
                    throw CutShort();
            }

            _dataEnd = Add(_position, bytes);
            _next = Add(_dataEnd, TarHeader.BlockBytes - 1) / TarHeader.BlockBytes * TarHeader.BlockBytes;
            if (TarExtension.IsExtension(header.Type))
            {
                extension.Take(header, Open(""));
                continue;
            }

            if (IsMember(header))
            {
                member = _current = Describe(header, extension, bytes);
                return true;
            }

            extension = new TarExtension();
        }

        if (!_isEnded)
            throw CutShort();
        member = default;
        return false;
    }

    /// <inheritdoc/>
    public Stream Open() => Open(_current.Name);

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private static bool IsMember(TarHeader header) => header.Type switch
    {
        // Folders, a volume's label, lists of folders, and records about all members.
        '5' or 'V' or 'D' or 'g' => false,
        '0' or '\0' => header.Name is not [.., (byte)'/'],
        _ => true,
    };

    private static CorpusMember Describe(TarHeader header, TarExtension extension, long bytes)
    {
        Finding? problem = header.Type switch
        {
            '1' or '2' => new Finding(
                FileFindings.Skipped,
                $"a link to {EscapedName.Of(extension.LinkName ?? header.LinkName)}, which is read where it stands itself"),
            '3' or '4' or '6' => new Finding(FileFindings.Unreadable, "a device or a named pipe, not a file"),
            'S' => Sparse(),
            'M' => new Finding(FileFindings.Unreadable, "the rest of a file that begins in another volume"),
            _ => extension.IsSparse ? Sparse() : null,
        };
        return new CorpusMember(EscapedName.Of(extension.Name ?? header.Name), bytes, problem);
    }

    private static Finding Sparse() => new(FileFindings.Unreadable, "a sparse file, stored without its zeros: pack it without --sparse");

    private static EndOfStreamException CutShort() => new("it ends before its end mark");

    private static long Add(long position, long bytes) =>
        bytes <= long.MaxValue - position ? position + bytes : throw new InvalidDataException("a header has an impossible length");

    private Stream Open(string name) => Packing.Open(name, new Data(this), _limit);

    // Moves to the next header and reads it; false at the end of the file.
    private bool ReadBlock()
    {
        if (_stream.CanSeek)
        {
            if (_next > _length)
                throw CutShort();
            if (_next != _position)
                _stream.Position = _position = _next;
        }

        while (_position < _next)
        {
            if (Read(_skipped.AsSpan(0, (int)Math.Min(_skipped.Length, _next - _position))) == 0)
                throw CutShort();
        }

        int read = 0;
        for (int more; read < _block.Length && (more = Read(_block.AsSpan(read))) > 0; read += more)
        {
        }

        return read == _block.Length || (read == 0 ? false : throw CutShort());
    }

    private int Read(Span<byte> buffer)
    {
        int read = _stream.Read(buffer);
        _position += read;
        return read;
    }

    private sealed class Data(TarCursor tar) : ReadOnlyStream
    {
        private readonly long _end = tar._dataEnd;

        public override int Read(Span<byte> buffer)
        {
            if (tar._dataEnd != _end)
                throw new InvalidOperationException("the archive has moved on");
            int wanted = (int)Math.Min(buffer.Length, _end - tar._position);
            int read = wanted <= 0 ? 0 : tar.Read(buffer[..wanted]);
            return read > 0 || wanted <= 0 ? read : throw CutShort();
        }
    }
}
