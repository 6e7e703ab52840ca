using CrystalHpc.Potentials.Search.Starts;

namespace CrystalHpc.Potentials.Search.Evolution;

/// <summary>Evolution: the first structures are starts, the others are bred from the population.</summary>
/// <param name="options">The search.</param>
/// <param name="starts">Structures without parents.</param>
/// <param name="bonds">About how long bonds are.</param>
internal sealed class EvolutionarySearch(SearchOptions options, StructureStarts starts, BondLengths bonds) : ISearchMethod
{
    private readonly Breeder _breeder = new(options, starts, bonds);
    private readonly Population _population = new(options, bonds);

    /// <inheritdoc/>
    public IEnumerable<Individual> Best => _population.Structures;

    /// <inheritdoc/>
    public Individual Make(int number) => _breeder.Make(number, _population);

    /// <inheritdoc/>
    public void Take(Individual structure) => _population.Add(structure);
}
