using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.StructureFiles;

namespace CrystalHpc.Generation.Prediction.Export;

/// <summary>Inputs of VASP: a folder with POSCAR, INCAR and KPOINTS for each structure; POTCAR is the user's.</summary>
public sealed class VaspInput : ProgramInput
{
    private const double RydbergElectronVolt = 13.605693123, BohrAngstrom = 0.529177210903;

    private static readonly string[] Names = ["POSCAR", "INCAR", "KPOINTS"];

    /// <inheritdoc/>
    public override string Name => "vasp";

    /// <inheritdoc/>
    public override IReadOnlyList<(string File, string Text)> Files(string name, CrystalStructure structure)
    {
        AtomFrame frame = FrameOf(structure) with { Properties = [new("comment", $"{name}, a candidate of crystalhpc generate")] };
        using var poscar = new StringWriter { NewLine = "\n" };
        new PoscarWriter(poscar).Write(frame, new List<Finding>());
        string incar = FormattableString.Invariant($"""
            SYSTEM = {name}
            PREC = Accurate
            ENCUT = 520
            GGA = PE
            IVDW = 10
            EDIFF = {EnergyRydberg * RydbergElectronVolt / 100:0.0E-0}
            EDIFFG = {-ForceRydbergPerBohr * RydbergElectronVolt / BohrAngstrom:0.0000}
            IBRION = 2
            ISIF = 3
            NSW = 200
            ISMEAR = 0
            SIGMA = 0.05

            """).ReplaceLineEndings("\n");
        string points = $"automatic\n0\nGamma\n{string.Join(' ', Mesh(frame.Cell!.Value))}\n0 0 0\n";
        return [.. Names.Zip([poscar.ToString(), incar, points], (file, text) => (Path.Combine(name, file), text))];
    }

    /// <inheritdoc/>
    public override void Remove(string folder, string name)
    {
        foreach (string file in Names)
        {
            if (Directory.Exists(Path.Combine(folder, Name, name)))
                Remove(Path.Combine(folder, Name, name, file));
        }
    }
}
