using System.Globalization;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Structures;

namespace CrystalHpc.Commands;

/// <summary>What is to be converted, and how.</summary>
internal sealed record ConversionRequest(
    string Input,
    string Output,
    StructureFormat? From,
    StructureFormat? To,
    FrameUnits? ToUnits,
    bool MayOverwrite,
    bool IsJson,
    FrameReaderOptions Options);

/// <summary>Takes the frames of one file into another, one at a time, and tells what was refused.</summary>
internal sealed class Conversion(ConversionRequest request)
{
    private readonly FindingSummary _summary = new();
    private int _frames;
    private int _written;

    /// <summary>Converts.</summary>
    /// <exception cref="UserException">The files cannot be used, no frame could be written, or some were refused.</exception>
    public void Run()
    {
        StructureFormat from = request.From ?? FormatOf(request.Input, "--from"), to = request.To ?? FormatOf(request.Output, "--to");
        CheckUnits(from, to);
        using Stream input = StructureStreams.Open(request.Input);
        try
        {
            using var output = new ConvertedFiles(request.Output, to, request.ToUnits, request.MayOverwrite);
            foreach (FrameReading reading in StructureFile.Read(input, from, request.Options))
                Take(reading, output);
            if (_written > 0)
                output.Complete();
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw UserException.Unusable($"after {_frames} frames: {fault.Message}");
        }

        Tell();
    }

    private void CheckUnits(StructureFormat from, StructureFormat to)
    {
        bool isFree = from is StructureFormat.ExtendedXyz or StructureFormat.Xyz or StructureFormat.N2p2;
        if (from == StructureFormat.N2p2 && request.Options.Units is null)
            throw UserException.Configuration(
                "input.data has no units of its own: state those of the file with --units, such as bohr,hartree");
        if (!isFree && request.Options.Units is not null)
            throw UserException.Configuration("--units: the format of the input fixes its units");
        if (to == StructureFormat.N2p2 && request.ToUnits is null)
            throw UserException.Configuration(
                "input.data has no units of its own: state those to write with --to-units, such as bohr,hartree");
        if (to != StructureFormat.N2p2 && request.ToUnits is not null)
            throw UserException.Configuration("--to-units: the format of the output fixes its units");
    }

    private static StructureFormat FormatOf(string path, string option) => StructureFile.FormatOfFile(path)
        ?? throw UserException.Configuration($"the name {path} tells no format: state it with {option}");

    private void Take(FrameReading reading, ConvertedFiles output)
    {
        _frames++;
        _summary.Add(reading.Findings);
        if (reading.Frame is null)
            return;
        var findings = new List<Finding>();
        if (output.Write(reading.Frame, _frames, findings))
            _written++;
        _summary.Add(findings.Select(finding => finding with { Line = reading.Line }));
    }

    private void Tell()
    {
        _summary.Print(request.Input, Console.Error);
        if (request.IsJson)
            Console.Out.WriteLine(_summary.ToJson(request.Input, request.Output, _frames, _written));
        else
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{request.Output}: {_written} of {_frames} frames"));
        if (_written == 0)
            throw UserException.Unusable("no frame could be converted; nothing was written");
        if (_written < _frames)
            throw new UserException(ExitCode.TooManyFailures, string.Create(CultureInfo.InvariantCulture,
                $"{_frames - _written} of {_frames} frames were left out"));
    }
}
