using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Tests.Core.Crystals;

namespace CrystalHpc.Tests.Core.Coordination;

/// <summary>
/// Neighbors of every site of the ordered structures in the real corpus, from our own reading of the files, as configs/quickstart.json and
/// configs/neighbors.json read them, against pymatgen 2022.11.7 (producer: shared/gold/README.md). Neighbors are the same when their
/// elements agree and their distances agree within 0.001 Å.
/// </summary>
public sealed class CrystalNNGoldTests
{
    // Files whose atoms the two programs read differently; their neighbors differ for that reason alone.
    private static readonly Dictionary<string, string> OtherAtoms = new(StringComparer.Ordinal)
    {
        ["bobhanson.jmol-swingjs/gold.cif"] = "pymatgen takes one atom where the symbol f m -3 m makes four",
        ["bobhanson.jmol-swingjs/gold.e1e8b4c1.cif"] = "pymatgen takes one atom where the symbol f m -3 m makes four",
        ["cod-developers.cod-tools/14335.cif"] = "pymatgen takes the hydrogen of a hydroxyl group for holmium",
        ["cod-developers.cod-tools/2001507_temperature_ambiant.cif"] =
        "pymatgen takes the operation x,y,x as it stands; half of the atoms are lost",
        ["cod-developers.cod-tools/2001925.cif"] = "pymatgen takes the list, the identity twice, for P 21/n: 1 formula unit where Z is 4",
        ["cod-developers.cod-tools/2101499-diamond.cif"] = "pymatgen takes one atom where F d -3 m makes eight",
        ["cod-developers.cod-tools/8103382.cif"] = "pymatgen loses one copy of every site",
        ["dkratzert.structurefinder/1000000.cif"] = "pymatgen shifts the columns: y and z are 0 there",
        ["diffpy.diffpy.structure/Ni_ref.cif"] = "pymatgen takes one atom where F m -3 m makes four",
        ["dkratzert.structurefinder/2004957.cif"] = "pymatgen takes three of the four operations of P 21/n",
        ["dkratzert.structurefinder/2004958.cif"] = "pymatgen takes three of the four operations of P 21/n",
        ["openchemistry.crystals/FeCl3-Molysite.cif"] = "pymatgen takes hexagonal operations in a rhombohedral cell: 36 atoms, not 8",
        ["openchemistry.crystals/MgCO3-Magnesite.cif"] =
        "pymatgen takes hexagonal operations in a rhombohedral cell: 60 atoms; the origin is of 1931",
        ["sunnysuite.sunny.jl/UPt3.cif"] = "pymatgen doubles a site near a special position",
    };

    [TestCase(false, 21_173)]
    [TestCase(true, 21_330)]
    public void Neighbors_of_real_crystals_agree_with_pymatgen(bool symmetryAsWritten, int sitesWithTheSameNeighbors)
    {
        Dictionary<string, byte[]> files = RealCorpus.Files.ToDictionary(file => file.Path, file => file.Bytes);
        StructureReaderOptions options = StructureReaderOptions.Default with { SymmetryAsWritten = symmetryAsWritten };
        var finder = new CrystalNN(CrystalNNOptions.Default);
        var outcomes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var unexplained = new List<string>();
        var watch = new Stopwatch();
        foreach (JsonElement line in RealCorpus.PymatgenLines())
        {
            if (!line.TryGetProperty("sites", out JsonElement sites))
                continue;
            string path = line.GetProperty("file").GetString()!;
            var findings = new List<Finding>();
            CrystalStructure? crystal = RealCorpus.FirstStructure(files[path], findings, options);
            if (crystal is null)
                TestContext.Out.WriteLine(
                    $"{path} not read: {string.Join("; ", findings.Where(f => f.Code.Severity == FindingSeverity.Error))}");
            int index = 0;
            foreach (JsonElement site in sites.EnumerateArray())
            {
                string outcome = crystal is null ? "structure not read" : Compare(finder, crystal, site, watch, out string detail)
                    ?? detail;
                string kind = outcome.Split(':')[0];
                outcomes[kind] = outcomes.GetValueOrDefault(kind) + 1;
                if (kind is not ("same" or "structure not read"))
                    TestContext.Out.WriteLine($"{path} {index}: {outcome}");
                if (kind is not ("same" or "structure not read") && !OtherAtoms.Keys.Any(path.EndsWith))
                    unexplained.Add($"{path} {index}");
                index++;
            }
        }

        int total = outcomes.Values.Sum();
        foreach ((string kind, int count) in outcomes)
            TestContext.Out.WriteLine($"{count,6} {kind}");
        TestContext.Out.WriteLine($"{watch.Elapsed.TotalMicroseconds / total:F1} µs a site");
        Assert.That(total, Is.EqualTo(21_375));
        Assert.That(outcomes["same"], Is.EqualTo(sitesWithTheSameNeighbors));
        Assert.That(unexplained, Is.Empty);
    }

    // What the two modes differ by in one file, and why: pymatgen, like SymmetryAsWritten, takes the operations that it lists: the
    // identity, twice.
    [Test]
    public void The_file_that_lists_a_part_of_its_group_is_read_by_its_symbol_unless_as_written()
    {
        byte[] bytes = RealCorpus.Files.First(file => file.Path.EndsWith("cod-tools/2001925.cif", StringComparison.Ordinal)).Bytes;
        var findings = new List<Finding>();
        CrystalStructure bySymbol = RealCorpus.FirstStructure(bytes, findings, StructureReaderOptions.Default)!;
        StructureReaderOptions trusting = StructureReaderOptions.Default with { SymmetryAsWritten = true };
        CrystalStructure asWritten = RealCorpus.FirstStructure(bytes, [], trusting)!;
        Assert.That(findings.Codes(), Does.Contain("symmetry-list-replaced"));
        Assert.That(bySymbol.Metadata.FormulaUnits, Is.EqualTo(4));
        Assert.That((asWritten.FormulaComparison.FormulaUnits, bySymbol.FormulaComparison.FormulaUnits), Is.EqualTo((1, 4)));
    }

    [Test]
    public void Neighbors_around_the_atoms_that_pymatgen_read_are_all_the_same()
    {
        Dictionary<string, byte[]> files = RealCorpus.Files.ToDictionary(file => file.Path, file => file.Bytes);
        var finder = new CrystalNN(CrystalNNOptions.Default);
        (int same, int total) = (0, 0);
        foreach (JsonElement line in RealCorpus.PymatgenLines())
        {
            if (!line.TryGetProperty("sites", out JsonElement sites))
                continue;
            string path = line.GetProperty("file").GetString()!;
            CrystalStructure crystal = AsPymatgenReads(CellOf(files[path], line.GetProperty("volume").GetDouble()), sites);
            foreach (JsonElement site in sites.EnumerateArray())
            {
                total++;
                if (Compare(finder, crystal, site, new Stopwatch(), out string detail) is null)
                    TestContext.Out.WriteLine($"{path}: {detail}");
                else
                    same++;
            }
        }

        Assert.That(total, Is.EqualTo(21_375));
        Assert.That(same, Is.EqualTo(total));
    }

    // The cell is in the file; the atoms, to five decimals, and their charges are in the reference.
    private static UnitCell CellOf(byte[] file, double volume) => CifDocument.Parse(file, []).Blocks
        .Select(block => CellReader.Read(block, [])).First(cell => cell is not null && Math.Abs(cell.Volume / volume - 1) < 1e-5)!;

    private static CrystalStructure AsPymatgenReads(UnitCell cell, JsonElement sites) => CrystalStructure.Expand(
        cell, [SymmetryOperation.Identity], [.. sites.EnumerateArray().Select(site =>
        {
            string species = site.GetProperty("sp").GetString()!;
            string symbol = species.TrimEnd("0123456789.+-".ToCharArray());
            string charge = species[symbol.Length..].TrimEnd('+', '-');
            double sign = species[^1] switch { '+' => 1, '-' => -1, _ => 0 };
            JsonElement f = site.GetProperty("f");
            return new AtomSite
            {
                Label = species,
                Element = Element.Of(symbol),
                Charge = sign == 0 ? null : sign * (charge.Length == 0 ? 1 : double.Parse(charge, CultureInfo.InvariantCulture)),
                Position = new Fractional(f[0].GetDouble(), f[1].GetDouble(), f[2].GetDouble()),
            };
        })]);

    private static string? Compare(CrystalNN finder, CrystalStructure crystal, JsonElement site, Stopwatch watch, out string detail)
    {
        string element = Element.TryParse(site.GetProperty("sp").GetString()!.TrimEnd("0123456789.+-".ToCharArray()), out Element parsed)
            ? parsed.Symbol : "?";
        double[] f = [.. site.GetProperty("f").EnumerateArray().Select(x => x.GetDouble())];
        int atom = Match(crystal, element, new Fractional(f[0], f[1], f[2]));
        detail = $"no such atom: {site.GetProperty("sp")} {f[0]} {f[1]} {f[2]}";
        if (atom < 0)
            return null;
        watch.Start();
        CoordinationShell shell = finder.Find(crystal, atom);
        watch.Stop();
        (string Element, double Distance)[] expected = [.. site.GetProperty("nn").EnumerateArray()
            .Select(n => (n[0].GetString()!, n[1].GetDouble())).OrderBy(n => n.Item1, StringComparer.Ordinal).ThenBy(n => n.Item2)];
        (string Element, double Distance)[] found = [.. shell.Bonds
            .Select(b => (crystal.SiteAt(b.Atom).Element.Symbol, b.DistanceAngstrom)).OrderBy(n => n.Symbol, StringComparer.Ordinal)
                .ThenBy(n => n.DistanceAngstrom)];
        bool sameCount = found.Length == expected.Length;
        bool sameElements = sameCount && found.Zip(expected).All(pair => pair.First.Element == pair.Second.Element);
        bool same = sameElements && found.Zip(expected).All(pair => Math.Abs(pair.First.Distance - pair.Second.Distance) <= 0.001);
        string kind = same ? "same" : sameElements ? "other distances" : sameCount ? "other elements" : "other number";
        detail = $"{kind}: {site.GetProperty("sp")} ({crystal.SiteAt(atom).Charge}) pymatgen {Text(expected)} | ours {Text(found)}";
        return same ? "same" : null;
    }

    private static int Match(CrystalStructure crystal, string element, Fractional position)
    {
        (int nearest, double least) = (-1, 0.2 * 0.2);
        for (int atom = 0; atom < crystal.AtomCount; atom++)
        {
            if (crystal.SiteAt(atom).Element.Symbol != element)
                continue;
            double distance = SiteOrbit.DistanceSquared(crystal.Cell, crystal.Positions[atom], position);
            if (distance < least)
                (nearest, least) = (atom, distance);
        }

        return nearest;
    }

    private static string Text((string Element, double Distance)[] neighbors) =>
        string.Join(" ", neighbors.Select(n => string.Create(CultureInfo.InvariantCulture, $"{n.Element}{n.Distance:F4}")));
}
