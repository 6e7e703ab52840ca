namespace CrystalHpc.Potentials.Model.Descriptors;

/// <summary>
/// How the functions of atoms of one element are computed: radial functions by neighbor element, angular ones in blocks whose functions
/// share what is expensive. A <em>place</em> is where a value stands in the working order of the kernel, which pads rows to whole vectors.
/// </summary>
internal sealed class CenterPlan
{
    /// <summary>Doubles of a vector.</summary>
    public const int Lanes = 8;

    public CenterPlan(FunctionSet set, int center)
    {
        IReadOnlyList<SymmetryFunction> functions = set.FunctionsOf(center);
        Places = new int[functions.Count];
        (Radials, int places) = RadialRows(set, functions);
        (Groups, Shells, Width) = Angular(set, functions, places);
    }

    /// <summary>Number of places, whole vectors.</summary>
    public int Width { get; }

    /// <summary>The place of each function.</summary>
    public int[] Places { get; }

    /// <summary>Radial functions by number of the neighbor's element.</summary>
    public RadialRow[] Radials { get; }

    /// <summary>The distinct exponentials with their cutoff that angular functions use.</summary>
    public Shell[] Shells { get; }

    /// <summary>Angular functions by pair of elements, kind and cutoff.</summary>
    public AngularGroup[] Groups { get; }

    private (RadialRow[] Rows, int Places) RadialRows(FunctionSet set, IReadOnlyList<SymmetryFunction> functions)
    {
        var rows = new RadialRow[set.Elements.Count];
        int place = 0;
        for (int element = 0; element < rows.Length; element++)
        {
            int[] own = [.. Enumerable.Range(0, functions.Count).Where(i => functions[i].Kind == FunctionKind.Radial
                && set.NumberOf(functions[i].First) == element)];
            rows[element] = new RadialRow(place,
                [.. own.Select(i => new Shell(functions[i].EtaPerSquareAngstrom, functions[i].ShiftAngstrom,
                functions[i].CutoffAngstrom))], [.. own.Select(i => functions[i].Factor)]);
            for (int q = 0; q < own.Length; q++)
                Places[own[q]] = place + q;
            place += RoundUp(own.Length);
        }

        return (rows, place);
    }

    // Exponentials with the same list of powers form a block; powers beyond a vector go to another block.
    private (AngularGroup[] Groups, Shell[] Shells, int Width) Angular(FunctionSet set, IReadOnlyList<SymmetryFunction> functions,
        int place)
    {
        var shells = new List<Shell>();
        var groups = new List<AngularGroup>();
        IEnumerable<IGrouping<(FunctionKind, int, int, double), int>> pairs = Enumerable.Range(0, functions.Count)
            .Where(i => functions[i].Kind != FunctionKind.Radial).GroupBy(i => KeyOf(set, functions[i]));
        foreach (IGrouping<(FunctionKind Kind, int First, int Second, double Cutoff), int> pair in pairs)
        {
            var rows = pair.GroupBy(i => (functions[i].EtaPerSquareAngstrom, functions[i].ShiftAngstrom))
                .SelectMany(row => row.Chunk(Lanes)
                    .Select(chunk => (Shell: new Shell(row.Key.Item1, row.Key.Item2, pair.Key.Cutoff), Functions: chunk)));
            var blocks = new List<AngularBlock>();
            foreach (var same in rows.GroupBy(row =>
                string.Join(';', row.Functions.Select(i =>
                FormattableString.Invariant($"{functions[i].Lambda} {functions[i].Zeta} {functions[i].Factor}")))))
            {
                var members = same.ToArray();
                blocks.Add(new AngularBlock(
                    place, [.. members.Select(member => NumberOf(shells, member.Shell))],
                        [.. members[0].Functions.Select(i =>
                        new AngularPower(functions[i].Lambda, functions[i].Zeta, functions[i].Factor))]));
                foreach (var member in members)
                {
                    for (int lane = 0; lane < member.Functions.Length; lane++)
                        Places[member.Functions[lane]] = place + lane;
                    place += Lanes;
                }
            }

            groups.Add(new AngularGroup(pair.Key.First, pair.Key.Second, pair.Key.Kind == FunctionKind.Narrow, pair.Key.Cutoff,
                [.. blocks]));
        }

        return ([.. groups], [.. shells], place);
    }

    private static (FunctionKind Kind, int First, int Second, double Cutoff) KeyOf(FunctionSet set, SymmetryFunction function)
    {
        int first = set.NumberOf(function.First), second = set.NumberOf(function.Second!.Value);
        return (function.Kind, Math.Min(first, second), Math.Max(first, second), function.CutoffAngstrom);
    }

    private static int NumberOf(List<Shell> shells, Shell shell)
    {
        int number = shells.IndexOf(shell);
        if (number >= 0)
            return number;
        shells.Add(shell);
        return shells.Count - 1;
    }

    private static int RoundUp(int count) => (count + Lanes - 1) / Lanes * Lanes;
}

/// <summary>An exponential with its cutoff: e^(-eta (R - shift)^2) fc(R), in A.</summary>
internal readonly record struct Shell(double Eta, double Shift, double Cutoff);

/// <summary>Radial functions of neighbors of one element, side by side from a place on.</summary>
internal sealed record RadialRow(int Place, Shell[] Shells, double[] Factors);

/// <summary>A power of 1 + lambda cos theta.</summary>
internal readonly record struct AngularPower(double Lambda, int Zeta, double Factor);

/// <summary>Angular functions of one pair of elements that have the geometry in common.</summary>
internal sealed record AngularGroup(int First, int Second, bool IsNarrow, double Cutoff, AngularBlock[] Blocks);
