using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Generation.Data;
using CrystalHpc.Generation.Prediction.Screening;

namespace CrystalHpc.Generation.Prediction.Sampling;

/// <summary>
/// Crystals that people name, in latent space: formulas of the library, else of the training, else CIF files of cubic crystals.
/// </summary>
/// <param name="known">The model and its training.</param>
/// <param name="library">Known crystals.</param>
/// <param name="defaults">The configuration without any file.</param>
public sealed class LatentBases(KnownModel known, ReferenceLibrary library, RunConfiguration defaults)
{
    /// <summary>The place of a crystal.</summary>
    /// <exception cref="UserException">It is not known and no file, or the model does not know an element.</exception>
    public LatentBase Of(string name)
    {
        if (library.Find(name) is { Cell: { } places } crystal)
        {
            RequireKnown(name, places);
            return LatentBase.Of(known.Model, crystal.Key, places, EnergyDeciles.Unknown);
        }

        return known.Find(name) ?? OfFile(name);
    }

    private LatentBase OfFile(string name)
    {
        if (!LooseStructures.Are(name))
            throw UserException.Unusable($"'{name}' is neither the formula of a known cubic crystal of these kinds nor a CIF file");
        StructureOutcome outcome = LooseStructures.Read(name, defaults, LooseStructures.Validation).First().Outcome;
        if (!outcome.IsAccepted || outcome.Structure is not { } structure)
            throw UserException.Unusable($"{name}: {string.Join(", ", outcome.Reasons.Select(reason => reason.Name))}");
        if (CubicCell.TryCreate(structure, out Finding? problem) is not { } cell)
            throw UserException.Unusable($"{name}: {problem!.Value.Code.Name}, {problem.Value.Message}");
        RequireKnown(name, cell);
        return LatentBase.Of(known.Model, Path.GetFileName(name), cell, EnergyDeciles.Unknown);
    }

    private void RequireKnown(string name, CubicCell cell)
    {
        foreach (Element element in cell.Elements)
        {
            if (known.Model.Species.PlaceOf(element.AtomicNumber) == SpeciesList.None)
                throw UserException.Unusable($"{name}: the model does not know {element.Symbol}");
        }
    }
}
