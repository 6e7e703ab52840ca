using System.CommandLine;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Potentials.Commands.Selection;
using CrystalHpc.Potentials.Commands.Simulation;

namespace CrystalHpc.Potentials.Commands;

/// <summary><c>crystalhpc potential</c>: neural potentials.</summary>
internal static class PotentialCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("potential", """
            Neural potentials: energies, forces and stress from symmetry functions and a network for each element, trained on
            computed structures.

            Examples:
              crystalhpc potential train configs/titania.json --run my-titania
              crystalhpc potential evaluate test.extxyz --model my-titania/model.safetensors --out judged
              crystalhpc potential predict relaxed.vasp --model my-titania/model.safetensors --json
            """)
        {
            TrainCommand.Create(context), EvaluateCommand.Create(context), PredictCommand.Create(context), DescribeCommand.Create(context),
            SelectCommand.Create(context), LabelCommand.Create(context), StudyCommand.Create(context), ConvertCommand.Create(context),
            RelaxCommand.Create(context), EosCommand.Create(context), ElasticCommand.Create(context), PhononsCommand.Create(context),
            VacancyCommand.Create(context), MdCommand.Create(context), ServeCommand.Create(context),
        };
        return command;
    }
}
