using System.Buffers;
using System.Globalization;
using System.Text;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.OxidationStates;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.BondValence.Commands;

/// <summary>Writes the structures of a file for other programs, in the format that the name of the output ends in.</summary>
internal static class StructureExport
{
    /// <summary>Writes CIF (<c>.cif</c>) or extended XYZ (<c>.xyz</c>, <c>.extxyz</c>).</summary>
    /// <exception cref="UserException">The ending is another one.</exception>
    public static void Write(IReadOnlyList<StructureOutcome> outcomes, string path)
    {
        byte[] bytes = Path.GetExtension(path) switch
        {
            ".cif" => ToCif(outcomes),
            ".xyz" or ".extxyz" => ToXyz(outcomes),
            string ending => throw UserException.Unusable($"structures are exported as .cif, .xyz or .extxyz, not as '{ending}'"),
        };
        WholeFile.Write(Path.GetFullPath(path), stream => stream.Write(bytes));
    }

    private static byte[] ToCif(IReadOnlyList<StructureOutcome> outcomes)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new CifWriter(buffer);
        foreach (StructureOutcome outcome in outcomes)
        {
            // A state that we assigned must not come back as the authors' own.
            if (outcome.Structure is { } structure)
                StructureCif.Write(writer, outcome.OxidationSource == OxidationSource.Assigned ? structure.WithCharges(new double?[structure.Sites.Count]) : structure);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] ToXyz(IReadOnlyList<StructureOutcome> outcomes)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        var writer = new ExtendedXyzWriter(text);
        foreach (StructureOutcome outcome in outcomes)
        {
            if (outcome.Structure is { } structure)
                writer.Write(CifFrames.Of(structure, outcome.StructureId), []);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
