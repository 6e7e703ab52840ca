using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Terminals;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Simulation.Elasticity;
using CrystalHpc.Potentials.Simulation.Relaxation;

namespace CrystalHpc.Potentials.Commands.Simulation;

/// <summary><c>crystalhpc potential elastic</c>.</summary>
internal static class ElasticCommand
{
    private static readonly JsonSerializerOptions OneLine = new(JobSummary.Json) { WriteIndented = false };

    public static Command Create(CommandContext context)
    {
        var command = new Command("elastic", """
            Elastic constants of crystals: relaxed, strained six ways there and back with their atoms relaxed, with the symmetry
            of the crystal, and what follows from them.

            Example:
              crystalhpc potential elastic copper.vasp --model gupta
            """);
        var options = new SimulationOptions(command);
        var strain = new Option<double>("--strain")
        {
            Description = "Size of the strains.", HelpName = "S",
            DefaultValueFactory = _ => 0.002, CustomParser = result => NumberArgument.Parse(result, 1e-6, 0.1) ?? 0.002,
        };
        var json = new Option<bool>("--json") { Description = "For programs: one JSON object a line." };
        command.Add(strain);
        command.Add(json);
        command.SetAction(parsed => context.Runner.RunAlone(() =>
        {
            IEnergyModel model = options.Model.ReadEnergyModel(parsed);
            List<SimulationInput> inputs = options.Inputs(parsed);
            int failed = 0;
            foreach (SimulationInput input in inputs)
            {
                if (Compute(model, input, options.Relaxation(parsed), parsed.GetValue(strain)) is not { } constants)
                    failed++;
                else if (parsed.GetValue(json))
                    Terminal.Out.WriteLine(ToJson(input.Name, constants).ToJsonString(OneLine));
                else
                    Print(input.Name, constants);
            }

            if (failed > 0)
                throw UserException.Unusable(FormattableString.Invariant($"{failed} of {inputs.Count} structures failed"));
        }));
        return command;
    }

    // Forces that are left would be taken for stress: the relaxation of strained cells is tighter than that of the crystal.
    private static ElasticConstants? Compute(IEnergyModel model, SimulationInput input, RelaxationOptions relaxation, double strain)
    {
        string? problem = "elastic constants are those of a crystal";
        RelaxationOptions tight = relaxation with {
            LargestForceElectronVoltPerAngstrom = relaxation.LargestForceElectronVoltPerAngstrom / 10 };
        ElasticConstants? found = input.Frame.Periodicity == Periodicity.Crystal
            && StructureRelaxation.Relax(model, input.Frame, tight, out problem) is { } relaxed
            ? ElasticConstants.Compute(model, relaxed.Frame, strain, tight, out problem)
            : null;
        if (found is null)
            SimulationInput.Refuse(input.Name, problem);
        return found;
    }

    private static void Print(string name, ElasticConstants found)
    {
        ElasticTensor c = found.Tensor;
        Terminal.Out.WriteLine(FormattableString.Invariant(
            $"{name}, space group {found.SpaceGroup}; C in GPa, xx yy zz yz xz xy, +- {found.ErrorGigapascal:0.0}"));
        for (int row = 0; row < 6; row++)
            Terminal.Out.WriteLine("  " + string.Join(' ', Enumerable.Range(0, 6)
                .Select(column => c[row, column].ToString("0.0", CultureInfo.InvariantCulture).PadLeft(8))));
        (double bulk, double shear) = c.Hill;
        Terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {"Bulk modulus",-16} {bulk:0.0} GPa ({c.Reuss.Bulk:0.0} to {c.Voigt.Bulk:0.0}), shear modulus {shear:0.0} GPa "
            + $"({c.Reuss.Shear:0.0} to {c.Voigt.Shear:0.0})"));
        Terminal.Out.WriteLine(FormattableString.Invariant(
            $"  {"Young's modulus",-16} {c.Young:0.0} GPa, Poisson's ratio {c.Poisson:0.000}"));
        Terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {"Stability",-16} {(c.Eigenvalues[0] > 0 ? "stable" : "not stable")}: the lowest eigenvalue is {c.Eigenvalues[0]:0.0} "
            + $"GPa"));
        foreach (string warning in found.Warnings.Take(1))
            Terminal.Out.WriteLine($"  {"Warning",-16} {warning}");
    }

    private static JsonObject ToJson(string name, ElasticConstants found)
    {
        ElasticTensor c = found.Tensor;
        return new JsonObject
        {
            ["input"] = name,
            ["space_group"] = found.SpaceGroup,
            ["elastic_GPa"] = new JsonArray([.. Enumerable.Range(0, 6).Select(row
            => (JsonNode)new JsonArray([.. Enumerable.Range(0, 6).Select(column => (JsonNode)c[row, column])]))]),
            ["symmetry_error_GPa"] = found.ErrorGigapascal,
            ["bulk_modulus_GPa"] = c.Hill.Bulk,
            ["shear_modulus_GPa"] = c.Hill.Shear,
            ["young_modulus_GPa"] = c.Young,
            ["poisson_ratio"] = c.Poisson,
            ["lowest_eigenvalue_GPa"] = c.Eigenvalues[0],
            ["warnings"] = new JsonArray([.. found.Warnings.Select(warning => (JsonNode)warning)]),
        };
    }
}
