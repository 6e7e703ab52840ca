using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Engine.Terminals;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Simulation;
using CrystalHpc.Potentials.Simulation.Defects;
using CrystalHpc.Potentials.Simulation.Relaxation;

namespace CrystalHpc.Potentials.Commands.Simulation;

/// <summary><c>crystalhpc potential vacancy</c>.</summary>
internal static class VacancyCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("vacancy", """
            Formation energies of vacancies: one atom of each kind of site is taken out of a supercell, and the others relax at fixed cell.

            Examples:
              crystalhpc potential vacancy copper.vasp --model gupta
              crystalhpc potential vacancy rutile.cif --mu O=-437.5 Ti=-1613.9 --out vacancies.extxyz
            """);
        var input = new Argument<string>("INPUT") { Description = "A structure file with a crystal." };
        var length = new Option<double>("--length")
        {
            Description = "No edge of the supercell is shorter, A.", HelpName = "L", DefaultValueFactory = _ => 10,
            CustomParser = result => NumberArgument.Parse(result, 0.1, 1e3) ?? 10,
        };
        var potentials = new Option<Dictionary<Element, double>?>("--mu")
        {
            Description = "Energy of an atom of an element where the missing one goes, eV. A crystal of one element has its own.",
            HelpName = "El=eV", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = true, CustomParser = Potentials,
        };
        var force = new Option<double>("--force")
        {
            Description = "Relaxed when no component of a force is larger, eV/A.", HelpName = "F", DefaultValueFactory = _ => 0.001,
            CustomParser = result => NumberArgument.Parse(result, 1e-12, 1e3) ?? 0.001,
        };
        var unrelaxed = new Option<bool>("--no-relax")
        {
            Description = "The whole crystal stays as it is; without, its atoms and cell relax first.",
        };
        var output = new Option<string?>("--out") { Description = "Write the relaxed structures, extended XYZ.", HelpName = "FILE" };
        var csv = new Option<string?>("--csv") { Description = "Write a table: one line a vacancy.", HelpName = "FILE" };
        command.Add(input);
        foreach (Option option in (Option[])[length, potentials, force, unrelaxed, output, csv])
            command.Add(option);
        var model = new ModelOptions(command, hasLabels: false, takesAnalytic: true);
        command.SetAction(parsed => context.Runner.RunAlone(() =>
        {
            IEnergyModel energies = model.ReadEnergyModel(parsed);
            SimulationInput structure = SimulationInput.ReadOne(parsed.GetRequiredValue(input), model.Reader(parsed));
            Dictionary<Element, double> known = parsed.GetValue(potentials) ?? [];
            AskForMissing(structure, known);
            var options = new RelaxationOptions { LargestForceElectronVoltPerAngstrom = parsed.GetValue(force) };
            AtomFrame cell = parsed.GetValue(unrelaxed) ? structure.Frame : Relax(energies, structure, options);
            string? problem = "it is no crystal";
            int[] counts = cell.Cell is { } basis ? Supercell.CountsFor(basis, parsed.GetValue(length)) : [];
            if (counts.Length == 0 || Vacancy.Find(energies, cell, counts, known, options, out problem) is not { } found)
                throw UserException.Unusable($"{structure.Name}: {problem}");
            List<VacancyRow> rows = [.. found.Select(vacancy => VacancyRow.Of(structure.Name, vacancy))];
            rows.ForEach(row => row.Print(Terminal.Out));
            if (parsed.GetValue(output) is { } file)
                FrameOutput.Write(file, found.Select(vacancy => vacancy.Relaxed.Frame));
            if (parsed.GetValue(csv) is { } table)
                NamedOutput.Write(table, VacancyRow.Signature, stream => Csv.Write(stream, rows));
        }));
        return command;
    }

    private static AtomFrame Relax(IEnergyModel model, SimulationInput structure, RelaxationOptions options)
    {
        RelaxationOptions symmetric = options with { SymmetryToleranceAngstrom = 0.01 };
        if (StructureRelaxation.Relax(model, structure.Frame, symmetric, out string? problem) is not { } relaxed)
            throw UserException.Unusable($"{structure.Name}: {problem}");
        return relaxed.IsDone ? relaxed.Frame
            : throw UserException.Unusable($"{structure.Name}: its relaxation gave up; relax it first, or try --no-relax");
    }

    private static void AskForMissing(SimulationInput structure, Dictionary<Element, double> known)
    {
        Element[] elements = [.. structure.Frame.Species.Distinct().Order()];
        string[] missing = elements.Length == 1 ? []
            : [.. elements.Where(element => !known.ContainsKey(element)).Select(element => element.Symbol)];
        if (missing.Length > 0)
        {
            throw UserException.Configuration(
                $"{structure.Name}: where do atoms of {string.Join(", ", missing)} go? Give their energy there, eV an atom: "
                + $"--mu {string.Join(' ', missing.Select(symbol => $"{symbol}=..."))}");
        }
    }

    private static Dictionary<Element, double>? Potentials(ArgumentResult result)
    {
        var known = new Dictionary<Element, double>();
        foreach (string text in result.Tokens.Select(token => token.Value))
        {
            string[] parts = text.Split('=');
            if (parts.Length == 2 && Element.TryParse(parts[0], out Element element)
                && double.TryParse(parts[1], CultureInfo.InvariantCulture, out double energy) && double.IsFinite(energy))
                known[element] = energy;
            else
                result.AddError($"--mu takes an element and an energy in eV, such as Cu=-3.55, not '{text}'");
        }

        return known;
    }
}
