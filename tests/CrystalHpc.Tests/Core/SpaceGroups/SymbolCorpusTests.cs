using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Tests.Core.Crystals;

namespace CrystalHpc.Tests.Core.SpaceGroups;

/// <summary>Real files read by their Hermann-Mauguin symbols alone: the atoms must be those of the operations that they list.</summary>
public sealed class SymbolCorpusTests
{
    private const string NotTabulated = "no table has the symbol";
    private const string OtherGroup = "the listed operations are of another group than the symbol";
    private const string OtherSetting = "the listed operations are of another setting than the symbol";
    private const string OtherOrigin = "the listed operations are about an origin that no table has";
    private const string NoFormula = "the symbol leaves the origin open, and without a formula the atoms do not tell it";

    private static readonly Dictionary<string, string> Different = new(StringComparer.Ordinal)
    {
        ["01785.cif"] = OtherOrigin,
        ["01786.cif"] = OtherOrigin,
        ["01787.cif"] = OtherOrigin,
        ["01791.cif"] = OtherOrigin,
        ["03769.cif"] = OtherOrigin,
        ["1100975.cif"] = NotTabulated,
        ["1100976.cif"] = OtherSetting,
        ["1100977.cif"] = OtherGroup,
        ["2105506-superspacegroup.cif"] = NotTabulated,
        ["2105936-strange-centering.cif"] = NotTabulated,
        ["9002550.cif"] = OtherOrigin,
        ["9002551.cif"] = OtherOrigin,
        ["Alarsite.cif"] = OtherOrigin,
        ["Archerite.cif"] = NotTabulated,
        ["Be3Al2(SiO3)6-Beryl.cif"] = OtherOrigin,
        ["Carpholite.cif"] = NoFormula,
        ["Carrollite.cif"] = NoFormula,
        ["Cuprite.cif"] = NoFormula,
        ["GeO2.cif"] = OtherOrigin,
        ["Maghemite.cif"] = NoFormula,
        ["Majorite.cif"] = OtherOrigin,
        ["Malayaite.cif"] = OtherSetting,
        ["Manganite.cif"] = NotTabulated,
        ["Melanophlogite.cif"] = OtherOrigin,
        ["Metatorbernite.cif"] = NoFormula,
        ["Pyrrhotite.cif"] = NotTabulated,
        ["Zimbabweite.cif"] = OtherOrigin,
        ["ZnFe2O4_jana.cif"] = OtherGroup,
        ["alpha_quartz.cif"] = OtherOrigin,
        ["quartz-and-water-same-journal.cif"] = OtherOrigin,
        ["quartz.cif"] = OtherOrigin,
    };

    [Test]
    public void Symbols_alone_give_the_atoms_of_the_listed_operations()
    {
        (int same, int guessed) = (0, 0);
        var different = new List<string>();
        foreach ((string path, byte[] bytes) in RealCorpus.Files)
        {
            foreach (CifBlock block in CifDocument.Parse(bytes, []).Blocks)
            {
                if (ReadByOperations(block) is not { } structure)
                    continue;
                var findings = new List<Finding>();
                StructureMetadata symbolOnly = structure.Metadata with { HallSymbol = "", SpaceGroupNumber = null };
                if (SymmetryFromSymbols.Find(symbolOnly, structure.Cell, structure.Sites, [], findings) is not { } operations
                    || !HasSameAtoms(structure, operations))
                {
                    different.Add(Path.GetFileName(path));
                }
                else if (findings.Exists(finding => finding.Code == CrystalFindings.SymmetrySettingGuessed))
                {
                    guessed++;
                }
                else
                {
                    same++;
                }
            }
        }

        Assert.That(different, Is.EquivalentTo(Different.Keys));
        Assert.That((same, guessed), Is.EqualTo((2119, 76)));
    }

    private static CrystalStructure? ReadByOperations(CifBlock block)
    {
        var findings = new List<Finding>();
        if (!StructureReader.HasAtomSites(block) || StructureReader.Read(block, StructureReaderOptions.Default, findings)
            is not { } structure)
            return null;
        bool listed = !findings.Exists(finding => finding.Code.Name.StartsWith("symmetry-from-", StringComparison.Ordinal));
        return listed && structure.Metadata.SpaceGroup.Length > 0 ? structure : null;
    }

    private static bool HasSameAtoms(CrystalStructure structure, IReadOnlyList<SymmetryOperation> operations)
    {
        if (operations.ToHashSet().SetEquals(structure.Operations))
            return true;
        CrystalStructure other = CrystalStructure.Expand(structure.Cell, operations, structure.Sites, structure.Metadata);
        return other.AtomCount == structure.AtomCount
            && Enumerable.Range(0, structure.AtomCount).All(atom => HasAtom(other, structure.SiteOfAtom[atom], structure.Positions[atom]));
    }

    private static bool HasAtom(CrystalStructure structure, int site, Fractional position) => Enumerable
        .Range(structure.FirstAtom(site), structure.Multiplicity(site))
        .Any(atom => SiteOrbit.DistanceSquared(structure.Cell, structure.Positions[atom], position) < 0.01 * 0.01);
}
