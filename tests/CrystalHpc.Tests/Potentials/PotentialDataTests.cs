using System.Globalization;
using System.Text;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Potentials.Data;
using CrystalHpc.Potentials.Prediction;

namespace CrystalHpc.Tests.Potentials;

/// <summary>What is found in labelled structures before a training begins, and how they are split.</summary>
public sealed class PotentialDataTests
{
    [Test]
    public void Sound_data_have_no_findings()
    {
        FrameData data = Read(Frame(2, -8.1), Frame(4, -16.3), Frame(2, -8.2), Frame(4, -16.1));
        Assert.That(data.Frames, Has.Count.EqualTo(4));
        Assert.That(data.Refused.Concat(data.Notes), Is.Empty);
    }

    [Test]
    public void A_structure_without_energy_is_refused() =>
        Assert.That(Codes(Read(Frame(2, -8), Frame(2, double.NaN)).Refused), Is.EqualTo([PotentialFindings.NoEnergy]));

    [Test]
    public void The_energy_of_one_atom_among_those_of_structures_is_refused()
    {
        FrameData data = Read(Frame(2, -8.1), Frame(4, -16.3), Frame(4, -4.1), Frame(2, -8.0), Frame(4, -16.2));
        Assert.That(Codes(data.Refused), Is.EqualTo([PotentialFindings.EnergyPerAtom]));
        Assert.That(data.Frames, Has.Count.EqualTo(4));
    }

    [Test]
    public void Energies_of_a_curve_that_pass_that_of_one_atom_are_taken()
    {
        FrameData data = Read(Frame(2, -8.1), Frame(4, -16.3), Frame(2, -4.1), Frame(2, -8.0), Frame(4, -16.2), Frame(2, -1));
        Assert.That(data.Refused, Is.Empty);
    }

    [Test]
    public void Curves_of_dimers_among_crystals_are_taken()
    {
        FrameData data = FrameData.Read([TestPaths.SharedOrIgnore("datasets/maise-cuag/cuag.extxyz.gz")], FrameReaderOptions.Default);
        Assert.That(data.Refused, Is.Empty);
        Assert.That(data.Frames, Has.Count.EqualTo(335));
    }

    [Test]
    public void Data_whose_energies_are_all_those_of_one_atom_stop_the_training()
    {
        UserException refusal = Assert.Throws<UserException>(() =>
            Read(Frame(2, -4.1), Frame(4, -4.05), Frame(2, -4.12), Frame(8, -4.11)))!;
        Assert.That(refusal.Message, Does.Contain("look like those of one atom"));
    }

    [Test]
    public void Outliers_large_forces_and_forces_without_balance_are_noted()
    {
        FrameData data = Read(Frame(2, -8.1), Frame(2, -8.11), Frame(2, -8.12), Frame(2, -3), Frame(2, -8.13, force: 60),
            Frame(2, -8.14, net: 0.1));
        Assert.That(Codes(data.Notes),
            Is.EquivalentTo([PotentialFindings.EnergyOutlier, PotentialFindings.ForceOutlier, PotentialFindings.NetForce]));
        Assert.That(data.Refused, Is.Empty);
    }

    [Test]
    public void The_same_structure_twice_is_noted_and_with_another_energy_as_a_contradiction()
    {
        FrameData data = Read(Frame(2, -8, shift: 0), Frame(2, -8, shift: 0), Frame(2, -8.1, shift: 0));
        Assert.That(Codes(data.Notes), Is.EqualTo([PotentialFindings.Duplicate, PotentialFindings.Contradiction]));
    }

    [Test]
    public void The_only_file_of_a_folder_is_split_by_its_name_and_the_number()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(Directory.CreateDirectory(folder["tio2-aenet-1000"]).FullName, "a.extxyz");
        File.WriteAllText(path, string.Concat(Enumerable.Range(0, 8).Select(i => Frame(2, -8 - 0.1 * i))));
        LabelledFrame[] frames = [.. FrameData.Read([path], FrameReaderOptions.Default).Frames];
        Assert.That(frames[7].Key, Is.EqualTo("tio2-aenet-1000:7"));
        Assert.That(frames[0].Part, Is.EqualTo(SplitPart.Training), "digit 4");
        Assert.That(frames[7].Part, Is.EqualTo(SplitPart.Test), "digit 0");
    }

    [Test]
    public void In_a_folder_of_several_files_copies_of_a_structure_stay_together()
    {
        using var folder = new TemporaryFolder();
        string home = Directory.CreateDirectory(folder["sets"]).FullName;
        File.WriteAllText(Path.Combine(home, "a.extxyz"), Frame(2, -8) + Frame(2, -9) + Frame(2, -8.000001) + Frame(4, -16));
        File.WriteAllText(Path.Combine(home, "b.xyz"), Frame(2, -8));
        IReadOnlyList<LabelledFrame> frames = FrameData.Read([home], FrameReaderOptions.Default).Frames;
        Assert.That(frames.Select(frame => frame.Key),
            Is.EqualTo(["sets/a.extxyz:0", "sets/a.extxyz:1", "sets/a.extxyz:0", "sets/a.extxyz:3", "sets/b.xyz:0"]));
    }

    [Test]
    public void Reference_energies_are_what_compositions_say()
    {
        FrameData data = Read(Frame(2, -8, symbol: "O"), Frame(4, -20, symbol: "Ti"), Frame(2, -8.2, symbol: "O"));
        Element o = Element.Of("O"), ti = Element.Of("Ti");
        Assert.That(EnergyReference.Fit([o, ti], data.Frames, new Dictionary<Element, double>()), Is.EqualTo([-4.05, -5.0]).Within(1e-4));
        Assert.That(EnergyReference.Fit([o, ti], data.Frames, new Dictionary<Element, double> { [o] = -4 }), Is.EqualTo([-4.05, -5.0])
            .Within(1e-4));
    }

    [Test]
    public void A_structure_with_an_element_that_the_model_does_not_know_is_refused_and_the_others_are_judged()
    {
        FrameData data = Read(Frame(2, -8), Frame(2, -8.1, symbol: "F"), Frame(2, -8.2));
        var refused = new List<FrameFinding>();
        Assert.That(JudgedFrame.Predict(PredictionTests.Draw(), data.Frames, refused), Has.Length.EqualTo(2));
        Assert.That(Codes(refused), Is.EqualTo([PotentialFindings.Structure]));
    }

    private static int s_made;

    private static FindingCode[] Codes(IEnumerable<FrameFinding> findings) => [.. findings.Select(entry => entry.Finding.Code)];

    private static FrameData Read(params string[] frames)
    {
        using var folder = new TemporaryFolder();
        string path = folder["data.extxyz"];
        File.WriteAllText(path, string.Concat(frames));
        return FrameData.Read([path], FrameReaderOptions.Default);
    }

    // A row of atoms 2 A apart; each frame lies elsewhere, so that none is a copy of another unless that is asked for.
    private static string Frame(int atoms, double energy, double force = 0.1, double net = 0, double? shift = null, string symbol = "O")
    {
        double origin = shift ?? 0.01 * ++s_made;
        var text = new StringBuilder();
        string label = double.IsNaN(energy) ? "" : FormattableString.Invariant($" energy={energy}");
        text.Append(CultureInfo.InvariantCulture,
            $"{atoms}\nLattice=\"20 0 0 0 20 0 0 0 20\" Properties=species:S:1:pos:R:3:forces:R:3{label}\n");
        for (int i = 0; i < atoms; i++)
            text.Append(CultureInfo.InvariantCulture, $"{symbol} {origin + 2 * i} 0 0 {(i % 2 == 0 ? force : -force) + net} 0 0\n");
        return text.ToString();
    }
}
