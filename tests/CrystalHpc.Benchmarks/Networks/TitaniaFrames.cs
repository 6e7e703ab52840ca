using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Structures;

namespace CrystalHpc.Benchmarks;

/// <summary>The structures of titania that potentials are measured on, and where they lie.</summary>
internal static class TitaniaFrames
{
    /// <summary>The folder after <c>--data</c>, or <c>shared</c> beside the repository.</summary>
    public static string DataFolder(string[] args) =>
        Arguments.Find(args, "--data") ?? Path.Combine(Machine.RepositoryRoot(), "..", "shared");

    /// <summary>The file of the structures.</summary>
    public static string FileIn(string[] args) => Path.Combine(DataFolder(args), "datasets", "tio2-aenet-1000", "tio2.extxyz.gz");

    /// <summary>Its structures; none, and a line that says so, when it is not there.</summary>
    public static AtomFrame[] Read(string[] args)
    {
        if (File.Exists(FileIn(args)))
            return Read(FileIn(args));
        Console.WriteLine($"{FileIn(args)} is missing: name the folder that holds datasets by --data");
        return [];
    }

    /// <summary>All structures of an extended XYZ file.</summary>
    public static AtomFrame[] Read(string path)
    {
        using Stream input = StructureStreams.Open(path);
        return [.. StructureFile.Read(input, StructureFormat.ExtendedXyz, FrameReaderOptions.Default).Select(reading => reading.Frame!)];
    }
}
