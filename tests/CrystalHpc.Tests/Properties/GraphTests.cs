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
