using CrystalHpc.Core.Numerics;

namespace CrystalHpc.BondValence.Equations;

/// <summary>
/// Where a row of an equation table comes from: numbers, since the names of all sites would take more room than their equations.
/// </summary>
/// <param name="Place">Index of the equation among those that the table was built from.</param>
/// <param name="Structure">Number of its structure among theirs.</param>
/// <param name="Group">Hash of the group id of the structure: <see cref="TextHash"/>.</param>
public readonly record struct EquationIdentity(int Place, int Structure, ulong Group);

/// <summary>
/// The equations of one shard as arrays, for the fit: equation i has the bonds BondOffsets[i] to BondOffsets[i + 1]. The bonds of a row are
/// sorted by key, then by distance; the rows by shape (numbers of bonds with equal keys), then by first key, otherwise as given. So a shard
/// always gives the same table, and a pass over it repeats each loop length many times, which processors predict well.
/// </summary>
public sealed class EquationTable
{
    private readonly EquationIdentity[] _identities;
    private readonly int[] _bondOffsets;
    private readonly int[] _keyIndices;
    private readonly double[] _distances;
    private readonly double[] _valences;
    private readonly double[] _weights;
    private readonly bool[] _isCation;

    private EquationTable(EquationIdentity[] identities, int[] bondOffsets, int[] keyIndices, double[] distances, double[] valences,
        double[] weights,
        bool[] isCation)
    {
        (_identities, _bondOffsets, _keyIndices) = (identities, bondOffsets, keyIndices);
        (_distances, _valences, _weights, _isCation) = (distances, valences, weights, isCation);
    }

    /// <summary>Number of equations.</summary>
    public int EquationCount => _valences.Length;

    /// <summary>Number of bonds of all equations.</summary>
    public int BondCount => _distances.Length;

    /// <summary>Origin of each equation.</summary>
    public ReadOnlySpan<EquationIdentity> Identities => _identities;

    /// <summary>First bond of each equation, length <c>EquationCount + 1</c>.</summary>
    public ReadOnlySpan<int> BondOffsets => _bondOffsets;

    /// <summary>Key of each bond: index into the key list that the table was built with.</summary>
    public ReadOnlySpan<int> KeyIndices => _keyIndices;

    /// <summary>Length of each bond, Å.</summary>
    public ReadOnlySpan<double> DistancesAngstrom => _distances;

    /// <summary>Target of each equation: the magnitude of the oxidation state of its center, v.u.</summary>
    public ReadOnlySpan<double> Valences => _valences;

    /// <summary>Statistical weight of each equation, such as 1 over the number of redeterminations of its structure.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>Whether the center of each equation is a cation.</summary>
    public ReadOnlySpan<bool> IsCation => _isCation;

    /// <summary>The keys that occur in the equations, sorted, each once.</summary>
    public static IReadOnlyList<BondKey> KeysOf(IEnumerable<SiteEquation> equations, KeyMode mode = KeyMode.Species) =>
        [.. equations.SelectMany(equation => equation.Bonds.Select(bond => KeyOf(equation, bond, mode))).Distinct().Order()];

    /// <summary>Builds the table of one shard.</summary>
    /// <param name="equations">Equations of the shard in its own fixed order (that of the manifest).</param>
    /// <param name="keys">Keys of the whole fit, sorted, each once; the same list for all shards.</param>
    /// <param name="weights">Positive weight of each equation, in the order of <paramref name="equations"/>.</param>
    /// <param name="mode">What tells keys apart; the one that <paramref name="keys"/> was made with.</param>
    /// <exception cref="ArgumentException">A bond's key is not in the list, the list is not sorted, or lengths differ.</exception>
    public static EquationTable Build(
        IReadOnlyList<SiteEquation> equations, IReadOnlyList<BondKey> keys, ReadOnlySpan<double> weights, KeyMode mode = KeyMode.Species)
    {
        ArgumentNullException.ThrowIfNull(equations);
        if (weights.Length != equations.Count)
            throw new ArgumentException("one weight for each equation is needed", nameof(weights));
        Dictionary<BondKey, int> indexOf = IndexKeys(keys);
        (int Key, double Distance)[][] bonds = new (int, double)[equations.Count][];
        for (int i = 0; i < bonds.Length; i++)
        {
            SiteEquation equation = equations[i];
            bonds[i] = [.. equation.Bonds
                .Select(bond => (Key: IndexOf(indexOf, KeyOf(equation, bond, mode)), Distance: bond.DistanceAngstrom))
                .OrderBy(bond => bond.Key).ThenBy(bond => bond.Distance)];
        }

        var structures = new Dictionary<string, int>(StringComparer.Ordinal);
        int[] structureOf = [.. equations.Select(equation => NumberOf(structures, equation.StructureId))];
        string[] shapes = [.. bonds.Select(row => string.Join(' ', row.CountBy(bond => bond.Key).Select(run => run.Value)))];
        int[] order = [.. Enumerable.Range(0, bonds.Length)
            .OrderBy(i => shapes[i], StringComparer.Ordinal).ThenBy(i => bonds[i].Length == 0 ? -1 : bonds[i][0].Key)];
        int bondCount = bonds.Sum(row => row.Length);
        EquationTable table = new(
            new EquationIdentity[order.Length], new int[order.Length + 1], new int[bondCount], new double[bondCount],
            new double[order.Length], new double[order.Length], new bool[order.Length]);
        int next = 0;
        for (int row = 0; row < order.Length; row++)
        {
            SiteEquation equation = equations[order[row]];
            table._identities[row] = new EquationIdentity(order[row], structureOf[order[row]], TextHash.Of(equation.GroupId));
            table._valences[row] = Math.Abs(equation.Center.Charge);
            table._weights[row] = weights[order[row]];
            table._isCation[row] = equation.IsCation;
            foreach ((int key, double distance) in bonds[order[row]])
            {
                table._keyIndices[next] = key;
                table._distances[next++] = distance;
            }

            table._bondOffsets[row + 1] = next;
        }

        return table;
    }

    /// <summary>The same rows with keys of another list.</summary>
    /// <param name="indexOf">Index in the other list of each key of this one; ascending, so that the order of rows and bonds holds.</param>
    internal EquationTable WithKeys(int[] indexOf) => new(
        _identities, _bondOffsets, Array.ConvertAll(_keyIndices, key => indexOf[key]), _distances, _valences, _weights, _isCation);

    /// <summary>The same rows with other weights.</summary>
    /// <param name="weightOf">Weight of a row.</param>
    internal EquationTable WithWeights(Func<int, double> weightOf) => new(
        _identities, _bondOffsets, _keyIndices, _distances, _valences, [.. Enumerable.Range(0, EquationCount).Select(weightOf)], _isCation);

    /// <summary>Some of the rows, in their order: the table that their equations alone would make.</summary>
    internal EquationTable Where(Func<int, bool> isKept)
    {
        int[] rows = [.. Enumerable.Range(0, EquationCount).Where(isKept)];
        int[] offsets = new int[rows.Length + 1];
        for (int i = 0; i < rows.Length; i++)
            offsets[i + 1] = offsets[i] + _bondOffsets[rows[i] + 1] - _bondOffsets[rows[i]];
        var (keys, distances) = (new int[offsets[^1]], new double[offsets[^1]]);
        for (int i = 0; i < rows.Length; i++)
        {
            int length = offsets[i + 1] - offsets[i];
            Array.Copy(_keyIndices, _bondOffsets[rows[i]], keys, offsets[i], length);
            Array.Copy(_distances, _bondOffsets[rows[i]], distances, offsets[i], length);
        }

        return new EquationTable(
            Pick(_identities), offsets, keys, distances, Pick(_valences), Pick(_weights), Pick(_isCation));

        T[] Pick<T>(T[] column) => Array.ConvertAll(rows, row => column[row]);
    }

    private static int NumberOf(Dictionary<string, int> numbers, string structure)
    {
        if (!numbers.TryGetValue(structure, out int number))
            numbers.Add(structure, number = numbers.Count);
        return number;
    }

    private static BondKey KeyOf(SiteEquation equation, EquationBond bond, KeyMode mode)
    {
        BondKey key = equation.KeyOf(bond);
        return mode == KeyMode.Species ? key : new BondKey(key.Cation with { Charge = 0 }, key.Anion with { Charge = 0 });
    }

    private static Dictionary<BondKey, int> IndexKeys(IReadOnlyList<BondKey> keys)
    {
        Dictionary<BondKey, int> indexOf = new(keys.Count);
        for (int i = 0; i < keys.Count; i++)
        {
            if (i > 0 && keys[i] <= keys[i - 1])
                throw new ArgumentException($"the keys are not sorted: '{keys[i]}' follows '{keys[i - 1]}'", nameof(keys));
            indexOf.Add(keys[i], i);
        }

        return indexOf;
    }

    private static int IndexOf(Dictionary<BondKey, int> indexOf, BondKey key) =>
        indexOf.TryGetValue(key, out int index) ? index : throw new ArgumentException($"the key '{key}' is not in the list", nameof(key));
}
