using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Thermodynamics;
using CrystalHpc.Potentials.Analysis;
using CrystalHpc.Potentials.Model.Analytic;
using CrystalHpc.Potentials.Search;
using CrystalHpc.Potentials.Search.Prototypes;
using CrystalHpc.Potentials.Search.Scan;
using CrystalHpc.Potentials.Simulation;
using CrystalHpc.Tests.Potentials.Analytic;

namespace CrystalHpc.Tests.Potentials.Analysis;

/// <summary>Hulls by hand, structure types by name, scans that find what is known.</summary>
public sealed class AnalysisTests
{
    private static readonly Element Cu = Element.Of("Cu"), Ag = Element.Of("Ag"), Pd = Element.Of("Pd");

    [Test]
    public void The_hull_of_two_elements_is_that_drawn_by_hand()
    {
        // Formation energies -3 at a quarter and -2 at a half: the line from a quarter to the end passes the half at -2, three quarters at
        // -1.
        ConvexHull hull = ConvexHull.Of([([Cu], -1), ([Ag], -2), ([Cu, Cu, Cu, Ag], 4 * (-1.25 - 3)), ([Cu, Ag], 2 * (-1.5 - 1.5))])!;
        double Formation(params Element[] species) => hull.EnergyOf(hull.SharesOf(species)) - hull.ReferenceOf(hull.SharesOf(species));
        Assert.Multiple(() =>
        {
            Assert.That(hull.Elements, Is.EqualTo([Cu, Ag]));
            Assert.That(Formation(Cu), Is.Zero.Within(1e-12));
            Assert.That(Formation(Cu, Cu, Cu, Ag), Is.EqualTo(-3).Within(1e-12));
            Assert.That(Formation(Cu, Ag), Is.EqualTo(-2).Within(1e-12));
            Assert.That(Formation(Cu, Ag, Ag, Ag), Is.EqualTo(-1).Within(1e-12));
        });
    }

    [Test]
    public void The_hull_of_three_elements_is_never_above_any_mixture()
    {
        var random = new SearchRandom(7, 0);
        List<(Element[] Species, double Energy)> phases = [([Cu], 0), ([Ag], 0), ([Pd], 0)];
        for (int i = 0; i < 60; i++)
        {
            Element[] species = [.. Enumerable.Range(0, 6).Select(_ => (Element[])[Cu, Ag, Pd]).Select(all => all[random.Below(3)])];
            phases.Add((species, 6 * random.Between(-1, 0.2)));
        }

        ConvexHull hull = ConvexHull.Of(phases)!;
        foreach ((Element[] species, double energy) in phases)
        {
            double[] shares = hull.SharesOf(species), potentials = hull.MixtureOf(shares).Potentials;
            Assert.That(hull.EnergyOf(shares), Is.LessThanOrEqualTo(energy / species.Length + 1e-9));

            // The plane lies below all structures and is met by a mixture of some: nothing else is the hull.
            Assert.That(phases.Min(phase => phase.Energy / phase.Species.Length - hull.SharesOf(phase.Species).Zip(potentials, (x, mu) =>
                x * mu).Sum()), Is.Zero.Within(1e-9));
        }
    }

    [Test]
    public void Without_an_element_by_itself_there_is_no_hull() => Assert.That(ConvexHull.Of([([Cu], -1), ([Cu, Ag], -3)]), Is.Null);

    [Test]
    public void Each_known_lattice_is_named_as_itself()
    {
        var types = new StructureTypes(KnownLattices.All);
        foreach (Prototype type in KnownLattices.All)
        {
            Element[] others = [.. ((Element[])[Ag, Pd, Cu])[..type.Kinds.Length]];
            (string name, double distance) = types.Find(Decoration.With(type, others))!.Value;
            Assert.That((name, distance < 0.01), Is.EqualTo((type.Name, true)));
        }
    }

    [TestCase("A1 (fcc)", 225)]
    [TestCase("A2 (bcc)", 229)]
    [TestCase("A3 (hcp)", 194)]
    [TestCase("A3' (dhcp)", 194)]
    [TestCase("A4 (diamond)", 227)]
    [TestCase("A15", 223)]
    [TestCase("B3 (ZnS)", 216)]
    [TestCase("B8_1 (NiAs)", 194)]
    [TestCase("B_h (WC)", 187)]
    [TestCase("L1_0 (CuAu)", 123)]
    [TestCase("D0_22 (Al3Ti)", 139)]
    [TestCase("D0_19 (Ni3Sn)", 194)]
    [TestCase("C11_b (MoSi2)", 139)]
    [TestCase("D0_3 (AlFe3)", 225)]
    [TestCase("C1_b (half-Heusler)", 216)]
    [TestCase("L2_1 (Heusler)", 225)]
    [TestCase("E2_1 (perovskite)", 221)]
    public void Known_lattices_have_their_space_groups(string name, int group) =>
        Assert.That(FrameSymmetry.Find(KnownLattices.All.Single(type => type.Name == name).Frame, 0.01)!.Symmetry.Number,
            Is.EqualTo(group));

    [Test]
    public void A_crystal_of_no_type_has_no_name()
    {
        AtomFrame rattled = MadeFrames.Rattle(MadeFrames.Repeat(MadeFrames.FaceCentered(3.9, "Cu", "Ag", "Ag", "Cu"), 2), 0.5, 3);
        Assert.That(new StructureTypes(KnownLattices.All).Find(rattled), Is.Null);
    }

    [Test]
    public void A_scan_decorates_each_type_once_and_scales_it_to_its_bonds()
    {
        var scan = new PrototypeScan(ScanOptions.Default with { Elements = ["Cu", "Ag"], MostElements = 2 }, KnownLattices.All);
        var bonds = new BondLengths([Cu, Ag], null);
        Individual[] starts = [.. Enumerable.Range(0, scan.Count).Select(scan.Make)];
        Assert.That(starts.Count(start => start.Operator == "B2 (CsCl)"), Is.EqualTo(1), "the elements may change places");
        Assert.That(starts.Count(start => start.Operator == "L1_2 (Cu3Au)"), Is.EqualTo(2));
        AtomFrame fcc = starts.First(start => start.Operator == "A1 (fcc)").Frame;
        Assert.That(fcc.Cell!.Value.A.Length / Math.Sqrt(2), Is.EqualTo(bonds.Of(Cu, Cu)).Within(1e-6));
    }

    [Test]
    public void Structures_are_ranked_once_each_with_height_symmetry_and_type()
    {
        AtomFrame Relaxed(AtomFrame frame) => new Relaxer(AnalyticModels.Find("gupta")!,
            Relaxer.OptionsOf(SearchOptions.Default)).Relax(new Individual(0, "made", [], frame)).Frame;
        AtomFrame ordered = Relaxed(MadeFrames.FaceCentered(3.85, "Ag", "Pd", "Pd", "Pd"));
        Phase[] given = [.. ((AtomFrame[])[Relaxed(MadeFrames.FaceCentered(4.06, "Ag")), Relaxed(MadeFrames.FaceCentered(3.9, "Pd")),
            ordered, MadeFrames.Repeat(ordered, 2)])
            .Select((frame, i) => new Phase($"{i}", frame, AnalyticModels.Find("gupta")!.Compute(frame, out _)!.EnergyElectronVolt,
                "made"))];
        (List<Phase> phases, ConvexHull? hull) = PhaseTable.Rank(given, AnalysisOptions.Default, new StructureTypes(KnownLattices.All));
        Assert.That(hull, Is.Not.Null);
        Assert.That(phases, Has.Count.EqualTo(3), "the supercell is the same structure");
        Phase alloy = phases.Single(phase => phase.Formula == "Pd3Ag");
        Assert.That((alloy.SpaceGroup, alloy.Type, alloy.AboveHull), Is.EqualTo(("Pm-3m", "L1_2 (Cu3Au)", (double?)0)));
        Assert.That(alloy.Formation, Is.Negative);

        EnvironmentRow[] rows = [.. EnvironmentRow.Of(alloy, new BondLengths([Ag, Pd], null))];
        Assert.That(rows.Select(row => (row.Element, row.Neighbors, row.Kinds)), Is.EqualTo([("Ag", 12, "Pd12"), ("Pd", 12, "Pd8 Ag4")]));
        Assert.That(rows.Select(row => row.Distortion), Is.All.LessThan(1e-6));
    }

    [Test]
    public void At_temperature_and_pressure_the_hull_is_that_of_Gibbs_energies()
    {
        Phase[] phases = [.. (((string, double)[])[("Cu", 3.61), ("Ag", 4.06)])
            .Select(entry => new Phase(entry.Item1, MadeFrames.FaceCentered(entry.Item2, entry.Item1), -1, "made"))];
        ThermalRow[] rows = [.. ThermalRow.Of(
            AnalyticModels.Find("gupta")!, phases,
            AnalysisOptions.Default with { TemperaturesKelvin = [0, 600], PressuresGigapascal = [0, 20] },
            (id, problem) => Assert.Fail($"{id}: {problem}"))];
        Assert.That(rows, Has.Length.EqualTo(8));
        Assert.That(rows.Select(row => row.Formation), Is.All.Zero.Within(1e-12));
        ThermalRow Row(double kelvin, double pressure) =>
            rows.Single(row => row.Id == "Cu" && row.Kelvin == kelvin && row.Gigapascal == pressure);
        Assert.That(Row(0, 0).Enthalpy, Is.EqualTo(-3.551107).Within(1e-5));
        Assert.That(Row(0, 0).Vibration, Is.InRange(0.028, 0.036), "the zero point");
        Assert.That(Row(600, 0).Vibration, Is.LessThan(-0.05));
        Assert.That(Row(0, 20).Vibration, Is.GreaterThan(Row(0, 0).Vibration), "phonons stiffen");
        Assert.That(Row(0, 20).Enthalpy - Row(0, 0).Enthalpy, Is.InRange(1.2, 1.48), "less than PV of the crystal at rest");
    }
}
