namespace CrystalHpc.Potentials.Simulation;

/// <summary>What models warn of over many computations: each once, the first ones in full.</summary>
internal sealed class WarningList
{
    private const int Shown = 3;

    private readonly HashSet<string> _known = [];
    private readonly List<string> _first = [];

    /// <summary>Takes warnings.</summary>
    public void Add(IEnumerable<string> warnings)
    {
        foreach (string warning in warnings)
        {
            if (_known.Add(warning) && _first.Count < Shown)
                _first.Add(warning);
        }
    }

    /// <summary>The first ones, and how many more there are.</summary>
    public IReadOnlyList<string> Texts =>
        _known.Count <= Shown ? _first : [.. _first, FormattableString.Invariant($"{_known.Count - Shown} more warnings of this kind")];
}
