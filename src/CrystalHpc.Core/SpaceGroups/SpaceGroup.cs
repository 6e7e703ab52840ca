using System.Globalization;

namespace CrystalHpc.Core.SpaceGroups;

/// <summary>
/// One setting of a space group: a choice of axes and origin (International Tables B, table A1.4.2.7). There are 530 tabulated settings of
/// the 230 groups; files use a few more.
/// </summary>
public sealed class SpaceGroup
{
    private static readonly Lazy<SpaceGroup[]> LoadedTabulated = new(() => Load("SpaceGroupSettings"));
    private static readonly Lazy<SpaceGroup[]> LoadedAll = new(() => [.. LoadedTabulated.Value, .. Load("FurtherSettings")]);
    private static readonly Lazy<ILookup<ulong, SpaceGroup>> ByOperations =
        new(() => LoadedAll.Value.ToLookup(group => OperationCode.Hash(OperationCode.OfSet(group.Operations))));

    private readonly Lazy<IReadOnlyList<SymmetryOperation>> _operations;

    private SpaceGroup(string[] fields)
    {
        Number = int.Parse(fields[0], CultureInfo.InvariantCulture);
        (HallSymbol, HermannMauguin, Choice, Axes) = (fields[1], fields[2], fields[3], fields[4]);
        _operations = new(() => SpaceGroups.HallSymbol.TryParse(HallSymbol, out IReadOnlyList<SymmetryOperation> operations)
            ? operations
            : throw new InvalidOperationException($"table has '{HallSymbol}'"));
    }

    private SpaceGroup(SpaceGroup basis, string suffix, IReadOnlyList<SymmetryOperation> operations)
    {
        (Number, Choice, Axes) = (basis.Number, basis.Choice, basis.Axes);
        (HallSymbol, HermannMauguin) = ("", $"{basis.HermannMauguin} ({suffix})");
        _operations = new(operations);
    }

    /// <summary>Number of the group, 1 to 230.</summary>
    public int Number { get; }

    /// <summary>Hall symbol of the setting; empty for one that was made by a change of basis.</summary>
    public string HallSymbol { get; }

    /// <summary>Hermann-Mauguin symbol with all three directions where axes need telling, such as <c>P 1 21/c 1</c>.</summary>
    public string HermannMauguin { get; }

    /// <summary>
    /// <c>1</c> or <c>2</c> for the choice of origin, <c>H</c> or <c>R</c> for hexagonal or rhombohedral axes, else empty.
    /// </summary>
    public string Choice { get; }

    /// <summary>
    /// Unique axis and cell choice such as <c>b1</c>, or permutation of the axes such as <c>cab</c>; empty in the standard order.
    /// </summary>
    public string Axes { get; }

    /// <summary>The short symbol without blanks, such as <c>P21/c</c> for <c>P 1 21/c 1</c>.</summary>
    public string ShortSymbol => Number is >= 3 and <= 15
        ? string.Concat(HermannMauguin.Split(' ').Where(part => part != "1"))
        : HermannMauguin.Replace(" ", "", StringComparison.Ordinal);

    /// <summary>All operations, centerings included, the identity first.</summary>
    public IReadOnlyList<SymmetryOperation> Operations => _operations.Value;

    /// <summary>The 530 tabulated settings in the order of the table.</summary>
    public static IReadOnlyList<SpaceGroup> Tabulated => LoadedTabulated.Value;

    /// <summary>The tabulated settings, then further ones that files use.</summary>
    public static IReadOnlyList<SpaceGroup> All => LoadedAll.Value;

    /// <summary>
    /// The setting that has exactly these operations; the first of the table where two have the same; null when none has.
    /// </summary>
    public static SpaceGroup? Identify(IReadOnlyList<SymmetryOperation> operations)
    {
        ArgumentNullException.ThrowIfNull(operations);
        if (OperationCode.OfSet(operations) is not { } codes)
            return null;
        return ByOperations.Value[OperationCode.Hash(codes)]
            .FirstOrDefault(group => codes.AsSpan().SequenceEqual(OperationCode.OfSet(group.Operations)));
    }

    /// <summary>
    /// The settings that a number may stand for when that is all that is known, the standard one first: axis b before c and a, origin at
    /// the center before others, hexagonal before rhombohedral axes; always cell choice 1 and axes in the standard order.
    /// </summary>
    public static IReadOnlyList<SpaceGroup> FromNumber(int number) =>
        InOrderOfPreference(Tabulated.Where(group =>
            group.Number == number && (group.Axes.Length == 0 || group.Axes is "a" or "b" or "c" or "a1" or "b1" or "c1")));

    /// <summary>
    /// The settings of a group that a code of CIF stands for (<c>_space_group.IT_coordinate_system_code</c>): <c>b2</c>, <c>-cba</c>,
    /// <c>2</c>,
    /// <c>1cab</c>, <c>h</c>; empty when the group has none of that code.
    /// </summary>
    /// <param name="number">Number of the group.</param>
    /// <param name="code">The code; letter case is ignored.</param>
    public static IReadOnlyList<SpaceGroup> FromCode(int number, string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        string wanted = code.Trim().TrimStart(':');
        string standard = wanted.EndsWith("abc", StringComparison.OrdinalIgnoreCase) ? "abc" : "";
        return
        [
            .. Tabulated.Where(group => group.Number == number
                && wanted.Equals(group.Choice + (group.Axes.Length > 0 ? group.Axes : standard), StringComparison.OrdinalIgnoreCase)),
        ];
    }

    /// <summary>This setting after a change of basis; null when its operations are not integral there.</summary>
    internal SpaceGroup? In(ChangeOfBasis change, string suffix) =>
        change.Apply(Operations) is { } operations ? new SpaceGroup(this, suffix, operations) : null;

    /// <summary>The second origin before the first: it is at a center of symmetry, and the standard one.</summary>
    internal static SpaceGroup[] InOrderOfPreference(IEnumerable<SpaceGroup> groups)
        => [.. groups.OrderBy(group => group.Choice == "1" ? 1 : 0)];

    /// <inheritdoc/>
    public override string ToString() => Choice.Length > 0 ? $"{HermannMauguin} :{Choice}" : HermannMauguin;

    private static SpaceGroup[] Load(string table) =>
        [.. EmbeddedTable.Read($"SpaceGroups.Data.{table}.csv").Select(fields => new SpaceGroup(fields))];
}
