using System.CommandLine;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Potentials.Simulation.Relaxation;

namespace CrystalHpc.Potentials.Commands.Simulation;

/// <summary>Arguments and options that verbs on relaxed structures share.</summary>
internal sealed class SimulationOptions
{
    private readonly Argument<string[]> _inputs = new("INPUT") {
        Description = "Structure files, or folders of such.", Arity = ArgumentArity.OneOrMore };

    private readonly Option<double> _force = new("--force")
    {
        Description = "Atoms are relaxed until no component of a force is larger, eV/A.", HelpName = "F", DefaultValueFactory = _ => 0.001,
        CustomParser = result => NumberArgument.Parse(result, 1e-12, 1e3) ?? 0.001,
    };

    private readonly Option<int> _steps = new("--steps")
    {
        Description = "Steps after which to give up.", HelpName = "N",
        DefaultValueFactory = _ => 1_000, CustomParser = result => NumberArgument.Parse(result, 0, 10_000_000) ?? 1_000,
    };

    /// <summary>Gives a verb the arguments and options.</summary>
    public SimulationOptions(Command command)
    {
        command.Add(_inputs);
        command.Add(_force);
        command.Add(_steps);
        Model = new ModelOptions(command, hasLabels: false, takesAnalytic: true);
    }

    /// <summary>The model.</summary>
    public ModelOptions Model { get; }

    /// <summary>The structures.</summary>
    public List<SimulationInput> Inputs(ParseResult parsed) => SimulationInput.Read(parsed.GetRequiredValue(_inputs), Model.Reader(parsed));

    /// <summary>How they are relaxed.</summary>
    public RelaxationOptions Relaxation(ParseResult parsed) =>
        new() { LargestForceElectronVoltPerAngstrom = parsed.GetValue(_force), MostSteps = parsed.GetValue(_steps) };
}
