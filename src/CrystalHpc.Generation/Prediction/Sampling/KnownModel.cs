using CrystalHpc.Core.Formulas;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Generation.Prediction.Sampling;

/// <summary>A model and the places of the crystals that it was trained on.</summary>
/// <param name="Model">The model.</param>
/// <param name="References">The crystals of the training; a formula may occur several times.</param>
/// <param name="Digest">SHA-256 of the model file.</param>
public sealed record KnownModel(IVoxelModel Model, IReadOnlyList<ReferencePoint> References, string Digest)
{
    private static readonly string Shipped = Path.Combine(AppContext.BaseDirectory, "models", GenerationModel.System, "model.safetensors");

    /// <summary>Reduced formulas of the training.</summary>
    public IReadOnlySet<string> Formulas { get; } = References.Select(reference => reference.Key).ToHashSet(StringComparer.Ordinal);

    /// <summary>Reads a model.</summary>
    /// <param name="path">The file; the one that ships when null.</param>
    /// <exception cref="UserException">There is none, or it is no model of this system and version, or it is damaged.</exception>
    public static KnownModel Open(string? path)
    {
        if (path is null && !File.Exists(Shipped))
            throw UserException.Unusable(
                "no model ships: train one by 'crystalhpc generate train configs/generate.json' and name its file by --model");
        string file = path ?? Shipped;
        (GenerationModel model, IReadOnlyList<ReferencePoint> references) = GenerationModel.Load(file);
        return new KnownModel(model, references, WholeFile.Digest(file));
    }

    /// <summary>The first crystal of the training with a formula; null when there is none.</summary>
    public LatentBase? Find(string formula)
    {
        if (!Formula.TryParse(formula, out Formula? parsed, out _))
            return null;
        string key = parsed.ReducedKey;
        return References.FirstOrDefault(reference => reference.Key == key) is { } found ? new LatentBase(key, found.Mean) : null;
    }
}
