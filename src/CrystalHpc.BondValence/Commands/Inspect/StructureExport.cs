using System.Buffers;
using System.Globalization;
using System.Text;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Crystals;
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
    private static readonly FrameProperty Origin = new("written_by", "crystalhpc");
    private static readonly string XyzSignature = $"{Origin.Name}={Origin.Text}";

    /// <summary>
    /// Writes CIF (<c>.cif</c>) or extended XYZ (<c>.xyz</c>, <c>.extxyz</c>), with bonds and valence sums where there are any.
    /// </summary>
    /// <exception cref="UserException">The ending is another one, or there is no structure.</exception>
    public static void Write(IReadOnlyList<(StructureOutcome Outcome, StructureValences? Valences)> outcomes, string path)
    {
        if (outcomes.All(structure => structure.Outcome.Structure is null))
            throw UserException.Unusable("there is no structure to export");
        (string signature, byte[] bytes) = Path.GetExtension(path) switch
        {
            ".cif" => (CifSignature, ToCif(outcomes)),
            ".xyz" or ".extxyz" => (XyzSignature, ToXyz(outcomes)),
            string ending => throw UserException.Unusable($"structures are exported as .cif, .xyz or .extxyz, not as '{ending}'"),
        };
        NamedOutput.Write(path, signature, stream => stream.Write(bytes));
    }

    private static byte[] ToCif(IReadOnlyList<(StructureOutcome, StructureValences?)> outcomes)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new CifWriter(buffer);
        writer.Comment(CifSignature);
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach ((StructureOutcome outcome, StructureValences? valences) in outcomes)
        {
            if (outcome.Structure is not { } structure)
                continue;

            // A state that we assigned must not come back as the authors' own.
            if (outcome.OxidationSource is OxidationSource.Assigned or OxidationSource.Radii)
                structure = structure.WithCharges(new double?[structure.Sites.Count]);

            // Two blocks of a CIF may not have one name, and case does not tell them apart.
            string name = structure.Metadata.BlockName;
            for (int copy = 2; !taken.Add(name); copy++)
                name = string.Create(CultureInfo.InvariantCulture, $"{structure.Metadata.BlockName}_{copy}");
            StructureCif.Write(writer, structure.Cell, structure.Operations, SitesOf(outcome.OxidationSource, structure),
                structure.Metadata with { BlockName = name });
            if (valences is not null)
                ValenceCif.Write(writer, valences);
        }

        return buffer.WrittenSpan.ToArray();
    }

    // Type symbols of the authors may state other charges than the user.
    private static IReadOnlyList<AtomSite> SitesOf(OxidationSource source, CrystalStructure structure) =>
        source == OxidationSource.Given ? [.. structure.Sites.Select(site => site with { TypeSymbol = "" })] : structure.Sites;

    private static byte[] ToXyz(IReadOnlyList<(StructureOutcome, StructureValences?)> outcomes)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        var writer = new ExtendedXyzWriter(text);
        foreach ((StructureOutcome outcome, StructureValences? valences) in outcomes)
        {
            if (outcome.Structure is not { } structure)
                continue;
            AtomFrame frame = CifFrames.Of(structure, outcome.StructureId);
            writer.Write(frame with { Properties = [Origin, .. frame.Properties],
                Arrays = [.. frame.Arrays, .. SumsOf(structure, valences)] }, []);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    // The format knows no missing numbers: the column is there where every site has its sum.
    private static IEnumerable<FrameArray> SumsOf(CrystalStructure structure, StructureValences? valences)
    {
        Dictionary<int, double> sums = (valences?.Sites ?? []).Where(site => site.Sum is not null)
            .ToDictionary(site => site.Index, site => site.Sum!.Value);
        if (sums.Count == structure.Sites.Count)
            yield return new FrameArray<double>("valence_sum", 1, [.. Enumerable.Range(0, structure.AtomCount)
                .Select(atom => sums[structure.SiteOfAtom[atom]])]);
    }
}
