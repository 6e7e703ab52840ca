using CrystalHpc.Potentials.Search.Starts;

namespace CrystalHpc.Potentials.Search.Methods;

/// <summary>Starts that are relaxed, or annealed and relaxed, and nothing more.</summary>
/// <param name="options">The search.</param>
/// <param name="starts">The starts.</param>
internal sealed class StartsAlone(SearchOptions options, StructureStarts starts) : ISearchMethod
{
    private readonly BestStructures _best = new(options.Population);

    /// <inheritdoc/>
    public IEnumerable<Individual> Best => _best.Structures;

    /// <inheritdoc/>
    public Individual Make(int number) => starts.Make(number, new SearchRandom((ulong)options.Seed, number));

    /// <inheritdoc/>
    public void Take(Individual structure) => _best.Add(structure);
}
