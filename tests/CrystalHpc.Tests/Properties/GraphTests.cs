using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.SpaceGroups;
using CrystalHpc.Properties.Data;
using CrystalHpc.Properties.Model;

namespace CrystalHpc.Tests.Properties;

/// <summary>Graphs hold the neighbors that counting all images finds, and what has no graph is refused.</summary>
public sealed class GraphTests
{
    // Equal distances are gathered within a thousandth of an angstrom.
    private const double ShellWidth = 1e-3;

    [Test]
    public void Every_atom_has_the_neighbors_that_counting_all_images_finds([Range(0, 4)] int number)
    {
        CrystalStructure crystal = SmallCrystals.All[number];
        CrystalGraph graph = SmallCrystals.GraphOf(crystal);
        for (int atom = 0; atom < graph.Atoms; atom++)
        {
            (int Atom, double Distance)[] own =
                [.. Enumerable.Range(graph.Bonds.First[atom], graph.Bonds.First[atom + 1] - graph.Bonds.First[atom])
                .SelectMany(bond => Enumerable.Repeat(
                    (graph.Bonds.Neighbor[bond], graph.Bonds.Values[graph.Bonds.Shell[bond]]), graph.Bonds.Multiplicity[bond]))];
            (int Atom, double Distance)[] counted = Count(crystal, atom);
            Assert.That(own.Select(entry => entry.Atom).Order(), Is.EqualTo(counted.Select(entry => entry.Atom).Order()));
            Assert.That(
                own.OrderBy(entry => entry.Atom).ThenBy(entry => entry.Distance).Select(entry => entry.Distance),
                Is.EqualTo(counted.OrderBy(entry => entry.Atom).ThenBy(entry => entry.Distance).Select(entry => entry.Distance))
                    .Within(ShellWidth));
        }
    }

    [Test]
    public void The_last_shell_is_whole_and_images_of_one_atom_are_one_bond()
    {
        CrystalGraph graph = SmallCrystals.GraphOf(SmallCrystals.All[1]);
        Assert.That(graph.Bonds.Multiplicity, Is.EqualTo(new[] { 8, 6, 8, 6 }),
            "eight unlike and six like neighbors, fourteen for the twelve nearest");
        Assert.That(graph.Bonds.Values, Is.EqualTo(new[] { 4.12 * Math.Sqrt(0.75), 4.12 }).Within(1e-12));
    }

    [Test]
    public void An_atom_far_from_all_others_has_no_bonds()
    {
        CrystalGraph graph = SmallCrystals.GraphOf(SmallCrystals.Of(SmallCrystals.Cubic(30), ("Ar", 0, 0, 0)));
        Assert.That(graph.Bonds.Count, Is.Zero);
    }

    [Test]
    public void Disorder_overlap_and_unknown_elements_are_refused()
    {
        Assert.That(Refusal(new AtomSite { Label = "A", Element = Element.Of("Fe"), Position = default, Occupancy = 0.5 }),
            Is.EqualTo(PropertyFindings.Disordered));
        Assert.That(Refusal(new AtomSite { Label = "A", Element = Element.Of("Fe"), Position = default, DisorderGroup = "1" }),
            Is.EqualTo(PropertyFindings.Disordered));
        Assert.That(Refusal(new AtomSite { Label = "A", Element = Element.Of("Og"), Position = default }),
            Is.EqualTo(PropertyFindings.UnknownElement));
        Assert.That(Refusal(
            new AtomSite { Label = "A", Element = Element.Of("Fe"), Position = default },
                new AtomSite { Label = "B", Element = Element.Of("Co"), Position = new(0.05, 0, 0) }),
            Is.EqualTo(PropertyFindings.Overlap));
    }

    [Test]
    public void Elements_that_share_a_place_are_averaged_where_that_is_wanted()
    {
        CrystalGraph graph = SmallCrystals.FullGraphOf(SmallCrystals.Disordered);
        Assert.That(graph.Elements.Select(element => element + 1), Is.EqualTo(new[] { 26, 8, 9 }), "the most frequent of each place");
        Assert.That(graph.Shared.Select(place => place.Atom), Is.EqualTo(new[] { 0, 2 }));
        Assert.That(graph.Shared.Select(place => place.Occupancy), Is.EqualTo(new[] { 0.8, 1 }).Within(1e-12));
        Assert.That(graph.Contents.Select(element => element + 1).Distinct().Order(), Is.EqualTo(new[] { 7, 8, 9, 26, 27 }));
        Assert.That(Crystal.Of("mean", graph).Key, Is.EqualTo("Fe0.5Co0.3N0.4O1F0.6"));
    }

    [Test]
    public void A_place_that_holds_more_than_one_atom_has_no_mean()
    {
        CrystalStructure crystal = SmallCrystals.OfSites(SmallCrystals.Cubic(4), ("Fe", 0.8, 0, 0, 0), ("Co", 0.7, 0, 0, 0));
        Assert.That(GraphBuilder.TryCreate(crystal, SmallCrystals.Full, out Finding? problem), Is.Null);
        Assert.That(problem!.Value.Code, Is.EqualTo(PropertyFindings.Disordered));
    }

    [Test]
    public void Angles_of_a_cubic_crystal_are_those_of_its_neighbors()
    {
        CrystalGraph graph = SmallCrystals.FullGraphOf(SmallCrystals.All[1]);
        GraphLinks angles = graph.Angles!;
        Assert.That((graph.Bonds.Count, angles.Nodes, angles.Count), Is.EqualTo((28, 28, 28 * 13)));
        double third = 1.0 / 3, root = Math.Sqrt(third);
        Assert.That(
            angles.Values, Is.EqualTo(new[] { -1, -root, -third, 0, third, root }).Within(1e-9), "eight along diagonals, six along edges");
        Assert.That(
            angles.Shell[angles.First[0]..angles.First[1]].CountBy(shell => shell).OrderBy(pair => pair.Key).Select(pair => pair.Value),
            Is.EqualTo(new[] { 1, 3, 3, 3, 3 }), "of a diagonal: one opposite, edges at two angles, diagonals at two");
    }

    [Test]
    public void Graphs_are_kept_and_read_to_the_last_bit()
    {
        GraphRecord[] records =
        [
            .. SmallCrystals.All.Select((crystal, i) => new GraphRecord($"{i}", SmallCrystals.GraphOf(crystal), null)),
            new("disordered", SmallCrystals.FullGraphOf(SmallCrystals.Disordered), null),
            new("refused", null, new Finding(PropertyFindings.Overlap, "too close")),
        ];
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true))
            Array.ForEach(records, record => record.Write(writer));
        byte[] bytes = stream.ToArray();
        GraphRecord[] read = [.. GraphRecord.ReadAll(new MemoryStream(bytes))];
        Assert.That(read.Select(Text), Is.EqualTo(records.Select(Text)));
        Assert.That(() => GraphRecord.ReadAll(new MemoryStream(bytes[..^3])).Count(), Throws.InstanceOf<InvalidDataException>());

        static string Text(GraphRecord record) => System.Text.Json.JsonSerializer.Serialize(new
        {
            record.Id, record.Graph?.Elements, record.Graph?.Bonds, record.Graph?.Angles, record.Graph?.Shared,
            record.Problem?.Code.Name, record.Problem?.Message,
        });
    }

    private static FindingCode Refusal(params AtomSite[] sites)
    {
        Assert.That(GraphBuilder.TryCreate(
            CrystalStructure.Expand(new UnitCell(4, 4, 4, 90, 90, 90), [SymmetryOperation.Identity], sites), out Finding? problem),
            Is.Null);
        return problem!.Value.Code;
    }

    // All images within 8 A, one by one; the twelve nearest and those that are hardly farther.
    private static (int Atom, double Distance)[] Count(CrystalStructure crystal, int center)
    {
        const int Reach = 6;
        var found = new List<(int Atom, double Distance)>();
        for (int atom = 0; atom < crystal.AtomCount; atom++)
        {
            foreach (int a in Enumerable.Range(-Reach, 2 * Reach + 1))
            {
                foreach (int b in Enumerable.Range(-Reach, 2 * Reach + 1))
                {
                    foreach (int c in Enumerable.Range(-Reach, 2 * Reach + 1))
                    {
                        Fractional difference = crystal.Positions[atom] - crystal.Positions[center] + new Fractional(a, b, c);
                        double distance = crystal.Cell.ToCartesian(difference).Length;
                        if (distance is > 0 and <= 8)
                            found.Add((atom, distance));
                    }
                }
            }
        }

        found.Sort((left, right) => left.Distance.CompareTo(right.Distance));
        return [.. found.Where(entry => entry.Distance <= found[11].Distance + 0.01)];
    }
}
