using System.IO.Compression;
using System.Text.Json;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Matching;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Tests.Core.Matching;

/// <summary>670 pairs against pymatgen 2026.10.24 (producer: shared/gold/README.md).</summary>
public sealed class MatcherReferenceTests
{
    private const double DisplacementTolerance = 1e-3;

    [Test]
    public void Nearly_all_pairs_are_judged_as_pymatgen_judges_them()
    {
        var scaled = new StructureMatcher(MatchTolerance.Default);
        var unscaled = new StructureMatcher(MatchTolerance.Default with { ScalesVolume = false });
        var differences = new List<string>();
        int pairs = 0, fits = 0, unscaledFits = 0, displacements = 0, displacementPairs = 0, anonymous = 0, anonymousPairs = 0;
        foreach (JsonElement line in Lines())
        {
            MatchableStructure a = Read(line.GetProperty("A")), b = Read(line.GetProperty("B"));
            StructureMatch? match = scaled.Compare(a, b);
            bool same = match is { IsSame: true }, sameUnscaled = unscaled.AreSame(a, b);
            pairs++;
            fits += Count(same == line.GetProperty("fit").GetBoolean(), "fit");
            unscaledFits += Count(sameUnscaled == line.GetProperty("fit_unscaled").GetBoolean(), "unscaled");
            if (line.GetProperty("rms") is { ValueKind: JsonValueKind.Array } rms)
            {
                displacementPairs++;
                bool isEqual = match is { } found && Math.Abs(found.RmsDisplacement - rms[0].GetDouble()) < DisplacementTolerance
                    && Math.Abs(found.MaxDisplacement - rms[1].GetDouble()) < DisplacementTolerance;
                displacements += Count(isEqual, "displacement");
            }

            if (line.GetProperty("anonymous") is { ValueKind: not JsonValueKind.Null } isAnonymous)
            {
                anonymousPairs++;
                anonymous += Count(scaled.AreSameAnonymous(a, b) == isAnonymous.GetBoolean(), "anonymous");
            }

            int Count(bool isEqual, string what)
            {
                if (!isEqual)
                    differences.Add($"{what}: {line.GetProperty("kind")} {line.GetProperty("a")} {line.GetProperty("b")} {match} for "
                        + $"{line.GetProperty("fit")} {line.GetProperty("rms")}, {a.Count} and {b.Count} atoms");
                return isEqual ? 1 : 0;
            }
        }

        TestContext.Out.WriteLine(
            $"{pairs}: fit {fits}, unscaled {unscaledFits}, displacements {displacements} of {displacementPairs}, anonymous {anonymous} of "
            + $"{anonymousPairs}");
        TestContext.Out.WriteLine(string.Join('\n', differences));
        Assert.That(pairs, Is.EqualTo(670));
        Assert.That(fits, Is.GreaterThanOrEqualTo(0.99 * pairs));
        Assert.That(unscaledFits, Is.GreaterThanOrEqualTo(0.99 * pairs));
        Assert.That(displacements, Is.GreaterThanOrEqualTo(0.99 * displacementPairs));
        Assert.That(anonymous, Is.GreaterThanOrEqualTo(0.99 * anonymousPairs));
    }

    private static IEnumerable<JsonElement> Lines()
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(TestPaths.SharedOrIgnore("gold/matcher-pairs.jsonl.gz")),
            CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            using JsonDocument document = JsonDocument.Parse(line);
            yield return document.RootElement.Clone();
        }
    }

    private static MatchableStructure Read(JsonElement structure)
    {
        Cartesian[] lattice = [.. structure.GetProperty("lattice").EnumerateArray()
            .Select(row => new Cartesian(row[0].GetDouble(), row[1].GetDouble(), row[2].GetDouble()))];
        int[] kinds = [.. structure.GetProperty("species").EnumerateArray()
            .Select(symbol => (int)Element.Of(symbol.GetString()!).AtomicNumber)];
        Fractional[] positions = [.. structure.GetProperty("frac").EnumerateArray()
            .Select(row => new Fractional(row[0].GetDouble(), row[1].GetDouble(), row[2].GetDouble()))];
        return MatchableStructure.Of(new AtomicCell(new Basis(lattice[0], lattice[1], lattice[2]), positions, kinds))!;
    }
}
