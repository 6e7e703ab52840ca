using CrystalHpc.Core.Elements;

namespace CrystalHpc.Potentials.Model.Descriptors;

/// <summary>Sets of symmetry functions from the literature, for any elements.</summary>
public static class NamedSets
{
    /// <summary>Names of the sets.</summary>
    public static IReadOnlyList<string> Names { get; } = ["artrith_urban", "maise"];

    private static readonly double[] ArtrithRadial = [0.003214, 0.035711, 0.071421, 0.124987, 0.214264, 0.357106, 0.714213, 1.428426];
    private static readonly double[] ArtrithAngular = [0.000357, 0.028569, 0.089277];
    private static readonly double[] MaiseRadial = [0.001, 0.01, 0.02, 0.035, 0.06, 0.1, 0.2, 0.4];

    // Eta with lambda and zeta of each function, 22 for each pair of elements.
    private static readonly (double Eta, (int Lambda, int Zeta)[] Powers)[] MaiseAngular =
    [
        (0.0001, [(-1, 1), (1, 1), (-1, 2), (1, 2)]), (0.003, [(-1, 1), (1, 1), (-1, 2), (1, 2)]), (0.008, [(1, 1), (1, 2)]),
        (0.015, [(1, 1), (1, 2), (1, 4), (1, 16)]), (0.025, [(1, 1), (1, 2), (1, 4), (1, 16)]), (0.045, [(1, 1), (1, 2), (1, 4), (1, 16)]),
    ];

    /// <summary>The set of a name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="elements">The elements of the potential.</param>
    /// <param name="cutoffAngstrom">The cutoff; null: that of the source.</param>
    public static FunctionSet Create(string name, IReadOnlyList<Element> elements, double? cutoffAngstrom = null) => name switch
    {
        "artrith_urban" => ArtrithUrban(elements, cutoffAngstrom ?? 6.5),
        "maise" => Maise(elements, cutoffAngstrom ?? MaiseCutoffBohr * BohrAngstrom, BohrAngstrom),
        _ => throw new ArgumentException($"no set is called {name}", nameof(name)),
    };

    /// <summary>Bohr as MAISE has it, A.</summary>
    internal const double BohrAngstrom = 0.529177249;

    private const double MaiseCutoffBohr = 11.338;

    /// <summary>
    /// Functions of Artrith and Urban for titania (2016, doi 10.1016/j.commatsci.2015.11.047), for any elements: 8 radial for each element,
    /// 18 angular for each pair; 70 for two elements. In the order of n2p2: radial by eta and element, angular by eta, zeta, lambda and
    /// pair.
    /// </summary>
    public static FunctionSet ArtrithUrban(IReadOnlyList<Element> elements, double cutoffAngstrom)
    {
        Element[] sorted = [.. elements.Order()];
        (Element First, Element Second)[] pairs = [.. PairsOf(sorted)];
        return new FunctionSet(elements, _ =>
        [
            .. from eta in ArtrithRadial from neighbor in sorted select SymmetryFunction.Radial(neighbor, eta, 0, cutoffAngstrom),
            .. from eta in ArtrithAngular
               from zeta in (int[])[1, 2, 4]
               from lambda in (int[])[-1, 1]
               from pair in pairs
               select new SymmetryFunction(FunctionKind.Narrow, pair.First, pair.Second, eta, 0, lambda, zeta, cutoffAngstrom),
        ]);
    }

    /// <summary>
    /// Functions of MAISE (Hajinazar and others 2021, doi 10.1016/j.cpc.2020.107679): 8 radial for each element, 22 angular for each pair,
    /// summed over ordered pairs; 30, 82 and 156 for one, two and three elements. First those of the atom's own element, then of the
    /// others.
    /// </summary>
    /// <param name="elements">The elements of the potential.</param>
    /// <param name="cutoffAngstrom">The cutoff.</param>
    /// <param name="bohrAngstrom">The unit of its etas, A.</param>
    public static FunctionSet Maise(IReadOnlyList<Element> elements, double cutoffAngstrom, double bohrAngstrom)
    {
        double squareBohr = bohrAngstrom * bohrAngstrom;
        return OwnFirst(
            elements,
            neighbor => MaiseRadial.Select(eta => SymmetryFunction.Radial(neighbor, eta / squareBohr, 0, cutoffAngstrom)),
            (first, second) =>
                from row in MaiseAngular
                from power in row.Powers
                select new SymmetryFunction(FunctionKind.Narrow, first, second, row.Eta / squareBohr, 0, power.Lambda, power.Zeta,
                    cutoffAngstrom, 2));
    }

    /// <summary>
    /// The same functions for each element and each pair, in the order of MAISE: first those of the atom's own element, then of the others.
    /// An element brings its radial functions, then its pairs with those before it and with itself.
    /// </summary>
    /// <param name="elements">The elements of the potential.</param>
    /// <param name="radial">The functions of a neighbor.</param>
    /// <param name="angular">The functions of a pair of neighbors.</param>
    internal static FunctionSet OwnFirst(
        IReadOnlyList<Element> elements, Func<Element, IEnumerable<SymmetryFunction>> radial,
            Func<Element, Element, IEnumerable<SymmetryFunction>> angular) =>
        new(elements, center =>
        {
            Element[] ownFirst = [center, .. elements.Where(element => element != center)];
            var functions = new List<SymmetryFunction>();
            for (int i = 0; i < ownFirst.Length; i++)
            {
                functions.AddRange(radial(ownFirst[i]));
                for (int j = 0; j <= i; j++)
                    functions.AddRange(angular(ownFirst[j], ownFirst[i]));
            }

            return functions;
        });

    private static IEnumerable<(Element First, Element Second)> PairsOf(Element[] elements) =>
        from i in Enumerable.Range(0, elements.Length) from j in Enumerable.Range(i, elements.Length - i) select (elements[i], elements[j]);
}
