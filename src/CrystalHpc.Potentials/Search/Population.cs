namespace CrystalHpc.Potentials.Search;

/// <summary>
/// The structures that a search breeds from. Those of one family share a few places, so that the population does not become one family; a structure that is there
/// already gets none.
/// </summary>
/// <param name="size">Number of places.</param>
/// <param name="bonds">About how long bonds are.</param>
internal sealed class Population(int size, BondLengths bonds)
{
    private const int PlacesOfFamily = 3, Contenders = 3;

    // Enthalpies of the same structure differ by less, eV.
    private const double SameElectronVolt = 1e-4;

    private readonly List<(Individual Structure, Fingerprint Family)> _places = [];

    /// <summary>The structures, the best first.</summary>
    public IEnumerable<Individual> Structures => _places.Select(place => place.Structure).OrderBy(structure => structure.Enthalpy).ThenBy(structure => structure.Number);

    /// <summary>The best; null while there is none.</summary>
    public Individual? Best => Structures.FirstOrDefault();

    /// <summary>Takes a structure, or leaves it.</summary>
    public void Add(Individual structure)
    {
        if (!structure.IsUsable || _places.Exists(place => Math.Abs(place.Structure.Enthalpy - structure.Enthalpy) < SameElectronVolt))
            return;
        var family = Fingerprint.Of(structure.Frame, bonds);
        int[] like = [.. Enumerable.Range(0, _places.Count).Where(i => _places[i].Family.IsLike(family))];
        if (like.Length < PlacesOfFamily && _places.Count < size)
        {
            _places.Add((structure, family));
            return;
        }

        IEnumerable<int> rivals = like.Length >= PlacesOfFamily ? like : Enumerable.Range(0, _places.Count);
        int worst = rivals.MaxBy(i => _places[i].Structure.Enthalpy);
        if (structure.Enthalpy < _places[worst].Structure.Enthalpy)
            _places[worst] = (structure, family);
    }

    /// <summary>The best of a few that are drawn; null while there is none.</summary>
    public Individual? Draw(SearchRandom random)
    {
        Individual? best = null;
        for (int i = 0; i < Contenders && _places.Count > 0; i++)
        {
            Individual drawn = _places[random.Below(_places.Count)].Structure;
            best = best is null || drawn.Enthalpy < best.Enthalpy ? drawn : best;
        }

        return best;
    }
}
