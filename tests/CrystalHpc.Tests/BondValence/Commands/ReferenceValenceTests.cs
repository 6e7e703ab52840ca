using System.Text.Json.Nodes;
using CrystalHpc.Tests.Commands;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.BondValence.Commands;

/// <summary>
/// Valence sums and instability indices against an independent calculation in Python, from bond lengths and parameters alone.
/// </summary>
public sealed class ReferenceValenceTests
{
    // Neighbors of an anion are not those of its equation in every definition: both ends are summed over the bonds of cations.
    private const string Script = """
        import json, sys
        import numpy as np
        for path in sys.argv[1:]:
            structure = json.load(open(path))[0]
            sites = structure["sites"]
            order = {site["label"]: i for i, site in enumerate(sites)}
            count = np.array([site["multiplicity"] for site in sites], float)
            charge = np.array([site["oxidation"] for site in sites], float)
            sums = np.zeros(len(sites))
            for i, site in enumerate(sites):
                for bond in site["neighbors"] if charge[i] > 0 else []:
                    j = order[bond["label"]]
                    if charge[j] < 0:
                        s = np.exp((bond["r0_a"] - bond["distance_a"]) / bond["b_a"])
                        assert abs(s - bond["valence_vu"]) < 1e-12 * s, (path, s, bond)
                        sums[i] += s
                        sums[j] += s * count[i] / count[j]
            gii = np.sqrt(np.sum(count * (sums - np.abs(charge)) ** 2) / np.sum(count))
            ours = np.array([site["valence_sum_vu"] for site in sites])
            assert np.max(np.abs(sums - ours)) < 1e-9, (path, sums, ours)
            assert abs(gii - structure["gii_vu"]) < 1e-9, (path, gii, structure["gii_vu"])
            print(structure["structure_id"], gii)
        """;

    [Test]
    [Category("Slow")]
    public void Ten_instability_indices_agree_with_numpy()
    {
        using var folder = new TemporaryFolder();
        var paths = new List<string>();
        foreach (string file in Directory.EnumerateFiles(Path.Combine(TestPaths.RepositoryRoot, "samples", "cod"), "*.cif",
            SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string json = CrystalHpcCommand.Run("inspect", file, "--json").Output;
            JsonNode first = JsonNode.Parse(json)!.AsArray()[0]!;
            bool hasLabels = first["sites"]!.AsArray().Select(site => (string?)site!["label"]).Distinct()
                .Count() == first["sites"]!.AsArray().Count;
            if (first["gii_vu"] is not null && hasLabels)
                paths.Add(folder.Write(Path.GetFileNameWithoutExtension(file) + ".json", json));
            if (paths.Count == 10)
                break;
        }

        Assert.That(paths, Has.Count.EqualTo(10), "samples with an index");
        ChildResult result = Python.Run("numpy", Script, [.. paths]);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(10));
    }
}
