using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Tests.Crystals;

namespace CrystalHpc.Tests.SpaceGroups;

/// <summary>Real files read by their symbols alone: the atoms must be those of their own operations.</summary>
public sealed class SymbolCorpusTests
{
    [Test]
    public void Symbols_alone_give_the_atoms_of_the_listed_operations()
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach ((string path, byte[] bytes) in RealCorpus.Files)
        {
            foreach (CifBlock block in CifDocument.Parse(bytes, []).Blocks)
            {
                var findings = new List<Finding>();
                if (!StructureReader.HasAtomSites(block) || StructureReader.Read(block, StructureReaderOptions.Default, findings) is not { } structure
                    || structure.Metadata.SpaceGroup.Length == 0 || findings.Exists(f => f.Code.Name.StartsWith("symmetry-from", StringComparison.Ordinal)))
                    continue;
                bool mismatch = findings.Exists(f => f.Code == CrystalFindings.SymmetrySymbolMismatch);
                findings.Clear();
                StructureMetadata symbolOnly = structure.Metadata with { HallSymbol = "", SpaceGroupNumber = null };
                IReadOnlyList<SymmetryOperation>? operations = SymmetryFromSymbols.Find(symbolOnly, structure.Cell, structure.Sites, [], findings);
                string outcome = operations is null ? "no group for the symbol" : Compare(structure, operations);
                if (mismatch)
                    outcome += ", symbol mismatch known";
                if (findings.Exists(f => f.Code == CrystalFindings.SymmetrySettingGuessed))
                    outcome += ", guessed";
                counts[outcome] = counts.GetValueOrDefault(outcome) + 1;
                if (outcome is not ("same" or "same, guessed"))
                    TestContext.Out.WriteLine($"{outcome}\t{path} {block.Name}\t{structure.Metadata.SpaceGroup}\t{SpaceGroup.Identify(structure.Operations)}\t{string.Join("; ", findings.Select(f => f.Message))}");
            }
        }

        foreach ((string outcome, int count) in counts)
            TestContext.Out.WriteLine($"{count,5} {outcome}");
    }

    private static string Compare(CrystalStructure structure, IReadOnlyList<SymmetryOperation> operations)
    {
        if (operations.ToHashSet().SetEquals(structure.Operations))
            return "same";
        CrystalStructure other = CrystalStructure.Expand(structure.Cell, operations, structure.Sites, structure.Metadata);
        if (other.AtomCount != structure.AtomCount)
            return "other number of atoms";
        for (int atom = 0; atom < structure.AtomCount; atom++)
        {
            bool found = false;
            int site = structure.SiteOfAtom[atom];
            for (int copy = other.FirstAtom(site); copy < other.FirstAtom(site) + other.Multiplicity(site) && !found; copy++)
                found = SiteOrbit.DistanceSquared(structure.Cell, structure.Positions[atom], other.Positions[copy]) < 1e-4;
            if (!found)
                return "other places of atoms";
        }

        return "same";
    }
}
