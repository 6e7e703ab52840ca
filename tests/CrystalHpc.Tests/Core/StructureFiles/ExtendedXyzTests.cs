using System.Globalization;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.SpaceGroups;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Tests.Commands;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Core.StructureFiles;

/// <summary>Extended XYZ: what is read, what is refused, and that everything survives writing and reading.</summary>
public sealed class ExtendedXyzTests
{
    private const StructureFormat Format = StructureFormat.ExtendedXyz;
    private const string Cell = "Lattice=\"4 0 0 0 5 0 0 0 6\"";
    private const string Columns = "Properties=species:S:1:pos:R:3";
    private const string Rows = "\nNa 0 0 0\nCl 2 2 2\n";

    private static readonly string Samples = Path.Combine(TestPaths.RepositoryRoot, "samples", "cod");

    // Halite, zircon-like low symmetry and a hexagonal cell: sample files of three systems.
    private static readonly string[] Files = ["9/00/86/9008678.cif", "5/00/00/5000035.cif", "1/00/00/1000041.cif"];

    [Test]
    public void Every_value_of_a_frame_survives_writing_and_reading()
    {
        AtomFrame frame = Frames.Crystal();
        (string text, List<Finding> findings) = Frames.Write(Format, frame);
        Assert.That(findings, Is.Empty);
        Frames.AssertSame(Frames.Single(Format, text), frame);
        Assert.That(Frames.Write(Format, Frames.Single(Format, text)).Text, Is.EqualTo(text));
    }

    [Test]
    public void A_molecule_survives_without_a_cell()
    {
        AtomFrame molecule = Frames.Crystal() with { Cell = null, Periodicity = Periodicity.Cluster,
            StressElectronVoltPerCubicAngstrom = null };
        Frames.AssertSame(Frames.Single(Format, Frames.Write(Format, molecule).Text), molecule);
    }

    [Test]
    public void A_structure_has_lattice_columns_and_one_line_for_each_atom()
    {
        var sites = new[]
        {
            new AtomSite { Label = "Cs", Element = Element.Of("Cs"), Charge = 1, Position = new Fractional(0, 0, 0) },
            new AtomSite { Label = "Cl", Element = Element.Of("Cl"), Charge = -1, Position = new Fractional(0.5, 0.5, 0.5),
            Occupancy = 0.75 },
        };
        CrystalStructure structure = CrystalStructure.Expand(new UnitCell(4, 4, 4, 90, 90, 90), [SymmetryOperation.Identity], sites);
        string text = Frames.Write(Format, CifFrames.Of(structure, "a \"name\"")).Text;
        Assert.That(text.Split('\n'), Is.EqualTo(new[]
        {
            "2",
            "Lattice=\"4 0 0 0 4 0 0 0 4\" Properties=species:S:1:pos:R:3:site:I:1:occupancy:R:1:oxidation:R:1 pbc=\"T T T\" "
            + "structure_id=\"a \\\"name\\\"\"",
            "Cs 0 0 0 0 1 1",
            "Cl 2 2 2 1 0.75 -1",
            "",
        }));
    }

    [TestCase("energy=-1.5", -1.5)]
    [TestCase("energy = -1.5", -1.5)]
    [TestCase("energy=\"-1.5\"", -1.5)]
    [TestCase("energy='_JSON -1.5'", -1.5)]
    [TestCase("Energy=-1.5D+00", -1.5)]
    [TestCase("energy=-1.5 eV", -1.5)]
    [TestCase("energy=-1.5 energy=-1.5", -1.5)]
    [TestCase("energies=-1.5", null)]
    [TestCase("note=\"energy=3 \\\"\" ", null)]
    public void The_energy_is_what_the_key_energy_says(string facts, double? energy) =>
        Assert.That(Frames.Single(Format, $"2\n{Cell} {Columns} {facts}{Rows}").EnergyElectronVolt, Is.EqualTo(energy));

    [TestCase("energy=nan", "frame-number")]
    [TestCase("energy=-1,234.5", "frame-number")]
    [TestCase("energy=\"1 2\"", "frame-number")]
    [TestCase("energy=1 energy=2", "frame-duplicate")]
    [TestCase("energy=1 Energy=2", "frame-duplicate")]
    [TestCase("note=1 note=2", "frame-duplicate")]
    [TestCase("energy=-1.5 hartree", "frame-unit")]
    [TestCase("note=\"open", "frame-header")]
    [TestCase("note=[1, 2", "frame-header")]
    [TestCase("note=\"a\"b", "frame-header")]
    [TestCase("energy=", "frame-header")]
    [TestCase("note= energy=-1", "frame-header")]
    [TestCase("pbc=\"T T\"", "frame-header")]
    [TestCase("stress=\"1 2 3\"", "frame-stress")]
    [TestCase("stress=\"0 1 0 -1 0 0 0 0 0\"", "frame-stress")]
    [TestCase("stress=\"6729 0 0 0 6729 0 0 0 6729\"", "frame-stress")]
    [TestCase("stress=\"0.1 0 0 0 0.1 0 0 0 0.1\" virial=\"12 0 0 0 12 0 0 0 12\"", "frame-stress")]
    public void Facts_that_cannot_be_believed_refuse_the_frame(string facts, string code) => Frames.AssertRefused(
        Format, $"2\n{Cell} {Columns} {facts}{Rows}", StructureFileFindings.All.Single(known => known.Name == code), 2);

    [TestCase("2\nLattice=\"1 2 3\"" + Rows, "frame-cell")]
    [TestCase("2\nLattice=\"4 0 0 0 4 0 4 4 0\"" + Rows, "frame-cell")]
    [TestCase("2\nLattice=\"0 0 0 0 0 0 0 0 0\" pbc=\"T T T\"" + Rows, "frame-cell")]
    [TestCase("2\npbc=\"T T T\"" + Rows, "frame-cell")]
    [TestCase("2\nProperties=species:S:1:pos:D:3" + Rows, "frame-header")]
    [TestCase("2\nProperties=species:S:1:pos:R" + Rows, "frame-header")]
    [TestCase("2\nProperties=pos:R:3:forces:R:1" + Rows, "frame-header")]
    [TestCase("2\nProperties=species:S:1:force:R:3" + Rows, "frame-header")]
    [TestCase("2\nProperties=species:S:1:pos:R:3:forces:R:3:force:R:3" + Rows, "frame-duplicate")]
    [TestCase("2\nProperties=species:S:1:pos:R:3:Z:I:1\nNa 0 0 0 11\nCl 2 2 2 18\n", "frame-duplicate")]
    [TestCase("2\n\nNa 0 0 0\nCl 2 2 inf\n", "frame-number")]
    [TestCase("2\n\nNa 0 0 0\nCl 2 2 2,5\n", "frame-number")]
    [TestCase("2\n\nNa 0 0 0\nCl 2 2.0-3.0 2\n", "frame-number")]
    [TestCase("2\n\nNa 0 0 0\nCl 2 2 2 2\n", "frame-columns")]
    [TestCase("2\n\nNa 0 0 0\nCl 2 2\n", "frame-columns")]
    [TestCase("2\n\nNa 0 0 0\nXx 2 2 2\n", "frame-element")]
    [TestCase("2\n\n1 0 0 0\n2 2 2 2\n", "frame-element")]
    [TestCase("2\n\nNa\u00a0 0 0 0\nCl 2 2 2\n", "frame-element")]
    [TestCase("2\n\nNa 0 0 0\n", "frame-truncated")]
    [TestCase("2\n", "frame-truncated")]
    [TestCase("1\n\nNa 0 0 0\nCl 2 2 2\n", "frame-count")]
    [TestCase("0\nenergy=0\n", "frame-count")]
    [TestCase("-2\nenergy=0\n", "frame-count")]
    [TestCase("2 atoms\n\nNa 0 0 0\nCl 2 2 2\n", "frame-count")]
    [TestCase("99999999999999999999\n\n", "frame-count")]
    [TestCase("2\nLattice=\"4 0 0 0 4 0 0 0 4\"\nNa 0 0 0\nCl 0 4 8\n", "frame-atoms-coincide")]
    [TestCase("2\nLattice=\"4 0 0 0 4 0 0 0 4\"\nNa 0 0 -0.001\nCl 4 4 8.001\n", "frame-atoms-coincide")]
    [TestCase("", "frame-none")]
    [TestCase("\n \n", "frame-none")]
    public void A_frame_that_cannot_be_read_is_refused(string text, string code)
    {
        FrameReading[] readings = Frames.Read(Format, text);
        Assert.That(readings, Has.Length.EqualTo(1));
        Assert.That(readings[0].Frame, Is.Null);
        Assert.That(readings[0].Findings[^1].Code.Name, Is.EqualTo(code), readings[0].Findings[^1].Message);
    }

    [Test]
    public void A_refused_frame_leaves_the_others()
    {
        const string Good = "1\nenergy=1\nNa 0 0 0\n";
        string[] bad =
        [
            "2\n\nNa 0 0 0\nCl x 0 0\n", "2\n\nNa 0 0 0\n", "1\n\nNa 0 0 0\nCl 1 1 1\n", "0\n\n", "one\n\nNa 0 0 0\n",
            "3\n\nXx 0 0 0\nNa 1 1 1\n",
            "1\nLattice=\"1\nNa 0 0 0\n",
        ];
        foreach (string text in bad)
        {
            FrameReading[] readings = Frames.Read(Format, $"{Good}\n{text}{Good}");
            Assert.That(readings.Select(reading => reading.Frame is not null), Is.EqualTo(new[] { true, false, true }), text);
            Assert.That(readings[2].Line, Is.EqualTo(5 + text.Count(c => c == '\n')), text);
        }
    }

    [Test]
    public void Nine_numbers_six_numbers_and_a_virial_give_the_same_stress()
    {
        double[] expected = [0.1, 0.2, 0.3, 0.04, 0.05, 0.06];
        string[] ways =
        [
            "stress=\"0.1 0.06 0.05 0.06 0.2 0.04 0.05 0.04 0.3\"", "stress=\"0.1 0.2 0.3 0.04 0.05 0.06\"",
            "stress=[[0.1,0.06,0.05],[0.06,0.2,0.04],[0.05,0.04,0.3]]",
            "virial=\"-12 -7.2 -6 -7.2 -24 -4.8 -6 -4.8 -36\"", "virials=\"-12 -24 -36 -4.8 -6 -7.2\"",
        ];
        foreach (string way in ways)
        {
            double[] stress = Frames.Single(Format, $"2\n{Cell} {way}{Rows}").StressElectronVoltPerCubicAngstrom!;
            Assert.That(stress, Is.EqualTo(expected).Within(1e-15), way);
        }
    }

    [Test]
    public void Stated_units_are_applied_to_every_value()
    {
        const string Text = "2\nLattice=\"4 0 0 0 5 0 0 0 6\" Properties=species:S:1:pos:R:3:forces:R:3 energy=2 stress=\"1 1 1 0 0 "
            + "0\"\nNa 0 0 0 1 0 0\nCl 2 2 2 -1 0 0\n";
        AtomFrame frame = Frames.Single(Format, Text, new FrameReaderOptions { Units = FrameUnits.TryParse("Bohr, hartree,GPa") });
        const double Bohr = 0.529177210544, Hartree = 27.211386245981;
        Assert.That(frame.EnergyElectronVolt, Is.EqualTo(2 * Hartree));
        Assert.That(frame.Cell!.Value.B.Y, Is.EqualTo(5 * Bohr));
        Assert.That(frame.PositionsAngstrom[4], Is.EqualTo(2 * Bohr));
        Assert.That(frame.ForcesElectronVoltPerAngstrom![0], Is.EqualTo(Hartree / Bohr));
        // 1 eV/Å³ is 160.2176634 GPa by the definition of the electronvolt.
        Assert.That(frame.StressElectronVoltPerCubicAngstrom![0], Is.EqualTo(1 / 160.2176634).Within(1e-15));
    }

    [TestCase("bohr")]
    [TestCase("bohr,angstrom,eV")]
    [TestCase("eV,furlong")]
    [TestCase("")]
    public void Units_that_are_no_units_are_not_taken(string text) => Assert.That(FrameUnits.TryParse(text), Is.Null);

    [Test]
    public void Other_names_are_used_when_asked_for_and_told_when_not()
    {
        const string Text = "2\nProperties=species:S:1:pos:R:3:REF_forces:R:3 REF_energy=-3 energy=7\nNa 0 0 0 1 0 0\nCl 2 2 2 -1 0 0\n";
        FrameReading plain = Frames.Read(Format, Text)[0];
        Assert.That((plain.Frame!.EnergyElectronVolt, plain.Frame.ForcesElectronVoltPerAngstrom), Is.EqualTo((7.0, (double[]?)null)));
        Assert.That(plain.Findings.Single().Code, Is.EqualTo(StructureFileFindings.KeyUnused));

        AtomFrame asked = Frames.Single(Format, Text, new FrameReaderOptions { EnergyKey = "REF_energy", ForcesKey = "REF_forces" });
        Assert.That(asked.EnergyElectronVolt, Is.EqualTo(-3));
        Assert.That(asked.ForcesElectronVoltPerAngstrom, Is.EqualTo(new[] { 1.0, 0, 0, -1, 0, 0 }));
        Assert.That(Frames.Write(Format, asked).Text, Does.Contain("energy=-3").And.Not.Contain("=7"));
    }

    [TestCase("rock salt, relaxed by hand, E = -6.7 eV (do not use)", "rock salt, relaxed by hand, E = -6.7 eV (do not use)")]
    [TestCase("it's free text", "it's free text")]
    [TestCase("", null)]
    public void A_comment_in_free_words_is_a_comment(string comment, string? kept)
    {
        AtomFrame frame = Frames.Single(Format, $"2\n{comment}{Rows}");
        Assert.That((frame.Property("comment"), frame.Properties.Count), Is.EqualTo((kept, kept is null ? 0 : 1)));
    }

    [TestCase("T T F", true, true, false)]
    [TestCase("true False TRUE", true, false, true)]
    [TestCase("1 0 0", true, false, false)]
    [TestCase("F", false, false, false)]
    [TestCase("[T, F, T]", true, false, true)]
    [TestCase("TTF", true, true, false)]
    public void Periodicity_is_read_in_all_its_spellings(string text, bool a, bool b, bool c) =>
        Assert.That(Frames.Single(Format, $"2\n{Cell} pbc=\"{text}\"{Rows}").Periodicity, Is.EqualTo(new Periodicity(a, b, c)));

    [Test]
    public void Sites_that_share_a_place_are_read_when_occupancies_tell_why()
    {
        const string Text = "2\nProperties=species:S:1:pos:R:3:occupancy:R:1\nNa 0 0 0 0.5\nK 0 0 0 0.5\n";
        AtomFrame frame = Frames.Single(Format, Text);
        (string text, List<Finding> findings) = Frames.Write(StructureFormat.Xyz, frame);
        Assert.That((text, findings.Single().Code), Is.EqualTo(("", StructureFileFindings.NotWritten)));
    }

    [Test]
    public void Numbers_instead_of_symbols_and_heavy_hydrogen_are_told()
    {
        Assert.That(Frames.Read(Format, "2\n\n11 0 0 0\n17 2 2 2\n")[0].Findings.Single().Code,
            Is.EqualTo(StructureFileFindings.ElementGuessed));
        Assert.That(Frames.Read(Format, "2\n\nD 0 0 0\nO 2 2 2\n")[0].Findings.Single().Code,
            Is.EqualTo(StructureFileFindings.ElementGuessed));
    }

    [Test]
    public void A_stress_beyond_what_solids_bear_is_told() =>
        Assert.That(Frames.Read(Format, $"2\n{Cell} stress=\"9 9 9 0 0 0\"{Rows}")[0].Findings.Single().Code,
            Is.EqualTo(StructureFileFindings.StressLarge));

    [Test]
    public void No_text_of_any_kind_throws([Range(0, 63)] int seed)
    {
        // Damaged copies of a sound file, in all formats.
        const string Alphabet = "\"'=[]{}\\ \t\n#-.:0123456789eEDTFnaL\u00a0\u2028";
        var random = new Random(seed);
        foreach (StructureFormat format in Enum.GetValues<StructureFormat>())
        {
            AtomFrame frame = Frames.Crystal();
            char[] text = (Frames.Write(format, frame).Text + Frames.Write(Format, frame).Text).ToCharArray();
            for (int i = 0; i < 12; i++)
                text[random.Next(text.Length)] = Alphabet[random.Next(Alphabet.Length)];
            string cut = new string(text)[..random.Next(1, text.Length)];
            foreach (FrameReading reading in Frames.Read(format, cut, Frames.Stated))
                Assert.That(reading.Frame is not null || reading.Findings.Any(finding => finding.Code.Severity == FindingSeverity.Error),
                    Is.True, cut);
        }
    }

    [Test]
    public void Ase_reads_the_same_numbers()
    {
        using var folder = new TemporaryFolder();
        AtomFrame frame = Frames.Crystal();
        string path = folder.Write("frame.xyz", Frames.Write(Format, frame with {
            Arrays = [.. frame.Arrays.Where(array => array.Name != "move_mask")] }).Text);
        const string Script = """
            import sys
            from ase.io import read
            a = read(sys.argv[1], format="extxyz")
            numbers = [*a.positions.ravel(), *a.cell[:].ravel(), a.get_potential_energy(), *a.get_forces().ravel(), *a.get_stress(), *a.arrays["id"]]
            print(a.get_chemical_formula(), a.pbc.all(), a.info["config_type"], a.info["comment"], "|", " ".join(repr(float(x)) for x in numbers))
            """;
        ChildResult result = Python.Run("ase", Script, path);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        string[] parts = result.Output.Trim().Split(" | ");
        Assert.That(parts[0], Is.EqualTo("MgO True bulk a \"quoted\" = 'text' \\ with, everything"));
        Basis c = frame.Cell!.Value;
        double[] expected =
        [
            .. frame.PositionsAngstrom, c.A.X, c.A.Y, c.A.Z, c.B.X, c.B.Y, c.B.Z, c.C.X, c.C.Y, c.C.Z, frame.EnergyElectronVolt!.Value,
            .. frame.ForcesElectronVoltPerAngstrom!, .. frame.StressElectronVoltPerCubicAngstrom!, 7, -3,
        ];
        Assert.That(parts[1].Split(' ').Select(word => double.Parse(word, CultureInfo.InvariantCulture)), Is.EqualTo(expected));
    }

    [Test]
    public void Ase_reads_exported_structures_as_it_reads_their_cif_files([ValueSource(nameof(Files))] string file)
    {
        using var folder = new TemporaryFolder();
        string output = folder["out.xyz"];
        ChildResult export = CrystalHpcCommand.Run("inspect", Path.Combine(Samples, file), "--export", output);
        Assert.That(export.ExitCode, Is.Zero, export.ToString());

        // The reader of ASE for the same CIF file is the reference: cell, number of atoms, elements, and the set of distances.
        const string Script = """
            import sys, warnings
            warnings.simplefilter("ignore")
            import numpy as np
            from ase.io import read
            ours, theirs = read(sys.argv[1], format="extxyz"), read(sys.argv[2])
            assert np.allclose(ours.cell.cellpar(), theirs.cell.cellpar(), atol=1e-6), (ours.cell.cellpar(), theirs.cell.cellpar())
            assert sorted(ours.get_chemical_symbols()) == sorted(theirs.get_chemical_symbols())
            assert all(ours.pbc)
            a, b = [np.sort(s.get_all_distances(mic=True).ravel()) for s in (ours, theirs)]
            assert np.allclose(a, b, atol=0.02), np.abs(a - b).max()
            assert abs(ours.arrays["oxidation"].sum()) < 1e-9
            print(len(ours), ours.info["structure_id"])
            """;
        ChildResult result = Python.Run("ase", Script, output, Path.Combine(Samples, file));
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(result.Output, Does.Contain(Path.GetFileNameWithoutExtension(file)));
    }

    [Test]
    public void Pymatgen_reads_what_was_written()
    {
        using var folder = new TemporaryFolder();
        CrystalHpcCommand.Run("inspect", Path.Combine(Samples, Files[0]), "--export", folder["out.xyz"]);
        const string Script = """
            import sys
            from pymatgen.core import Molecule
            from pymatgen.io.xyz import XYZ
            molecule = XYZ.from_file(sys.argv[1]).molecule
            print(molecule.composition.reduced_formula, len(molecule), "%.5f" % molecule.get_distance(0, 1))
            """;
        ChildResult result = Python.Run("pymatgen.io.xyz", Script, folder["out.xyz"]);
        string distance = (5.64056 / Math.Sqrt(2)).ToString("0.00000", CultureInfo.InvariantCulture);
        Assert.That(result.Output.Trim(), Is.EqualTo($"NaCl 8 {distance}"), result.ToString());
    }
}
