using System.CommandLine;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Terminals;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.N2p2;

namespace CrystalHpc.Potentials.Commands;

/// <summary><c>crystalhpc potential convert</c>.</summary>
internal static class ConvertCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("convert", """
            Writes a potential as n2p2 has it (input.nn, scaling.data, weights.*.data; bohr and hartree), so that LAMMPS runs it
            by pair_style hdnnp.

            Example:
              crystalhpc potential convert --model my-titania/model.safetensors --out titania-n2p2
            """);
        var output = new Option<string>("--out") { Description = "The folder; it is made.", HelpName = "DIR", Required = true };
        var member = new Option<int>("--member")
        {
            Description = "Which network of a committee.", HelpName = "N",
            DefaultValueFactory = _ => 1, CustomParser = result => NumberArgument.Parse(result, 1, 64) ?? 1,
        };
        command.Add(output);
        command.Add(member);
        var model = new ModelOptions(command, hasLabels: false);
        command.SetAction(parsed => context.Runner.RunAlone(() =>
        {
            (_, PotentialModel potential) = model.Read(parsed);
            int number = parsed.GetValue(member);
            if (number > potential.Members.Count)
                throw UserException.Configuration(FormattableString.Invariant(
                    $"--member {number}: the model has {potential.Members.Count} networks"));
            string folder = Path.GetFullPath(parsed.GetRequiredValue(output));
            N2p2FolderWriter.Write(folder, potential, number - 1);
            Terminal.Out.WriteLine(FormattableString.Invariant(
                $"{folder}: {string.Join(' ', potential.Elements)}, cutoff {potential.Set.CutoffAngstrom:0.####} A"));
            if (potential.ShortRange.ShortestAngstrom.Any(distance => distance > 0))
                Terminal.Out.WriteLine("The repulsion of atoms closer than any in the training is not part of it: n2p2 has no such thing.");
        }));
        return command;
    }
}
