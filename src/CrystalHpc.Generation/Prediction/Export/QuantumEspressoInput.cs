using System.Text;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Generation.Prediction.Export;

/// <summary>Inputs of pw.x of Quantum ESPRESSO: one file for each structure.</summary>
public sealed class QuantumEspressoInput : ProgramInput
{
    /// <inheritdoc/>
    public override string Name => "qe";

    /// <inheritdoc/>
    public override IReadOnlyList<(string File, string Text)> Files(string name, CrystalStructure structure)
    {
        AtomFrame frame = FrameOf(structure);
        IReadOnlyList<Element> elements = ElementsOf(frame);
        Basis cell = frame.Cell!.Value, reciprocal = cell.Reciprocal;
        var text = new StringBuilder();
        text.Append(FormattableString.Invariant($"""
            ! {name}: a candidate of crystalhpc generate. Pseudopotentials of PBE go into pseudo_dir; set ecutwfc and ecutrho as they need.
            &CONTROL
              calculation = 'vc-relax'
              prefix = '{name}'
              pseudo_dir = './pseudo'
              outdir = './out'
              etot_conv_thr = {EnergyRydberg:0.0E-0}
              forc_conv_thr = {ForceRydbergPerBohr:0.0E-0}
            /
            &SYSTEM
              ibrav = 0
              nat = {frame.AtomCount}
              ntyp = {elements.Count}
              ecutwfc = 60
              ecutrho = 480
              occupations = 'smearing'
              smearing = 'cold'
              degauss = 0.01
              vdw_corr = 'grimme-d2'
            /
            &ELECTRONS
              conv_thr = 1.0E-8
            /
            &IONS
            /
            &CELL
            /
            ATOMIC_SPECIES

            """).ReplaceLineEndings("\n"));
        foreach (Element element in elements)
            text.Append(FormattableString.Invariant($"{element.Symbol} {ElementData.AtomicWeight(element)} {element.Symbol}.UPF\n"));
        text.Append("CELL_PARAMETERS angstrom\n");
        foreach (Cartesian vector in new[] { cell.A, cell.B, cell.C })
            text.Append($"{Number(vector.X)} {Number(vector.Y)} {Number(vector.Z)}\n");
        text.Append("ATOMIC_POSITIONS crystal\n");
        for (int atom = 0; atom < frame.AtomCount; atom++)
        {
            Fractional place = reciprocal.Project(frame.PositionOf(atom));
            text.Append($"{frame.Species[atom].Symbol} {Number(place.X)} {Number(place.Y)} {Number(place.Z)}\n");
        }

        text.Append($"K_POINTS automatic\n{string.Join(' ', Mesh(cell))} 0 0 0\n");
        return [(FileOf(name), text.ToString())];
    }

    /// <inheritdoc/>
    public override void Remove(string folder, string name) => Remove(Path.Combine(folder, Name, FileOf(name)));

    private static string FileOf(string name) => $"{name}.in";
}
