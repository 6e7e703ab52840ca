using System.CommandLine;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Engine.Terminals;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Simulation;
using CrystalHpc.Potentials.Simulation.Relaxation;

namespace CrystalHpc.Potentials.Commands.Simulation;

/// <summary><c>crystalhpc potential relax</c>.</summary>
internal static class RelaxCommand
{
    private const double SymmetryToleranceAngstrom = 0.01;

    public static Command Create(CommandContext context)
    {
        var command = new Command("relax", """
            Moves atoms, and strains the cell of crystals, until no force is left.

            Examples:
              crystalhpc potential relax rutile.cif --out relaxed.extxyz
              crystalhpc potential relax copper.vasp --model gupta --pressure 0 10 20 30 --csv enthalpies.csv
            """);
        var shared = new SimulationOptions(command);
        var pressures = new Option<double[]>("--pressure")
        {
            Description = "Pressures, one after another, GPa.", HelpName = "P",
            DefaultValueFactory = _ => [0], AllowMultipleArgumentsPerToken = true,
            CustomParser = result => NumberArgument.ParseAll(result, -1e4, 1e6),
        };
        var fixedCell = new Option<bool>("--fixed-cell") { Description = "Only atoms move." };
        var symmetry = new Option<bool>("--keep-symmetry") {
            Description = "Atoms and cell keep the space group that they have within 0.01 A." };
        var fire = new Option<bool>("--fire") { Description = "By FIRE instead of L-BFGS: slower and sturdier." };
        var output = new Option<string?>("--out") { Description = "Write the relaxed structures, extended XYZ.", HelpName = "FILE" };
        var trajectory = new Option<string?>("--trajectory") { Description = "Write the structures of all steps, extended XYZ.",
            HelpName = "FILE" };
        var csv = new Option<string?>("--csv") { Description = "Write a table: one line a structure and pressure.", HelpName = "FILE" };
        foreach (Option option in (Option[])[pressures, fixedCell, symmetry, fire, output, trajectory, csv])
            command.Add(option);
        command.SetAction(parsed => context.Runner.RunAlone(() =>
        {
            IEnergyModel energies = shared.Model.ReadEnergyModel(parsed);
            RelaxationOptions options = shared.Relaxation(parsed) with
            {
                WithCell = !parsed.GetValue(fixedCell), SymmetryToleranceAngstrom = parsed.GetValue(symmetry)
                    ? SymmetryToleranceAngstrom : null,
                WithFire = parsed.GetValue(fire),
            };
            List<SimulationInput> read = shared.Inputs(parsed);
            var passed = new List<AtomFrame>();
            List<(RelaxedRow Row, AtomFrame Frame)> relaxed = [.. read.SelectMany(input =>
                Relax(energies, input, options, parsed.GetRequiredValue(pressures),
                    parsed.GetValue(trajectory) is null ? null : passed.Add))];
            relaxed.ForEach(entry => entry.Row.Print(Terminal.Out));
            if (parsed.GetValue(output) is { } file)
                FrameOutput.Write(file, relaxed.Select(entry => entry.Frame));
            if (parsed.GetValue(trajectory) is { } path)
                FrameOutput.Write(path, passed);
            if (parsed.GetValue(csv) is { } table)
                NamedOutput.Write(table, RelaxedRow.Signature, stream => Csv.Write(stream, relaxed.Select(entry => entry.Row)));
            int wanted = read.Count * parsed.GetRequiredValue(pressures).Length;
            if (relaxed.Count < wanted)
                throw UserException.Unusable(FormattableString.Invariant($"{wanted - relaxed.Count} of {wanted} relaxations failed"));
        }));
        return command;
    }

    // Each pressure starts from the structure of the one before.
    private static IEnumerable<(RelaxedRow, AtomFrame)> Relax(
        IEnergyModel model, SimulationInput input, RelaxationOptions options, double[] pressures, Action<AtomFrame>? onStep)
    {
        AtomFrame frame = input.Frame;
        foreach (double pressure in pressures)
        {
            RelaxationOptions now = options with {
                PressureElectronVoltPerCubicAngstrom = pressure / Units.GigapascalPerElectronVoltPerCubicAngstrom };
            if (StructureRelaxation.Relax(model, frame, now, out string? problem, onStep) is not { } relaxed)
            {
                SimulationInput.Refuse(input.Name, problem);
                yield break;
            }

            frame = relaxed.Frame;
            yield return (RelaxedRow.Of(input.Name, pressure, relaxed), relaxed.Frame);
        }
    }
}
