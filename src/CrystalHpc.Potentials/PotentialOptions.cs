using System.ComponentModel.DataAnnotations;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Learning.Optimizers;
using CrystalHpc.Learning.Training;
using CrystalHpc.Potentials.Model.Descriptors;

namespace CrystalHpc.Potentials;

/// <summary>Ways to train a potential.</summary>
public enum TrainingMethod
{
    /// <summary>Extended Kalman filter: by far the best for forces.</summary>
    Kalman,

    /// <summary>L-BFGS on all samples at once; an epoch is an iteration.</summary>
    Lbfgs,

    /// <summary>Steps along gradients of batches, by the optimizer of <c>training</c>.</summary>
    Steps,
}

/// <summary>What a potential is trained on, and how.</summary>
/// <param name="Data">Structure files with energies, or folders of such: extended XYZ, XSF, input.data, packed (.gz) or not.</param>
/// <param name="EnergyKey">Name of the energy in extended XYZ; null: <c>energy</c>.</param>
/// <param name="ForcesKey">Name of the forces in extended XYZ; null: <c>forces</c> or <c>force</c>.</param>
/// <param name="StressKey">Name of the stress in extended XYZ; null: <c>stress</c>.</param>
/// <param name="VirialKey">Name of the virial in extended XYZ; null: <c>virial</c> or <c>virials</c>.</param>
/// <param name="Units">Units of XYZ and input.data, such as <c>bohr,hartree</c>; null: A and eV for XYZ.</param>
/// <param name="Functions">Symmetry functions: <c>artrith_urban</c> or <c>maise</c>.</param>
/// <param name="InputNn">Symmetry functions and hidden layers from an <c>input.nn</c> of n2p2, instead; null: none.</param>
/// <param name="CutoffAngstrom">Cutoff of the set, A; null: that of its source.</param>
/// <param name="Hidden">Widths of the hidden layers.</param>
/// <param name="References">Reference energies of free atoms, such as <c>O -432.503</c>, eV; what they leave is fitted to the data.</param>
/// <param name="EnergyWeight">Weight of the mean square error of energies, (eV/atom)^2.</param>
/// <param name="ForceWeight">Weight of that of force components, (eV/A)^2; 0: forces are not trained.</param>
/// <param name="StressWeight">Weight of that of stress components, (eV/A^3)^2; 0: stress is not trained.</param>
/// <param name="Method">How it is trained.</param>
/// <param name="Kalman">Settings of the Kalman filter.</param>
/// <param name="Training">Seed, epochs, patience; for steps also batch, optimizer and rate.</param>
/// <param name="Members">Number of networks of the committee; they differ in the seed.</param>
/// <param name="Refit">
/// Trains on validation rows, too, once settings are fixed; the report is about test rows then. Each network has a twin that does not see
/// the validation rows, from which standard errors follow.
/// </param>
/// <param name="StartFrom">Model whose weights the training starts from, with its functions; null: drawn weights.</param>
/// <param name="Strata">
/// Trains stratum by stratum: each element on structures of it alone, then each pair of elements on structures of these two with all
/// weights of the elements kept, then each three of them.
/// </param>
/// <param name="Kept">With <c>strata</c>: potentials of some of the elements that are kept as they are instead of being trained, such as
/// those of single elements.</param>
/// <param name="DerivativeMegabytes">Most memory of a rank for derivatives of symmetry functions; those beyond are computed again at each
/// use.</param>
public sealed record PotentialOptions(
    IReadOnlyList<string> Data,
    string? EnergyKey,
    string? ForcesKey,
    string? StressKey,
    string? VirialKey,
    string? Units,
    string Functions,
    string? InputNn,
    [property: Range(1.0, 30.0)] double? CutoffAngstrom,
    [property: Range(1, 4096)] IReadOnlyList<int> Hidden,
    IReadOnlyList<string> References,
    [property: Range(0.0, 1e9)] double EnergyWeight,
    [property: Range(0.0, 1e9)] double ForceWeight,
    [property: Range(0.0, 1e9)] double StressWeight,
    TrainingMethod Method,
    KalmanOptions Kalman,
    TrainingOptions Training,
    [property: Range(1, 64)] int Members,
    bool Refit,
    string? StartFrom,
    bool Strata,
    IReadOnlyList<string> Kept,
    [property: Range(1, 1_000_000)] int DerivativeMegabytes)
{
    private const int MostLayers = 16;

    /// <summary>What was best on validation frames of titania.</summary>
    public static PotentialOptions Default { get; } = new(
        [], null, null, null, null, null, "artrith_urban", null, null, [15, 15], [], EnergyWeight: 1, ForceWeight: 0.02, StressWeight: 0,
            TrainingMethod.Kalman,
        new KalmanOptions(Samples: 1, Decoupled: true, StartVariance: 1, StartNoise: 1e-4, EndNoise: 1e-6, ProcessNoise: 0, Memory: 1),
        TrainingOptions.Default with { Epochs = 6, Batch = 20, Shard = 5, Optimizer = OptimizerKind.Adamw, Rate = 1e-2, WeightDecay = 0,
            ClipNorm = null },
        Members: 1, Refit: false, StartFrom: null, Strata: false, Kept: [], DerivativeMegabytes: 1024);

    /// <summary>The section of the configuration.</summary>
    public static Section<PotentialOptions> Section { get; } = new("potential",
        "A neural potential: its data, its symmetry functions, its training.", Default)
    {
        MayBeOff = true,
        IsOffByDefault = true,
        PathKeys = ["data", "input_nn", "start_from", "kept"],
        Check = ProblemOf,
    };

    /// <summary>The section of a verb that trains on the files it names.</summary>
    /// <exception cref="UserException">There is none, or it names no file.</exception>
    internal static PotentialOptions Of(RunConfiguration configuration) =>
        configuration.Require(Section) is { Data.Count: > 0 } options ? options
        : throw UserException.Configuration("potential.data names no file");

    /// <summary>How the files are read.</summary>
    internal FrameReaderOptions ReaderOptions => new()
    {
        EnergyKey = EnergyKey, ForcesKey = ForcesKey, StressKey = StressKey, VirialKey = VirialKey, Units = Units is null ? null
            : FrameUnits.TryParse(Units),
    };

    /// <summary>Reference energies by element, eV.</summary>
    internal IReadOnlyDictionary<Element, double> ReferenceEnergies =>
        References.Select(ParseReference).ToDictionary(pair => pair!.Value.Element, pair => pair!.Value.Energy);

    private static string? ProblemOf(PotentialOptions options) =>
        options.Units is { } units && FrameUnits.TryParse(units) is null ? $"units '{units}' is not a unit of length and one of energy"
        : !NamedSets.Names.Contains(options.Functions) ? $"functions '{options.Functions}' is none of {string.Join(", ", NamedSets.Names)}"
        : options.Hidden.Count is 0 or > MostLayers ? $"hidden must be one to {MostLayers} widths"
        : options.References.FirstOrDefault(text => ParseReference(text) is null) is { } reference
            ? $"references: '{reference}' is not an element and an energy, such as 'O -432.503'"
        : options.References.Select(text => ParseReference(text)!.Value.Element).Distinct().Count() < options.References.Count
            ? "references name an element twice"
        : options.Strata && (options.InputNn ?? options.StartFrom) is not null
            ? "strata take named functions and drawn weights: neither input_nn nor start_from goes with them"
        : options.Kept.Count > 0 && !options.Strata ? "kept potentials are for strata"
        : options.EnergyWeight + options.ForceWeight + options.StressWeight == 0 ? "all weights are 0"
        : TrainingOptions.ProblemOf(options.Training);

    private static (Element Element, double Energy)? ParseReference(string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 2 && Element.TryParse(words[0], out Element element)
            && double.TryParse(words[1], System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture,
                out double energy) && double.IsFinite(energy)
            ? (element, energy)
            : null;
    }
}
