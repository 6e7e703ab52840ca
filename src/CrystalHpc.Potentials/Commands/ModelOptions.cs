using System.CommandLine;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Parallel;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.Analytic;
using CrystalHpc.Potentials.Prediction;
using CrystalHpc.Potentials.Simulation;

namespace CrystalHpc.Potentials.Commands;

/// <summary>Options of verbs that use a potential: the model, and what names and units the structures have.</summary>
internal sealed class ModelOptions
{
    /// <summary>The model that ships.</summary>
    public static readonly string Shipped = Path.Combine(AppContext.BaseDirectory, "models", "potential", "model.safetensors");

    private readonly Option<string?> _model;

    private readonly Option<FrameUnits?> _modelUnits = Units(
        "--model-units", "Units of a folder of n2p2. Default: bohr,hartree, or angstrom,eV where "
        + "its reference energies cannot be hartree.");

    private readonly Option<FrameUnits?> _units = Units("--units", "Units of XYZ and input.data. XYZ without: angstrom,eV.");
    private readonly Option<string?> _energy = Key("--energy-key", "Name of the energy in extended XYZ. Default: energy.");
    private readonly Option<string?> _forces = Key("--forces-key", "Name of the forces in extended XYZ. Default: forces, force.");

    /// <summary>Gives a verb the options.</summary>
    /// <param name="command">The verb.</param>
    /// <param name="hasLabels">It reads energies and forces, too.</param>
    /// <param name="takesAnalytic">It can use the analytic potentials, too: <see cref="ReadEnergyModel"/>.</param>
    public ModelOptions(Command command, bool hasLabels, bool takesAnalytic = false)
    {
        _model = new Option<string?>("--model")
        {
            Description = "Model file of a training or of MAISE, or a folder of n2p2 (input.nn, scaling.data, weights.*.data), "
                + "FOLDER/PREFIX where its files have a prefix"
                + (takesAnalytic ? $"; or {string.Join(", ", AnalyticModels.Names)}." : "."),
            HelpName = "MODEL",
        };
        command.Add(_model);
        command.Add(_modelUnits);
        command.Add(_units);
        if (!hasLabels)
            return;
        command.Add(_energy);
        command.Add(_forces);
    }

    /// <summary>How structures are read.</summary>
    public FrameReaderOptions Reader(ParseResult parsed) =>
        new() { Units = parsed.GetValue(_units), EnergyKey = parsed.GetValue(_energy), ForcesKey = parsed.GetValue(_forces) };

    /// <summary>The potential.</summary>
    /// <exception cref="UserException">There is none, or it cannot be used.</exception>
    public (string Path, PotentialModel Model) Read(ParseResult parsed)
    {
        string path = parsed.GetValue(_model)
            ?? (File.Exists(Shipped) ? Shipped : throw UserException.Configuration("name a model by --model"));
        return (path, PotentialFile.Read(path, parsed.GetValue(_modelUnits)));
    }

    /// <summary>The potential as what gives energies: a model, or one of the analytic potentials that are built in.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="team">Ranks that deal the atoms of each structure among them where the model can; null: this one alone.</param>
    /// <exception cref="UserException">There is none, or it cannot be used.</exception>
    public IEnergyModel ReadEnergyModel(ParseResult parsed, ICommunicator? team = null)
    {
        if (parsed.GetValue(_model) is { } name && AnalyticModels.Find(name) is { } analytic)
            return analytic;
        (string path, PotentialModel model) = Read(parsed);
        return new NeuralEnergyModel(path, model, team);
    }

    /// <summary>
    /// What decides the energies of <see cref="ReadEnergyModel"/>: the name of an analytic potential, or the digest of a model.
    /// </summary>
    public string IdentityOf(ParseResult parsed) => EnergyModels.IdentityOf(parsed.GetValue(_model) ?? Shipped);

    private static Option<string?> Key(string name, string description) => new(name) { Description = description, HelpName = "NAME" };

    private static Option<FrameUnits?> Units(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "LENGTH,ENERGY",
        CustomParser = result =>
        {
            if (FrameUnits.TryParse(result.Tokens[0].Value) is { } units)
                return units;
            result.AddError($"'{result.Tokens[0].Value}' is not a unit of length and one of energy; known: "
                + $"{string.Join(", ", FrameUnits.Words)}");
            return null;
        },
    };
}
