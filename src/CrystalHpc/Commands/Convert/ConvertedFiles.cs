using System.Globalization;
using System.IO.Compression;
using System.Text;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Commands;

/// <summary>
/// The output of a conversion: one file for all frames, or one for each when the name holds <c>{n}</c>. A file is written beside its place
/// and renamed when it is complete; without that nothing is left.
/// </summary>
internal sealed class ConvertedFiles(string pattern, StructureFormat format, FrameUnits? units, bool mayOverwrite) : IDisposable
{
    private const string Number = "{n}";

    private readonly bool _isOneForEach = pattern.Contains(Number, StringComparison.Ordinal);
    private OpenFile? _open;
    private int _written;

    /// <summary>Writes a frame; false, with a finding, when the format cannot hold it.</summary>
    /// <exception cref="UserException">A file is there already, or a second frame comes for a format of one.</exception>
    public bool Write(AtomFrame frame, int number, ICollection<Finding> findings)
    {
        if (_written > 0 && !_isOneForEach && StructureFile.HoldsOneFrame(format))
            throw UserException.Unusable(
                $"the input has several frames, and a file of this format holds one: put {Number} into the name of the output");
        _open ??= new OpenFile(PathOf(number), format, units, mayOverwrite);
        if (!_open.Writer.Write(frame, findings))
        {
            if (_isOneForEach)
                Discard();
            return false;
        }

        _written++;
        if (_isOneForEach)
            Complete();
        return true;
    }

    /// <summary>Puts the file in its place.</summary>
    public void Complete()
    {
        _open?.Complete();
        _open = null;
    }

    public void Dispose() => Discard();

    private void Discard()
    {
        _open?.Dispose();
        _open = null;
    }

    private string PathOf(int number)
        => Path.GetFullPath(pattern.Replace(Number, number.ToString("000000", CultureInfo.InvariantCulture), StringComparison.Ordinal));

    /// <summary>A file beside its place.</summary>
    private sealed class OpenFile : IDisposable
    {
        private readonly string _path;
        private readonly string _aside;
        private readonly bool _mayOverwrite;
        private readonly StreamWriter _text;
        private bool _isComplete;

        public OpenFile(string path, StructureFormat format, FrameUnits? units, bool mayOverwrite)
        {
            (_path, _aside, _mayOverwrite) = (path, $"{path}.{Environment.ProcessId}.tmp", mayOverwrite);
            RefuseExisting();
            Stream file = new FileStream(_aside, FileMode.Create, FileAccess.Write);
            if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
                file = new GZipStream(file, CompressionLevel.Optimal);
            _text = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16);
            Writer = StructureFile.CreateWriter(_text, format, units);
        }

        public IFrameWriter Writer { get; }

        public void Complete()
        {
            _text.Dispose();
            RefuseExisting();
            File.Move(_aside, _path, _mayOverwrite);
            _isComplete = true;
        }

        public void Dispose()
        {
            if (_isComplete)
                return;
            _text.Dispose();
            File.Delete(_aside);
        }

        private void RefuseExisting()
        {
            if (!_mayOverwrite && File.Exists(_path))
                throw UserException.Unusable($"{_path} is there already; --force overwrites it");
        }
    }
}
