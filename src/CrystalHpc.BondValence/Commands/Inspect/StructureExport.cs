using System.Buffers;
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
    private const string CifSignature = "Written by crystalhpc";
    private const string XyzSignature = ":site:I:1:occupancy:R:1";

    /// <summary>Writes CIF (<c>.cif</c>) or extended XYZ (<c>.xyz</c>, <c>.extxyz</c>).</summary>
    /// <exception cref="UserException">The ending is another one.</exception>
    public static void Write(IReadOnlyList<StructureOutcome> outcomes, string path)
    {
        (string signature, byte[] bytes) = Path.GetExtension(path) switch
        {
            ".cif" => (CifSignature, ToCif(outcomes)),
            ".xyz" or ".extxyz" => (XyzSignature, ToXyz(outcomes)),
            string ending => throw UserException.Unusable($"structures are exported as .cif, .xyz or .extxyz, not as '{ending}'"),
        };
        NamedOutput.Write(path, signature, stream => stream.Write(bytes));
    }

    private static byte[] ToCif(IReadOnlyList<StructureOutcome> outcomes)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new CifWriter(buffer);
        writer.Comment(CifSignature);
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
        var text = new StringBuilder();
        foreach (StructureOutcome outcome in outcomes)
        {
            if (outcome.Structure is { } structure)
                ExtendedXyz.Append(text, structure, outcome.StructureId);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
