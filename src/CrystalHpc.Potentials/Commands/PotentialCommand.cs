using System.CommandLine;
using CrystalHpc.Engine.Commands;

namespace CrystalHpc.Potentials.Commands;

/// <summary><c>crystalhpc potential</c>: neural potentials.</summary>
internal static class PotentialCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("potential", """
            Neural potentials: energies, forces and stress from symmetry functions and a network for each element, trained on computed structures.

            Examples:
              crystalhpc potential train configs/titania.json --run my-titania
              crystalhpc potential evaluate test.extxyz --model my-titania/model.safetensors --out judged
              crystalhpc potential predict relaxed.vasp --model my-titania/model.safetensors --json
            """)
        {
            PredictCommand.Create(context), EvaluateCommand.Create(context), TrainCommand.Create(context),
                DescribeCommand.Create(context), SelectCommand.Create(context), LabelCommand.Create(context),
        };
        return command;
    }
}
