using CrystalHpc.Core.Elements;

namespace CrystalHpc.Potentials.Model.Descriptors;

/// <summary>The symmetry functions of a potential: a list for atoms of each element, in the order of the network's inputs.</summary>
public sealed class FunctionSet
{
    private readonly IReadOnlyList<SymmetryFunction>[] _functions;
    private readonly int[] _numbers = new int[Element.Count + 1];

    /// <summary>A set.</summary>
    /// <param name="elements">The elements, in the order of the potential.</param>
    /// <param name="functionsOf">The functions of atoms of an element.</param>
    /// <exception cref="ArgumentException">A function asks for an element that is not listed, or its numbers make no sense.</exception>
    public FunctionSet(IReadOnlyList<Element> elements, Func<Element, IEnumerable<SymmetryFunction>> functionsOf)
    {
        ArgumentNullException.ThrowIfNull(elements);
        ArgumentNullException.ThrowIfNull(functionsOf);
        Elements = elements;
        Array.Fill(_numbers, -1);
        for (int i = 0; i < elements.Count; i++)
            _numbers[elements[i].AtomicNumber] = i;
        _functions = [.. elements.Select(element => (IReadOnlyList<SymmetryFunction>)[.. functionsOf(element)])];
        foreach (SymmetryFunction function in _functions.SelectMany(list => list))
        {
            if (ProblemOf(function) is { } problem)
                throw new ArgumentException($"{function}: {problem}", nameof(functionsOf));
        }

        Plans = [.. Enumerable.Range(0, elements.Count).Select(center => new CenterPlan(this, center))];
        CutoffAngstrom = _functions.SelectMany(list => list).Max(function => function.CutoffAngstrom);
    }

    /// <summary>The elements.</summary>
    public IReadOnlyList<Element> Elements { get; }

    /// <summary>The largest cutoff, A.</summary>
    public double CutoffAngstrom { get; }

    /// <summary>How the functions of each element are computed.</summary>
    internal IReadOnlyList<CenterPlan> Plans { get; }

    /// <summary>The functions of atoms of an element, by its number in <see cref="Elements"/>.</summary>
    public IReadOnlyList<SymmetryFunction> FunctionsOf(int center) => _functions[center];

    /// <summary>The number of an element; -1 when the set does not know it.</summary>
    public int NumberOf(Element element) => _numbers[element.AtomicNumber];

    private string? ProblemOf(SymmetryFunction function)
    {
        bool isAngular = function.Kind != FunctionKind.Radial;
        return NumberOf(function.First) < 0 || (function.Second is { } second && NumberOf(second) < 0)
            ? "it asks for an element that is not listed"
            : isAngular != function.Second is not null ? "angular functions have two neighbors, radial ones one"
            : isAngular && (function.Zeta < 1 || Math.Abs(function.Lambda) != 1) ? "zeta must be a whole number above 0, lambda 1 or -1"
            : !(function.CutoffAngstrom > 0 && double.IsFinite(function.CutoffAngstrom)) ? "the cutoff must be positive"
            : !(function.EtaPerSquareAngstrom >= 0 && double.IsFinite(function.EtaPerSquareAngstrom)) ? "eta must not be negative"
            : null;
    }
}
