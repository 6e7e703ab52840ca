using System.Text;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Potentials.Simulation.Phonons;

/// <summary>The files of phonons, in a directory that is ours.</summary>
internal static class PhononFiles
{
    /// <summary>
    /// Writes <c>bands.csv</c>, <c>dos.csv</c>, <c>thermal.csv</c>, and what phonopy reads: <c>POSCAR-unitcell</c> and <c>FORCE_SETS</c>.
    /// </summary>
    public static void Write(string folder, PhononStudy study)
    {
        string[] branches = [.. Enumerable.Range(1, study.Matrix.BranchCount).Select(k => FormattableString.Invariant($"band_{k}_THz"))];
        WideTable.Write(
            Path.Combine(folder, "bands.csv"), ["line", "point", "distance_per_A", "q_a", "q_b", "q_c", .. branches],
            study.Bands.Points.Select(point => (IEnumerable<object?>)
            [
                point.Line, point.Label, point.Distance, Tidy(point.Q.X), Tidy(point.Q.Y), Tidy(point.Q.Z),
                .. point.Terahertz.Select(value => (object?)value),
            ]));
        Csv.Write(
            Path.Combine(folder, "dos.csv"),
            study.Mesh.Density().Select(row => new DensityRow(row.Terahertz, row.Terahertz * Units.WaveNumberPerTerahertz, row.Density)));
        Csv.Write(Path.Combine(folder, "thermal.csv"), study.Thermal);
        WriteText(folder, "FORCE_SETS", study.Sets.Write);
        string comment = $"crystalhpc: supercell {string.Join(' ', study.Sets.Supercell.Counts)} in FORCE_SETS";
        AtomFrame cell = new()
        {
            Species = study.Cell.Species, PositionsAngstrom = study.Cell.PositionsAngstrom, Cell = study.Cell.Cell,
            Periodicity = study.Cell.Periodicity, Properties = [new FrameProperty("comment", comment)],
        };
        WriteText(folder, "POSCAR-unitcell", output =>
            StructureFile.CreateWriter(output, StructureFormat.Poscar, null).Write(cell, new List<Finding>()));
    }

    // Fractions without the noise of their last digits.
    private static double Tidy(double fraction) => Math.Round(fraction, 12) + 0.0;

    private static void WriteText(string folder, string name, Action<TextWriter> write) =>
        WholeFile.Write(Path.Combine(folder, name), stream =>
        {
            using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
            write(text);
        });
}
