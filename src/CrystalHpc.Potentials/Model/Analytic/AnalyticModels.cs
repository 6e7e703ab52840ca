namespace CrystalHpc.Potentials.Model.Analytic;

/// <summary>The analytic potentials that are built in, by name.</summary>
public static class AnalyticModels
{
    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["gupta", "sutton_chen", "lennard_jones"];

    /// <summary>The potential of a name; null when there is none.</summary>
    public static IEnergyModel? Find(string name) => name switch
    {
        "gupta" => new EmbeddedAtomModel(new Gupta()),
        "sutton_chen" => new EmbeddedAtomModel(new SuttonChen()),
        "lennard_jones" => new EmbeddedAtomModel(new LennardJones()),
        _ => null,
    };
}
