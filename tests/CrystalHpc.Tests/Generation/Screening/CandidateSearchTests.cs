using System.Xml.Linq;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Systems;
using CrystalHpc.Generation.Data;
using CrystalHpc.Generation.Prediction;
using CrystalHpc.Generation.Prediction.Export;
using CrystalHpc.Generation.Prediction.Sampling;
using CrystalHpc.Generation.Prediction.Screening;

namespace CrystalHpc.Tests.Generation.Screening;

/// <summary>Draws become a folder of candidates: files, tables, a page.</summary>
public sealed class CandidateSearchTests
{
    private static readonly KnownCellsModel Model = new(Cells.CesiumChloride, Cells.Perovskite, Cells.Heusler);
    private static readonly ReferenceLibrary Library = new([new("here", "SrTiO3", CellClass.ABX3, 221, 3.9, "Sr 0;Ti 42;O 10,34,40")]);

    [Test]
    public void Conditions_drop_candidates_and_the_funnel_adds_up()
    {
        (IReadOnlyList<ScreenedCandidate> found, Funnel funnel, _) = Search("known_as=", "atoms>2");
        Assert.That(found.Select(candidate => candidate.Key), Is.EqualTo(new[] { "MnAlCu2" }));
        Assert.That(funnel.Rows.Select(row => row.Reason), Does.Contain("not known_as=").And.Contain("not atoms>2"));
        Assert.That(funnel.Rows.Where(row => row.Step == "dropped").Sum(row => row.Draws) + funnel.Kept,
            Is.EqualTo(funnel.Draws.Attempts).And.EqualTo(3));
        Assert.That(funnel.Rows[^1], Is.EqualTo(new FunnelRow("left", "candidates", 1)));
    }

    [Test]
    public void The_lowest_formation_energy_comes_first()
    {
        (IReadOnlyList<ScreenedCandidate> found, _, _) = Search();
        Assert.That(found.Select(candidate => candidate.Key), Is.EqualTo(new[] { "MnAlCu2", "SrTiO3", "CsCl" }),
            "by the number of atoms, as the test has it");
        Assert.That(found[1].KnownAs, Is.EqualTo("here"));
    }

    [Test]
    public void Files_are_read_back_as_the_structures_and_a_folder_with_other_things_is_left_alone()
    {
        using var folder = new TemporaryFolder();
        (IReadOnlyList<ScreenedCandidate> found, Funnel funnel, CandidateTable table) = Search();
        var made = new CandidateFolder(folder["made"]);
        made.Write(found, table, ProgramInput.All);
        made.Write(found, table, [ProgramInput.All[0]]);
        made.Write(funnel);
        Assert.That(Directory.GetFiles(folder["made"]).Select(Path.GetFileName), Is.EquivalentTo(
            new[] { "0001-MnAlCu2.cif", "0002-SrTiO3.cif", "0003-CsCl.cif", "candidates.csv", "funnel.csv" }));
        Assert.That(Directory.GetFiles(folder["made/qe"]), Has.Length.EqualTo(3));
        Assert.That(Directory.Exists(folder["made/vasp/0001-MnAlCu2"]), Is.False, "inputs of before go");
        foreach (ScreenedCandidate candidate in found)
        {
            byte[] text = CandidateFolder.ToCif(candidate);
            Assert.That(CandidateFolder.IsReadBack(text, candidate.Crystal.Structure));
            Assert.That(CandidateFolder.IsReadBack(text, found[(found.ToList().IndexOf(candidate) + 1) % 3].Crystal.Structure), Is.False);
        }

        string[] lines = File.ReadAllLines(Path.Combine(folder["made"], "candidates.csv"));
        Assert.That(lines[0], Does.StartWith("file,formula,type,space_group,atoms,a_A"));
        Assert.That(lines[2], Does.StartWith("0002-SrTiO3.cif,SrTiO3,ABX3,221,5,3.905,"));
        folder.Write("mine/notes.txt", "mine");
        Assert.That(() => new CandidateFolder(folder["mine"]).Write(found, table, []), Throws.InstanceOf<UserException>());
        Assert.That(File.Exists(folder["mine/notes.txt"]));
    }

    [Test]
    public void The_page_is_whole_and_shows_funnel_cells_map_and_table()
    {
        using var folder = new TemporaryFolder();
        (IReadOnlyList<ScreenedCandidate> found, Funnel funnel, _) = Search();
        ReferencePoint[] points = [.. Enumerable.Range(0, 9).Select(i => new ReferencePoint("x", (CellClass)(i % 3), [i]))];
        new CandidatePage(ScreeningOf(), new KnownModel(Model, points, new string('0', 64))).Write(
            folder["report.html"], "crystalhpc generate sample", found, funnel, [-1, 1]);
        XDocument page = XDocument.Parse(File.ReadAllText(folder["report.html"]).Replace("<!DOCTYPE html>", "", StringComparison.Ordinal));
        Assert.That(page.Descendants("section").Select(section => section.Attribute("id")!.Value), Is.EqualTo(new[] { "worth", "funnel",
            "cells", "map", "table" }));
        Assert.That(page.Descendants("tbody").Single().Elements("tr").Count(), Is.EqualTo(3));
        Assert.That(page.ToString(), Does.Contain("50.0 % of 2 known crystals").And.Contain("known as here"));
    }

    [Test]
    public void Inputs_of_programs_hold_all_atoms_and_the_published_settings()
    {
        var crystal = SymmetrizedCrystal.Of(Cells.Heusler.ToAtomicCell(), [0.1])!.Structure;
        string input = new QuantumEspressoInput().Files("x", crystal).Single().Text;
        Assert.That(input, Does.Contain("nat = 16").And.Contain("ntyp = 3").And.Contain("etot_conv_thr = 1.0E-4")
            .And.Contain("forc_conv_thr = 1.0E-3")
            .And.Contain("vdw_corr = 'grimme-d2'").And.Contain("K_POINTS automatic\n4 4 4 0 0 0"));
        IReadOnlyList<(string File, string Text)> files = new VaspInput().Files("x", crystal);
        Assert.That(files[0].Text, Does.Contain("Al Mn Cu\n4 4 8\n"));
        Assert.That(files[1].Text, Does.Contain("EDIFFG = -0.0257").And.Contain("IVDW = 10").And.Contain("GGA = PE"));
    }

    [Test]
    public void Directions_of_the_map_are_those_of_the_largest_spread()
    {
        float[][] points = [.. Enumerable.Range(0, 40).Select(i => new[] { (float)Math.Sin(i), 5 * (float)Math.Cos(3 * i),
            0.1f * (i % 2) })];
        (_, double[][] axes, double share) = LatentMap.PrincipalAxes(points);
        Assert.That(Math.Abs(axes[0][1]), Is.GreaterThan(0.99));
        Assert.That(Math.Abs(axes[1][0]), Is.GreaterThan(0.98));
        Assert.That(share, Is.GreaterThan(0.99));
    }

    private static (IReadOnlyList<ScreenedCandidate>, Funnel, CandidateTable) Search(params string[] conditions)
    {
        var screening = ScreeningOf();
        var table = new CandidateTable(screening.Columns, new HashSet<string>());
        var funnel = new Funnel();
        var search = new CandidateSearch(new Sampler(Model), screening, table, [.. conditions.Select(text => Condition.Parse(text,
            table.Columns))]);
        var wish = new SamplingWish(3, 1, null, null, new HashSet<Element>(), new HashSet<Element>(), 1000);
        return (search.Run(LatentSource.Between(new("", [0]), new("", [2]), 3), wish, funnel), funnel, table);
    }

    private static CrystalHpc.Generation.Prediction.Screening.Screening ScreeningOf() => new([new AtomCounter()],
        new KnownStructures(Library), null);

    private sealed class AtomCounter : IStructureJudge
    {
        public string Name => "test";

        public IReadOnlyList<JudgedColumn> Columns { get; } = [new(JudgedColumn.FormationEnergy, "minus the number of atoms",
            HasInterval: true)];

        public IReadOnlyList<StructureJudgment> Judge(IReadOnlyList<CrystalStructure> structures) => [.. structures.Select(structure =>
            new StructureJudgment([new Estimate(-structure.AtomCount, -structure.AtomCount - 1, 1 - structure.AtomCount)]))];
    }
}
