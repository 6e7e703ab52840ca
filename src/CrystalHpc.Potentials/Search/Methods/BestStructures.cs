namespace CrystalHpc.Potentials.Search.Methods;

/// <summary>The best structures so far, each energy once.</summary>
/// <param name="size">How many.</param>
internal sealed class BestStructures(int size)
{
    // Enthalpies of the same structure differ by less, eV.
    private const double SameElectronVolt = 1e-4;

    private readonly List<Individual> _structures = [];

    /// <summary>The structures, the best first.</summary>
    public IReadOnlyList<Individual> Structures => _structures;

    /// <summary>Takes a structure, or leaves it.</summary>
    public void Add(Individual structure)
    {
        if (!structure.IsUsable || _structures.Exists(known => Math.Abs(known.Enthalpy - structure.Enthalpy) < SameElectronVolt))
            return;
        int place = _structures.FindIndex(known => known.Enthalpy > structure.Enthalpy);
        _structures.Insert(place < 0 ? _structures.Count : place, structure);
        if (_structures.Count > size)
            _structures.RemoveAt(size);
    }
}
