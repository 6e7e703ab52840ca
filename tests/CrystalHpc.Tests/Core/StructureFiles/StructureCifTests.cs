using System.Buffers;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Tests.Core.Crystals;

namespace CrystalHpc.Tests.Core.StructureFiles;

/// <summary>A structure written as CIF and read back is the same structure.</summary>
public sealed class StructureCifTests
{
    [Test]
    public void Every_structure_of_the_real_files_survives_writing_and_reading()
    {
        int structures = 0;
        var broken = new List<string>();
        foreach ((string path, byte[] bytes) in RealCorpus.Files)
        {
            if (RealCorpus.FirstStructure(bytes, []) is not { } structure)
                continue;
            structures++;
            var findings = new List<Finding>();
            CrystalStructure? back = RealCorpus.FirstStructure(Write(structure), findings);
            string difference = back is null ? string.Join("; ", findings) : Difference(structure, back);
            if (difference.Length > 0)
                broken.Add($"{path}: {difference}");
        }

        Assert.That(broken, Is.Empty);
        Assert.That(structures, Is.GreaterThan(2000));
    }

    private static byte[] Write(CrystalStructure structure)
    {
        var output = new ArrayBufferWriter<byte>();
        StructureCif.Write(new CifWriter(output), structure);
        return output.WrittenSpan.ToArray();
    }

    private static string Difference(CrystalStructure first, CrystalStructure second)
    {
        if (!first.Operations.SequenceEqual(second.Operations))
            return "operations";
        if (first.Sites.Count != second.Sites.Count)
            return "sites";
        for (int site = 0; site < first.Sites.Count; site++)
        {
            AtomSite left = first.Sites[site], right = second.Sites[site];
            if (left with { TypeSymbol = "", Line = 0, PositionResolution = 0 } != right with {
                TypeSymbol = "", Line = 0, PositionResolution = 0 })
                return $"{left} for {right}";
        }

        if (!first.Positions.SequenceEqual(second.Positions))
            return "positions";
        (StructureMetadata a, StructureMetadata b) = (first.Metadata, second.Metadata);
        if (!a.DatabaseFlags.SequenceEqual(b.DatabaseFlags))
            return "flags";
        // Rows without coordinates and what could not be read are no facts: they are not written.
        // Letters beyond ASCII come back in the notation of the CIF dictionaries.
        a = a with
        {
            DatabaseFlags = b.DatabaseFlags, UnplacedSites = 0, UnreadableItems = b.UnreadableItems,
            CompoundName = CifAscii.Of(a.CompoundName), SystematicName = CifAscii.Of(a.SystematicName),
        };
        return a == b && first.Cell.Volume == second.Cell.Volume ? "" : $"{a} for {b}";
    }
}
