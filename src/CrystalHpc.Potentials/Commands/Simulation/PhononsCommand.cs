using System.CommandLine;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Terminals;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Simulation;
using CrystalHpc.Potentials.Simulation.Phonons;

namespace CrystalHpc.Potentials.Commands.Simulation;

/// <summary><c>crystalhpc potential phonons</c>.</summary>
internal static class PhononsCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("phonons", """
            Phonons of a crystal by finite displacements: bands, density of states, free energy by temperature, and files for phonopy.

            Examples:
              crystalhpc potential phonons rutile.cif --out rutile-phonons
              crystalhpc potential phonons copper.vasp --model gupta --supercell 5 5 5 --out copper-phonons
            """);
        var input = new Argument<string>("INPUT") { Description = "A structure file with a crystal." };
        var output = new Option<string>("--out")
        {
            Description = "Folder for bands.csv, dos.csv, thermal.csv, report.html, FORCE_SETS and POSCAR-unitcell.",
            HelpName = "DIR", Required = true,
        };
        var length = new Option<double>("--length")
        {
            Description = "No edge of the supercell is shorter, A; it has the symmetry of the crystal.", HelpName = "L",
            DefaultValueFactory = _ => 10, CustomParser = result => NumberArgument.Parse(result, 0.1, 1e3) ?? 10,
        };
        var counts = new Option<int[]>("--supercell")
        {
            Description = "Cells along each axis of the primitive cell, instead of a length.", HelpName = "N N N",
            AllowMultipleArgumentsPerToken = true, Arity = new ArgumentArity(3, 3),
            CustomParser = result => NumberArgument.ParseAll(result, 1, 100),
        };
        var displacement = new Option<double>("--displacement")
        {
            Description = "How far atoms are moved, A.", HelpName = "D", DefaultValueFactory = _ => 0.01,
            CustomParser = result => NumberArgument.Parse(result, 1e-5, 0.5) ?? 0.01,
        };
        var most = new Option<double>("--to")
        {
            Description = "Highest temperature, K.", HelpName = "T", DefaultValueFactory = _ => 1000,
            CustomParser = result => NumberArgument.Parse(result, 0, 1e5) ?? 1000.0,
        };
        var unrelaxed = new Option<bool>("--no-relax") { Description = "Atoms and cell stay as they are." };
        command.Add(input);
        foreach (Option option in (Option[])[output, length, counts, displacement, most, unrelaxed])
            command.Add(option);
        var model = new ModelOptions(command, hasLabels: false, takesAnalytic: true);
        command.SetAction(parsed => context.Runner.RunAlone(() =>
        {
            IEnergyModel energies = model.ReadEnergyModel(parsed);
            SimulationInput structure = SimulationInput.ReadOne(parsed.GetRequiredValue(input), model.Reader(parsed));
            string folder = Path.GetFullPath(parsed.GetRequiredValue(output));
            OwnedDirectory.Claim(folder);
            var options = new PhononOptions
            {
                Relaxes = !parsed.GetValue(unrelaxed), Counts = parsed.GetValue(counts) is { Length: 3 } chosen ? chosen : null,
                LengthAngstrom = parsed.GetValue(length), DisplacementAngstrom = parsed.GetValue(displacement),
                MostKelvin = parsed.GetValue(most),
            };
            if (PhononStudy.Of(energies, structure.Frame, options, out string? problem) is not { } study)
                throw UserException.Unusable($"{structure.Name}: {problem}");
            PhononFiles.Write(folder, study);
            PhononReport.Write(Path.Combine(folder, "report.html"), Path.GetFileName(structure.Name), energies.Name, study);
            Print(structure.Name, study, Terminal.Out);
        }));
        return command;
    }

    private static void Print(string name, PhononStudy study, TextWriter output)
    {
        void Line(string title, FormattableString text) => output.WriteLine($"  {title,-18} {FormattableString.Invariant(text)}");
        output.WriteLine(name);
        Line("Cell", $"{study.Cell.AtomCount} atoms, {study.SpaceGroup}, supercell {string.Join(" x ", study.Sets.Supercell.Counts)}");
        Line("Largest force", $"{study.Sets.LargestForceAtRest:0.000000} eV/A at rest");
        void Frequency(string title, double value) =>
            Line(title, $"{value:0.000;-0.000;0.000} THz, {value * Units.WaveNumberPerTerahertz:0.0;-0.0;0.0} 1/cm");
        Frequency("Lowest frequency", study.Lowest);
        Frequency("Highest frequency", study.Highest);
        Line("Free energy, 300 K", $"{study.At(300).FreeEnergy:0.00000} eV an atom; {study.EnergyAtRest:0.00000} eV at rest");
        foreach (string warning in study.Warnings)
            output.WriteLine($"  {"Warning",-18} {warning}");
    }
}
