using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.SpaceGroups;
using CrystalHpc.Engine.Systems;
using CrystalHpc.Generation.Data;
using CrystalHpc.Generation.Prediction.Sampling;
using CrystalHpc.Generation.Prediction.Screening;

namespace CrystalHpc.Tests.Generation.Screening;

/// <summary>What the systems say of crystals that everybody knows.</summary>
public sealed class ScreeningTests
{
    private static readonly CubicCell Zincblende = Cells.Of(
        5.653, "Ga 0 0 0; Ga 0 .5 .5; Ga .5 0 .5; Ga .5 .5 0; As .25 .25 .25; As .25 .75 .75; As .75 .25 .75; As .75 .75 .25");

    // Oxidation states leave one electron over.
    private static readonly CubicCell Charged = Cells.Of(3.905, "Na 0 0 0; Ti .5 .5 .5; O .5 .5 0; O .5 0 .5; O 0 .5 .5");

    private static readonly CrystalHpc.Generation.Prediction.Screening.Screening Judges = new(
        CommandLine.Systems.Judges(new JudgeOptions(DefaultPipeline.Configuration)), new KnownStructures(ReferenceLibrary.Read()), null);

    private static readonly CandidateTable Table = new(Judges.Columns, new HashSet<string> { "SrTiO3" });

    [Test]
    public void Strontium_titanate_is_neutral_unstrained_known_and_has_properties_with_intervals()
    {
        Dictionary<string, object?> row = RowOf(Cells.Perovskite);
        Assert.That(row["neutral"], Is.EqualTo("yes"));
        Assert.That(row["oxidation_states"], Is.EqualTo("Ti4+ Sr2+ O2-"));
        Assert.That(row["gii_vu"], Is.InRange(0.05, 0.2));
        Assert.That(row["known_as"], Is.EqualTo("perov5-14806"));
        Assert.That(row["formula_known"], Is.True);
        Assert.That(row["space_group"], Is.EqualTo(221));
        Assert.That(row[JudgedColumn.FormationEnergy], Is.InRange(-3.7, -3.2), "3.55 in the Materials Project");
        Assert.That((double)row[$"{JudgedColumn.FormationEnergy}_low90"]!, Is.LessThan((double)row[JudgedColumn.FormationEnergy]!));
        Assert.That(row["relaxation_note"], Does.Contain("does not know Sr"));
        Assert.That(row["relaxed"], Is.Null);
        Assert.That(row["hull_note"], Does.Contain("--hull"));
        Assert.That(row["warnings"], Does.Contain("moduli: no training crystal is much alike"));
        Assert.That(row["outside_training"], Does.Contain("bulk modulus"));
    }

    [Test]
    public void A_Heusler_compound_has_no_charges_and_no_instability_index_and_says_why()
    {
        Dictionary<string, object?> row = RowOf(Cells.Heusler);
        Assert.That((row["neutral"], row["gii_vu"]), Is.EqualTo(((object?)null, (object?)null)));
        Assert.That(row["valence_note"], Does.Contain("mean nothing"));
        Assert.That(row[$"{JudgedColumn.FormationEnergy}_heuslers"], Is.Not.Null, "by the model of its type, on a scale of its own");
    }

    [Test]
    public void Neutral_is_no_where_no_common_states_balance()
    {
        Assert.That(RowOf(Charged)["neutral"], Is.EqualTo("no"));
        Assert.That(RowOf(Zincblende)["neutral"], Is.EqualTo("yes"));
    }

    [Test]
    public void Titania_is_relaxed_by_the_potential_that_ships()
    {
        // Rutile, in a box of its own shape.
        var structure = CrystalStructure.Expand(
            new UnitCell(4.594, 4.594, 2.959, 90, 90, 90), [SymmetryOperation.Identity],
            [.. new[] { ("Ti", 0.0, 0.0, 0.0), ("Ti", .5, .5, .5), ("O", .305, .305, 0), ("O", .695, .695, 0), ("O", .195, .805, .5),
                ("O", .805, .195, .5) }.Select(
                atom => new AtomSite { Label = atom.Item1, Element = Element.Of(atom.Item1), Position = new Fractional(atom.Item2,
                    atom.Item3, atom.Item4) })]);
        SymmetrizedCrystal given = SymmetrizedCrystal.Of(KnownStructures.AtomsOf(structure), [0.1])!;
        ScreenedCandidate only = Judges.Screen([(null, given)], Assert.Fail)[0];
        Dictionary<string, object?> row = RowOf(only);
        Assert.That(row["relaxed"], Is.EqualTo("yes"));
        Assert.That((double)row["relaxation_gain_eV_atom"]!, Is.InRange(0, 0.05));
        Assert.That((double)row["volume_change_percent"]!, Is.InRange(-5, 5).And.Not.Zero);
        Assert.That(only.Crystal.Group, Is.EqualTo(136));
        Assert.That(only.Crystal.Structure.Cell.A, Is.Not.EqualTo(4.594).Within(1e-3), "the relaxed cell goes on");
    }

    [Test]
    public void A_judge_drops_and_the_reason_is_counted()
    {
        var dropping = new CrystalHpc.Generation.Prediction.Screening.Screening([new Dropping()],
            new KnownStructures(new ReferenceLibrary([])), null);
        var funnel = new Funnel();
        Assert.That(dropping.Screen([(null, Symmetric(Cells.Perovskite)), (null, Symmetric(Cells.Heusler))], funnel.Drop),
            Has.Count.EqualTo(1));
        Assert.That(funnel.Rows.Single(row => row.Step == "dropped"), Is.EqualTo(new FunnelRow("dropped", "test: five atoms", 1)));
    }

    private static Dictionary<string, object?> RowOf(CubicCell cell) => RowOf(Judges.Screen([(null, Symmetric(cell))], Assert.Fail)[0]);

    private static Dictionary<string, object?> RowOf(ScreenedCandidate candidate) =>
        Table.Columns.Zip(Table.Values(candidate)).ToDictionary(pair => pair.First, pair => pair.Second);

    private static SymmetrizedCrystal Symmetric(CubicCell cell) => SymmetrizedCrystal.Of(cell.ToAtomicCell(), [0.1])!;

    private sealed class Dropping : IStructureJudge
    {
        public string Name => "test";

        public IReadOnlyList<JudgedColumn> Columns { get; } = [new("atoms", "atoms")];

        public IReadOnlyList<StructureJudgment> Judge(IReadOnlyList<CrystalStructure> structures) => [.. structures.Select(structure =>
            new StructureJudgment([structure.AtomCount]) { DropReason = structure.AtomCount == 5 ? "five atoms" : null })];
    }
}
