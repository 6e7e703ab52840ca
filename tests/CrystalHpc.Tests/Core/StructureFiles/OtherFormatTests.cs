using System.Globalization;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Core.StructureFiles;

/// <summary>XSF, input.data, POSCAR, CIF and plain XYZ: what is read, refused, kept and left out.</summary>
public sealed class OtherFormatTests
{
    private const string Vectors = "4 0 0\n0 5 0\n0 0 6\n";
    private const string Xsf = "# total energy = -1.5 eV\nCRYSTAL\nPRIMVEC\n" + Vectors
        + "PRIMCOORD\n2 1\nNa 0 0 0 1 0 0\nCl 2 2 2 -1 0 0\n";
    private const string Block =
        "begin\nlattice 4 0 0\nlattice 0 5 0\nlattice 0 0 6\natom 0 0 0 Na 0 0 1 0 0\natom 2 2 2 Cl 0 0 -1 0 0\nenergy -1.5\ncharge "
        + "0\nend\n";
    private const string Poscar = "halite\n1.0\n" + Vectors + "Na Cl\n1 1\nDirect\n0 0 0\n0.5 0.4 0.5\n";

    [TestCase(StructureFormat.Xsf)]
    [TestCase(StructureFormat.N2p2)]
    [TestCase(StructureFormat.Poscar)]
    [TestCase(StructureFormat.Xyz)]
    public void What_a_format_holds_survives_bit_for_bit_and_the_rest_is_told(StructureFormat format)
    {
        AtomFrame full = Frames.Crystal(), expected = full with { Properties = [], StressElectronVoltPerCubicAngstrom = null };
        expected = format switch
        {
            StructureFormat.Xsf => expected with { Arrays = [] },
            StructureFormat.N2p2 => expected with { Arrays = [], Properties = [full.Properties[0], new("total_charge", "0")] },
            StructureFormat.Poscar => expected with
            {
                Arrays = [full.Arrays[1]], Properties = [full.Properties[0]], EnergyElectronVolt = null,
                    ForcesElectronVoltPerAngstrom = null,
            },
            _ => expected with
            {
                Arrays = [], Properties = [full.Properties[0]], EnergyElectronVolt = null, ForcesElectronVoltPerAngstrom = null,
                    Cell = null,
                Periodicity = Periodicity.Cluster,
            },
        };
        (string text, List<Finding> findings) = Frames.Write(format, full);
        Frames.AssertSame(Frames.Single(format, text, format is StructureFormat.N2p2 ? Frames.Stated : null), expected);
        Assert.That(findings.Single().Code, Is.EqualTo(StructureFileFindings.ValueNotWritten));
        Assert.That(findings.Single().Message, Does.Contain("the stress").And.Contain("magmoms").And.Contain("free_energy"));
    }

    [Test]
    public void A_cif_block_keeps_distances_and_occupancies_of_cells_of_either_hand([Values] bool isLeftHanded)
    {
        AtomFrame frame = Frames.Crystal() with { Arrays = [new FrameArray<double>("occupancy", 1, [1, 0.5])] };
        if (isLeftHanded)
            frame = frame with { Cell = new Basis(frame.Cell!.Value.B, frame.Cell.Value.A, frame.Cell.Value.C) };
        AtomFrame back = Frames.Single(StructureFormat.Cif, Frames.Write(StructureFormat.Cif, frame).Text);
        Assert.That(back.Species, Is.EqualTo(frame.Species));
        Assert.That(back.Array<double>("occupancy")!.Values, Is.EqualTo(new[] { 1, 0.5 }));
        Assert.That(back.Cell!.Value.Volume, Is.EqualTo(Math.Abs(frame.Cell!.Value.Volume)).Within(1e-12));
        // Gram matrix of a, b, c and the vector between the atoms, and their common hand.
        Cartesian[] before = Basis(frame, isLeftHanded ? -1 : 1), after = Basis(back, 1);
        for (int i = 0; i < 4; i++)
        {
            for (int j = 0; j <= i; j++)
                Assert.That(Cartesian.Dot(after[i], after[j]), Is.EqualTo(Cartesian.Dot(before[i], before[j])).Within(1e-10));
        }

        // a, b, c turned round with a left-handed cell; the vector between the atoms stays.
        static Cartesian[] Basis(AtomFrame frame, int hand)
        {
            Basis c = frame.Cell!.Value;
            Cartesian difference = frame.PositionOf(1) - frame.PositionOf(0);
            Fractional f = c.ToFractional(difference);
            return [hand * c.A, hand * c.B, hand * c.C, c.ToCartesian(new Fractional(
                f.X - Math.Floor(hand * f.X) * hand, f.Y - Math.Floor(hand * f.Y) * hand, f.Z - Math.Floor(hand * f.Z) * hand))];
        }
    }

    [Test]
    public void The_energy_of_an_xsf_file_is_read_in_all_its_spellings(
        [Values("# total energy = -1.5 eV", "#total energy=-1.5eV", "# Total Energy: -1.5 EV",
        "# total energy = -1.5e0 eV")] string comment) =>
        Assert.That(Frames.Single(StructureFormat.Xsf, Xsf.Replace("# total energy = -1.5 eV", comment)).EnergyElectronVolt,
            Is.EqualTo(-1.5));

    [TestCase("eV\n", "Ha\n", "frame-unit", 1)]
    [TestCase("-1.5 eV", "NaN eV", "frame-number", 1)]
    [TestCase("CRYSTAL", "# total energy = 3 eV\nCRYSTAL", "frame-duplicate", 2)]
    [TestCase("CRYSTAL", "ANIMSTEPS 2\nCRYSTAL", "frame-unsupported", 2)]
    [TestCase("CRYSTAL", "CRISTAL", "frame-header", 2)]
    [TestCase("0 0 6", "0 6", "frame-cell", 6)]
    [TestCase("2 1\n", "3 1\n", "frame-truncated", 10)]
    [TestCase("2 1\n", "1 1\n", "frame-count", 10)]
    [TestCase("2 1\n", "", "frame-count", 8)]
    [TestCase("-1 0 0", "-1 0", "frame-columns", 10)]
    [TestCase("-1 0 0", "", "frame-columns", 10)]
    [TestCase("Cl", "Q", "frame-element", 10)]
    [TestCase("PRIMCOORD\n2 1\nNa 0 0 0 1 0 0\nCl 2 2 2 -1 0 0\n", "", "frame-truncated", 6)]
    public void An_xsf_file_is_refused_with_line_and_reason(string part, string wrong, string code, int line) =>
        Frames.AssertRefused(StructureFormat.Xsf, Replace(Xsf, part, wrong), Code(code), line);

    [Test]
    public void Grids_of_an_xsf_file_and_a_missing_unit_are_told()
    {
        const string Grid = "BEGIN_BLOCK_DATAGRID_3D\n2 2 2\nEND_BLOCK_DATAGRID_3D\n";
        FrameReading reading = Frames.Read(StructureFormat.Xsf, Xsf.Replace(" eV", "") + Grid)[0];
        Assert.That(reading.Frame!.EnergyElectronVolt, Is.EqualTo(-1.5));
        Assert.That(reading.Findings.Select(finding => finding.Code),
            Is.EqualTo(new[] { StructureFileFindings.UnitAssumed, StructureFileFindings.ValueIgnored }));
    }

    [Test]
    public void Atoms_of_an_xsf_file_without_a_cell_are_a_molecule()
    {
        AtomFrame frame = Frames.Single(StructureFormat.Xsf, "ATOMS\n11 0 0 0\n17 2 2 2\n\n\n");
        Assert.That((frame.Cell, frame.Periodicity, frame.AtomCount), Is.EqualTo(((Basis?)null, Periodicity.Cluster, 2)));
    }

    [TestCase("end\n", "", "frame-truncated", 8)]
    [TestCase("energy -1.5", "begin", "frame-truncated", 7)]
    [TestCase("lattice 0 0 6\n", "", "frame-cell", 8)]
    [TestCase("energy -1.5", "dipole 1", "frame-header", 7)]
    [TestCase("begin\n", "2\nbegin\n", "frame-header", 1)]
    [TestCase("begin\n", "begin element positions(3)\n", "frame-unsupported", 1)]
    [TestCase("-1 0 0\n", "-1 0\n", "frame-columns", 6)]
    [TestCase("energy -1.5", "energy -1.5\nenergy 2", "frame-duplicate", 8)]
    [TestCase("Cl", "Xx", "frame-element", 6)]
    [TestCase("energy -1.5", "energy nan", "frame-number", 7)]
    public void A_block_of_input_data_is_refused_with_line_and_reason(string part, string wrong, string code, int line) =>
        Frames.AssertRefused(StructureFormat.N2p2, Replace(Block, part, wrong), Code(code), line, Frames.Stated);

    [Test]
    public void A_refused_block_leaves_the_others()
    {
        string text = Block + Block.Replace("energy", "energie") + Block;
        Assert.That(Frames.Read(StructureFormat.N2p2, text, Frames.Stated).Select(reading => reading.Frame is not null),
            Is.EqualTo(new[] { true, false, true }));
    }

    [Test]
    public void Input_data_without_units_is_refused() => Frames.AssertRefused(StructureFormat.N2p2, Block, StructureFileFindings.Unit, 1);

    [Test]
    public void Input_data_needs_energy_and_forces_to_be_written()
    {
        AtomFrame without = Frames.Crystal() with { ForcesElectronVoltPerAngstrom = null };
        (string text, List<Finding> findings) = Frames.Write(StructureFormat.N2p2, without);
        Assert.That((text, findings.Single().Code), Is.EqualTo(("", StructureFileFindings.NotWritten)));
    }

    [TestCase("1.0\n", "2\n", 8, 4)]
    [TestCase("1.0\n", "-960\n", 8, 4)]
    [TestCase("1.0\n", "2 1 1\n", 8, 4)]
    [TestCase("Direct\n0 0 0\n0.5 0.4 0.5", "Cartesian\n0 0 0\n2 2 3", 4, 2)]
    [TestCase("1.0\n", "2.0 ! scale\n", 8, 4)]
    public void Scale_and_kind_of_coordinates_of_a_poscar_file_are_applied(string part, string other, double a, double x)
    {
        AtomFrame frame = Frames.Single(StructureFormat.Poscar, Replace(Poscar, part, other));
        Assert.That((frame.Cell!.Value.A.X, frame.PositionsAngstrom[3]), Is.EqualTo((a, x)).Within(1e-12));
        Assert.That(frame.Property("comment"), Is.EqualTo("halite"));
    }

    [Test]
    public void Selective_dynamics_become_a_mask()
    {
        string text = Replace(Poscar, "Direct\n0 0 0\n0.5 0.4 0.5", "Selective dynamics\nDirect\n0 0 0 T T F\n0.5 0.4 0.5 .FALSE. F T");
        Assert.That(Frames.Single(StructureFormat.Poscar, text).Array<bool>("move_mask")!.Values,
            Is.EqualTo(new[] { true, true, false, false, false, true }));
    }

    [Test]
    public void Elements_of_vasp_4_come_from_the_caller_or_the_comment()
    {
        string text = Replace(Poscar, "Na Cl\n", "");
        Frames.AssertRefused(StructureFormat.Poscar, text, StructureFileFindings.Element, 6);
        AtomFrame stated = Frames.Single(StructureFormat.Poscar, text,
            new FrameReaderOptions { PoscarSpecies = [Element.Of("K"), Element.Of("Br")] });
        Assert.That(stated.Species.Select(element => element.Symbol), Is.EqualTo(new[] { "K", "Br" }));
        FrameReading named = Frames.Read(StructureFormat.Poscar, text.Replace("halite", "Na Cl"))[0];
        Assert.That(named.Frame!.Species[1].Symbol, Is.EqualTo("Cl"));
        Assert.That(named.Findings.Single().Code, Is.EqualTo(StructureFileFindings.ElementGuessed));
    }

    [Test]
    public void Names_of_potentials_and_labels_of_rows_are_understood()
    {
        string text = Replace(Replace(Poscar, "Na Cl", "Na_pv Cl/8a7b"), "0.5 0.4 0.5", "0.5 0.4 0.5 Cl");
        Assert.That(Frames.Single(StructureFormat.Poscar, text).Species.Select(element => element.Symbol),
            Is.EqualTo(new[] { "Na", "Cl" }));
    }

    [Test]
    public void Velocities_of_a_contcar_file_are_told() => Assert.That(
        Frames.Read(StructureFormat.Poscar, Poscar + "\n0 0 0\n0 0 0\n")[0].Findings.Single().Code,
        Is.EqualTo(StructureFileFindings.ValueIgnored));

    [TestCase("1.0\n", "0\n", "frame-cell", 2)]
    [TestCase("1.0\n", "1 1\n", "frame-cell", 2)]
    [TestCase("0 0 6", "0 5 0", "frame-cell", 5)]
    [TestCase("Na Cl\n", "Na Qq\n", "frame-element", 6)]
    [TestCase("1 1\n", "1 0\n", "frame-count", 7)]
    [TestCase("1 1\n", "2\n", "frame-count", 7)]
    [TestCase("1 1\n", "1 2\n", "frame-truncated", 10)]
    [TestCase("2\n1 1\nDirect", "2\n1 1\n0 0 0", "frame-header", 8)]
    [TestCase("0.5 0.4 0.5", "0.5 0.4", "frame-number", 10)]
    [TestCase("0.5 0.4 0.5", "0.5 0.4 0.5 0.5", "frame-columns", 10)]
    [TestCase("0.5 0.4 0.5", "0.5 0.4 0.5 Na", "frame-duplicate", 10)]
    [TestCase("0.4 0.5\n", "0.4 0.5\n0.1 0.1 0.1\n", "frame-count", 11)]
    public void A_poscar_file_is_refused_with_line_and_reason(string part, string wrong, string code, int line) =>
        Frames.AssertRefused(StructureFormat.Poscar, Replace(Poscar, part.Replace("2\n1 1\nDirect", "Direct"),
            wrong.Replace("2\n1 1\n", "")), Code(code), line);

    [Test]
    public void A_format_of_one_frame_refuses_a_second([Values(StructureFormat.Xsf, StructureFormat.Poscar)] StructureFormat format)
    {
        (string once, _) = Frames.Write(format, Frames.Crystal());
        (string twice, List<Finding> findings) = Frames.Write(format, Frames.Crystal(), Frames.Crystal());
        Assert.That((twice, findings[^1].Code), Is.EqualTo((once, StructureFileFindings.NotWritten)));
    }

    [TestCase("a/POSCAR", StructureFormat.Poscar)]
    [TestCase("CONTCAR_relaxed", StructureFormat.Poscar)]
    [TestCase("a.b/x.XYZ.gz", StructureFormat.ExtendedXyz)]
    [TestCase("input.data", StructureFormat.N2p2)]
    [TestCase("x.cif", StructureFormat.Cif)]
    [TestCase("x.txt", null)]
    public void A_name_tells_the_format(string path, StructureFormat? format)
        => Assert.That(StructureFile.FormatOfFile(path), Is.EqualTo(format));

    // Reader of each format in ASE 3.22.1; ASE reads the forces of XSF as hartree/Å (CODATA 2014 in that version).
    [TestCase(StructureFormat.Xsf, "xsf", "a.get_forces() / ase.units.Hartree")]
    [TestCase(StructureFormat.Poscar, "vasp", "[]")]
    [TestCase(StructureFormat.Xyz, "xyz", "[]")]
    public void Ase_reads_the_same_numbers(StructureFormat format, string name, string forces)
    {
        using var folder = new TemporaryFolder();
        AtomFrame frame = Frames.Crystal() with { Arrays = [] };
        string path = folder.Write("frame", Frames.Write(format, frame).Text);
        string script = $"""
            import sys, ase.units, numpy as np
            from ase.io import read
            a = read(sys.argv[1], format="{name}")
            print(a.get_chemical_formula(), *[repr(float(x)) for x in [*a.positions.ravel(), *a.cell[:].ravel(), *np.ravel({forces})]])
            """;
        ChildResult result = Python.Run("ase", script, path);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        string[] words = result.Output.Trim().Split(' ');
        Basis c = format == StructureFormat.Xyz ? default : frame.Cell!.Value;
        double[] expected = [.. frame.PositionsAngstrom, c.A.X, c.A.Y, c.A.Z, c.B.X, c.B.Y, c.B.Z, c.C.X, c.C.Y, c.C.Z];
        if (format == StructureFormat.Xsf)
            expected = [.. expected, .. frame.ForcesElectronVoltPerAngstrom!];
        Assert.That(words[0], Is.EqualTo("MgO"));
        Assert.That(words[1..].Select(word => double.Parse(word, CultureInfo.InvariantCulture)), Is.EqualTo(expected).Within(1e-15));
    }

    private static string Replace(string text, string part, string other)
    {
        Assert.That(text, Does.Contain(part));
        return text.Replace(part, other, StringComparison.Ordinal);
    }

    private static FindingCode Code(string name) => StructureFileFindings.All.Single(code => code.Name == name);
}
