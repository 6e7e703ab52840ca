using System.CommandLine;
using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Properties.Commands;

/// <summary>The models that ship, each in a folder of its name, and the option that names one.</summary>
internal static class ShippedModels
{
    private const string FileName = "model.safetensors";

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "models", "property");

    /// <summary>The option that names a model.</summary>
    /// <param name="otherwise">What holds without it; null: it is required.</param>
    public static Option<string?> CreateOption(string? otherwise) => new("--model")
    {
        Description = "Model: model.safetensors of a training, or the name of one that ships, see models/property/README.md"
            + (otherwise is null ? "." : $"; default: {otherwise}."),
        HelpName = "FILE", Required = otherwise is null,
    };

    /// <summary>The file of a model that is named by its path, or, when it ships, by its name.</summary>
    public static string PathOf(string named)
    {
        string shipped = Path.Combine(Folder, named, FileName);
        return !File.Exists(named) && File.Exists(shipped) ? shipped : named;
    }

    /// <summary>The files of all that ship; none where none lie beside the program.</summary>
    public static IReadOnlyList<string> All() => Directory.Exists(Folder)
        ? [.. Directory.EnumerateFiles(Folder, FileName, SearchOption.AllDirectories).Order(StringComparer.Ordinal)] : [];

    /// <summary>The file of the model that is named, or those of all that ship.</summary>
    /// <exception cref="UserException">There is none.</exception>
    public static IReadOnlyList<string> FilesOf(string? named)
    {
        if (named is not null)
            return [PathOf(named)];
        IReadOnlyList<string> files = All();
        return files.Count > 0 ? files : throw UserException.Unusable($"{Folder} holds no models; name one by --model");
    }
}
