using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Potentials.Search.Operators;
using CrystalHpc.Potentials.Search.Starts;
using CrystalHpc.Potentials.Simulation;

namespace CrystalHpc.Potentials.Search.Methods;

/// <summary>
/// Basin hopping (D. J. Wales and J. P. K. Doye, J. Phys. Chem. A 101 (1997) 5111): W walkers beside one another, structure n being the
/// next step of walker n mod W. A step moves all atoms,
/// in alloys sometimes exchanges some, in crystals sometimes strains the cell.
/// </summary>
/// <param name="options">The search.</param>
/// <param name="starts">Where walkers begin.</param>
/// <param name="bonds">About how long bonds are.</param>
internal sealed class BasinHopping(SearchOptions options, StructureStarts starts, BondLengths bonds) : ISearchMethod
{
    private const double Exchanges = 0.3, Strains = 0.3;

    private readonly Individual?[] _walkers = new Individual?[options.Window];
    private readonly BestStructures _best = new(options.Population);

    /// <inheritdoc/>
    public IEnumerable<Individual> Best => _best.Structures;

    /// <inheritdoc/>
    public Individual Make(int number)
    {
        var random = new SearchRandom((ulong)options.Seed, number);
        if (_walkers[number % _walkers.Length] is not { } walker)
            return starts.Make(number, random);
        bool isAlloy = walker.Frame.Species.Distinct().Skip(1).Any(), isCrystal = walker.Frame.Cell is not null;
        double choice = random.Between(0, 1);
        (string name, AtomFrame moved) = isAlloy && choice < Exchanges ? ("exchange", Mutations.Exchange(walker.Frame, random))
            : isCrystal && choice < Exchanges + Strains ? ("strain", Mutations.Strain(walker.Frame, random))
            : ("rattle", Mutations.Rattle(walker.Frame, bonds, random));
        return new Individual(number, name, [walker.Number], moved);
    }

    /// <inheritdoc/>
    public void Take(Individual structure)
    {
        _best.Add(structure);
        ref Individual? walker = ref _walkers[structure.Number % _walkers.Length];
        if (structure.IsUsable && (walker is null || IsAccepted(structure.Enthalpy - walker.Enthalpy, structure.Number)))
            walker = structure;
    }

    // The random numbers of the acceptance are others than those of the move.
    private bool IsAccepted(double rise, int number) => rise <= 0 || (options.TemperatureKelvin > 0
        && new SearchRandom(~(ulong)options.Seed, number).Between(0, 1)
            < Math.Exp(-rise / (Units.BoltzmannElectronVoltPerKelvin * options.TemperatureKelvin)));
}
