using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Thermodynamics;
using CrystalHpc.Potentials.Analysis;

namespace CrystalHpc.Potentials.Search.Evolution;

/// <summary>
/// The structures that a search breeds from. Those of one family share a few places, so that the population does not become one family; a
/// structure that is there already gets none.
/// </summary>
/// <param name="options">
/// The search: number of places, places of a family, contenders, what counts as the same, whether compositions compete.
/// </param>
/// <param name="bonds">About how long bonds are.</param>
internal sealed class Population(SearchOptions options, BondLengths bonds)
{
    private readonly Duplicates _duplicates = new(options.Same, bonds);
    private readonly List<Place> _places = [];

    /// <summary>The structures, the best first.</summary>
    public IEnumerable<Individual> Structures =>
        _places.OrderBy(place => place.Score).ThenBy(place => place.Structure.Number).Select(place => place.Structure);

    /// <summary>The best; null while there is none.</summary>
    public Individual? Best => Structures.FirstOrDefault();

    /// <summary>Takes a structure, or leaves it.</summary>
    public void Add(Individual structure)
    {
        if (!structure.IsUsable)
            return;
        object? mark = _duplicates.Mark(structure.Frame);
        int same = _places.FindIndex(place => _duplicates.AreSame(place.Structure, place.Mark, structure, mark));
        if (same >= 0 && (options.Same == SameTest.Enthalpy
            || structure.Enthalpy / structure.Frame.AtomCount >= EnthalpyAnAtom(_places[same])))
            return;
        var added = new Place(structure, Fingerprint.Of(structure.Frame, bonds), mark);
        if (same >= 0)
        {
            Put(same, added);
            return;
        }

        int[] like = [.. Enumerable.Range(0, _places.Count).Where(i => IsLike(_places[i], added))];
        if (like.Length < options.Family && _places.Count < options.Population)
        {
            Put(_places.Count, added);
            return;
        }

        IEnumerable<int> rivals = like.Length >= options.Family ? like : Enumerable.Range(0, _places.Count);
        double[] scores = Scores([.. _places, added]);
        int worst = rivals.MaxBy(i => scores[i]);
        if (scores[^1] < scores[worst])
            Put(worst, added);
    }

    /// <summary>The best of a few that are drawn; null while there is none.</summary>
    public Individual? Draw(SearchRandom random)
    {
        Place? best = null;
        for (int i = 0; i < options.Contenders && _places.Count > 0; i++)
        {
            Place drawn = _places[random.Below(_places.Count)];
            best = best is null || drawn.Score < best.Score ? drawn : best;
        }

        return best?.Structure;
    }

    private void Put(int index, Place place)
    {
        if (index == _places.Count)
            _places.Add(place);
        else
            _places[index] = place;
        double[] scores = Scores(_places);
        for (int i = 0; i < scores.Length; i++)
            _places[i].Score = scores[i];
    }

    // Enthalpies, or heights above the hull where compositions compete.
    private double[] Scores(List<Place> places) =>
        options.FreeComposition
            && ConvexHull.Of(places.Select(place => (place.Structure.Frame.Species, place.Structure.Enthalpy))) is { } hull
            ? [.. places.Select(place => EnthalpyAnAtom(place) - hull.EnergyOf(hull.SharesOf(place.Structure.Frame.Species)))]
            : [.. places.Select(place => place.Structure.Enthalpy)];

    private bool IsLike(Place a, Place b) => a.Family.IsLike(b.Family) && (!options.FreeComposition || Counts(a).SequenceEqual(Counts(b)));

    private static IEnumerable<Element> Counts(Place place) => place.Structure.Frame.Species.Order();

    private static double EnthalpyAnAtom(Place place) => place.Structure.Enthalpy / place.Structure.Frame.AtomCount;

    private sealed record Place(Individual Structure, Fingerprint Family, object? Mark)
    {
        public double Score { get; set; }
    }
}
