using System.Text;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.StructureFiles;

/// <summary>
/// Reads and writes structure files of all formats. Frames are read one at a time, but for CIF files, which are read whole.
/// </summary>
public static class StructureFile
{
    private const int LargestCifBytes = 1 << 30;

    private static readonly Dictionary<string, StructureFormat> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["extxyz"] = StructureFormat.ExtendedXyz, ["xyz"] = StructureFormat.Xyz, ["xsf"] = StructureFormat.Xsf,
        ["n2p2"] = StructureFormat.N2p2, ["poscar"] = StructureFormat.Poscar, ["cif"] = StructureFormat.Cif,
    };

    // What is written as .xyz is extended XYZ, of which plain XYZ is a case.
    private static readonly Dictionary<string, StructureFormat> Endings = new(StringComparer.OrdinalIgnoreCase)
    {
        [".xyz"] = StructureFormat.ExtendedXyz, [".extxyz"] = StructureFormat.ExtendedXyz, [".xsf"] = StructureFormat.Xsf,
        [".data"] = StructureFormat.N2p2, [".vasp"] = StructureFormat.Poscar, [".poscar"] = StructureFormat.Poscar,
        [".contcar"] = StructureFormat.Poscar, [".cif"] = StructureFormat.Cif,
    };

    /// <summary>Names of the formats, for people.</summary>
    public static IReadOnlyCollection<string> FormatNames => Names.Keys;

    /// <summary>The format of this name; null when there is none.</summary>
    public static StructureFormat? FormatOfName(string name) => Names.TryGetValue(name, out StructureFormat format) ? format : null;

    /// <summary>The format that a file's name tells, packed (<c>.gz</c>) or not; null when it tells none.</summary>
    public static StructureFormat? FormatOfFile(string path)
    {
        string name = Path.GetFileName(path);
        if (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            name = name[..^3];
        if (Endings.TryGetValue(Path.GetExtension(name), out StructureFormat format))
            return format;
        bool isVasp = name.StartsWith("POSCAR", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("CONTCAR", StringComparison.OrdinalIgnoreCase);
        return isVasp ? StructureFormat.Poscar : null;
    }

    /// <summary>True for formats whose files hold one frame.</summary>
    public static bool HoldsOneFrame(StructureFormat format) => format is StructureFormat.Xsf or StructureFormat.Poscar;

    /// <summary>
    /// The frames of a file as they are read, and why others are refused; at least one reading. Never throws for any content.
    /// </summary>
    /// <param name="input">The unpacked file.</param>
    /// <param name="format">Its format.</param>
    /// <param name="options">What the file itself does not say.</param>
    public static IEnumerable<FrameReading> Read(Stream input, StructureFormat format, FrameReaderOptions options)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(options);
        return ReadAny(input, format, options);
    }

    /// <summary>A writer of a format.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="format">The format.</param>
    /// <param name="units">Units of <c>input.data</c>; the other formats fix theirs.</param>
    /// <exception cref="ArgumentException"><c>input.data</c> without units.</exception>
    public static IFrameWriter CreateWriter(TextWriter output, StructureFormat format, FrameUnits? units) => format switch
    {
        StructureFormat.ExtendedXyz => new ExtendedXyzWriter(output),
        StructureFormat.Xyz => new XyzWriter(output),
        StructureFormat.Xsf => new XsfWriter(output),
        StructureFormat.N2p2
        => new N2p2Writer(output, units ?? throw new ArgumentException("the format has no units of its own", nameof(units))),
        StructureFormat.Poscar => new PoscarWriter(output),
        _ => new CifFrameWriter(output),
    };

    private static IEnumerable<FrameReading> ReadAny(Stream input, StructureFormat format, FrameReaderOptions options)
    {
        if (format == StructureFormat.Cif)
        {
            foreach (FrameReading reading in ReadCif(input))
                yield return reading;
            yield break;
        }

        using var text = new StreamReader(input, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16,
            leaveOpen: true);
        var lines = new LineSource(text);
        bool isEmpty = true;
        foreach (FrameReading reading in Frames(lines, format, options))
        {
            isEmpty = false;
            yield return reading;
        }

        if (lines.IsCutOff)
            yield return Refusal(StructureFileFindings.Unsupported, lines.Number + 1,
                "the line is too long for any structure file; the file is not read on");
        else if (isEmpty)
            yield return Refusal(StructureFileFindings.NoFrame, 0, "the file holds no frame");
    }

    private static IEnumerable<FrameReading> Frames(LineSource lines, StructureFormat format, FrameReaderOptions options) => format switch
    {
        StructureFormat.ExtendedXyz => new XyzReader(lines, options, isExtended: true).Read(),
        StructureFormat.Xyz => new XyzReader(lines, options, isExtended: false).Read(),
        StructureFormat.Xsf => new XsfReader(lines).Read(),
        StructureFormat.N2p2 => new N2p2Reader(lines, options.Units).Read(),
        _ => new PoscarReader(lines, options).Read(),
    };

    private static FrameReading[] ReadCif(Stream input)
    {
        using var bytes = new MemoryStream();
        byte[] chunk = new byte[1 << 16];
        for (int read; (read = input.Read(chunk)) > 0;)
        {
            if (bytes.Length + read > LargestCifBytes)
                return [Refusal(StructureFileFindings.Unsupported, 0, $"a CIF file of more than {LargestCifBytes} bytes is not read")];
            bytes.Write(chunk, 0, read);
        }

        FrameReading[] frames = [.. CifFrames.Read(bytes.GetBuffer().AsMemory(0, (int)bytes.Length))];
        return frames.Length > 0 ? frames : [Refusal(StructureFileFindings.NoFrame, 0, "the file holds no frame")];
    }

    private static FrameReading Refusal(FindingCode code, int line, string message)
        => new(null, line, [new Finding(code, line, 0, message)]);
}
