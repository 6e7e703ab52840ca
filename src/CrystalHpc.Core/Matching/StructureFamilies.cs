namespace CrystalHpc.Core.Matching;

/// <summary>
/// Sorts structures into families of the same structure, one after another. The first member of a family stands for it, so that the order
/// decides where being the same is not transitive. Only structures of one composition whose fingerprints are near are compared, the nearest
/// first.
/// </summary>
/// <param name="tolerance">How far structures may differ and be the same.</param>
public sealed class StructureFamilies(MatchTolerance tolerance)
{
    // Beyond the distances of all 361 pairs that are the same among the reference pairs of docs/matching.md (largest: 0.667).
    private const double FarApart = 0.7;

    private readonly StructureMatcher _matcher = new(tolerance);
    private readonly Dictionary<string, List<Family>> _byComposition = [];

    /// <summary>Number of families.</summary>
    public int Count { get; private set; }

    /// <summary>Finds the family of a structure, or begins one with it.</summary>
    /// <returns>Number of the family, from 0 in the order in which they began.</returns>
    public int Add(MatchableStructure structure)
    {
        ArgumentNullException.ThrowIfNull(structure);
        string composition = $"{string.Join(' ', structure.Kinds.ToArray())}|{string.Join(' ', structure.Starts.ToArray())}";
        if (!_byComposition.TryGetValue(composition, out List<Family>? families))
            _byComposition.Add(composition, families = []);
        if (families.Count > 0)
        {
            StructureFingerprint fingerprint = StructureFingerprint.Of(structure);
            IEnumerable<Family> near = families
                .Select(family => (Family: family, Distance: family.Fingerprint.DistanceTo(fingerprint)))
                .Where(candidate => candidate.Distance < FarApart)
                .OrderBy(candidate => candidate.Distance)
                .Select(candidate => candidate.Family);
            foreach (Family family in near)
            {
                if (_matcher.AreSame(family.First, structure))
                    return family.Number;
            }
        }

        families.Add(new Family(Count, structure));
        return Count++;
    }

    // Most compositions occur once: the fingerprint is made when a second one comes.
    private sealed class Family(int number, MatchableStructure first)
    {
        private StructureFingerprint? _fingerprint;

        public int Number { get; } = number;

        public MatchableStructure First { get; } = first;

        public StructureFingerprint Fingerprint => _fingerprint ??= StructureFingerprint.Of(First);
    }
}
