using System.Globalization;
using System.Text;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Tests.Commands;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Core.StructureFiles;

/// <summary>Extended XYZ, by its text and by other programs that read it.</summary>
public sealed class ExtendedXyzTests
{
    private static readonly string Samples = Path.Combine(TestPaths.RepositoryRoot, "samples", "cod");

    // Halite, zircon-like low symmetry and a hexagonal cell: sample files of three systems.
    private static readonly string[] Files = ["9/00/86/9008678.cif", "5/00/00/5000035.cif", "1/00/00/1000041.cif"];

    [Test]
    public void A_frame_has_lattice_columns_and_one_line_for_each_atom()
    {
        var sites = new[]
        {
            new AtomSite { Label = "Cs", Element = Element.Of("Cs"), Charge = 1, Position = new Fractional(0, 0, 0) },
            new AtomSite { Label = "Cl", Element = Element.Of("Cl"), Charge = -1, Position = new Fractional(0.5, 0.5, 0.5), Occupancy = 0.75 },
        };
        Assert.That(SymmetryTriplet.TryParse("x,y,z", out SymmetryOperation identity), Is.True);
        CrystalStructure structure = CrystalStructure.Expand(new UnitCell(4, 4, 4, 90, 90, 90), [identity], sites);
        var text = new StringBuilder();
        ExtendedXyz.Append(text, structure, "a \"name\"");
        Assert.That(text.ToString().Split('\n'), Is.EqualTo(new[]
        {
            "2",
            "Lattice=\"4 0 0 0 4 0 0 0 4\" Properties=species:S:1:pos:R:3:site:I:1:occupancy:R:1:oxidation:R:1 pbc=\"T T T\" structure_id=\"a \\\"name\\\"\" space_group=\"\"",
            "Cs 0 0 0 0 1 1",
            "Cl 2 2 2 1 0.75 -1",
            "",
        }));
    }

    [Test]
    public void Ase_reads_what_was_written([ValueSource(nameof(Files))] string file)
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
