using System.CommandLine;
using CrystalHpc.Lattices.Prediction;

namespace CrystalHpc.Lattices.Commands;

/// <summary>The option that names a model; without it the one that ships.</summary>
internal static class ModelOption
{
    public static Option<string?> Create() => new("--model") {
        Description = "Model file, model.safetensors of a training; default: the model that ships.", HelpName = "FILE" };

    public static string PathOf(string? named) => named ?? Path.Combine(AppContext.BaseDirectory, "models", "lattice", "model.safetensors");

    public static LatticeModel Read(string? named) => LatticeModel.Read(PathOf(named));
}
