using System.Numerics;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.SpaceGroups;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Properties.Model;
using CrystalHpc.Properties.Training;

namespace CrystalHpc.Tests.Properties;

/// <summary>A few crystals, the same crystals written in other ways, and a small network.</summary>
internal static class SmallCrystals
{
    public static readonly NetworkShape Shape = new(Convolutions: 2, Width: 16, Hidden: 7, Targets: 2);

    /// <summary>Salts and perovskites, and a sheared cell without any symmetry.</summary>
    public static CrystalStructure[] All { get; } =
    [
        Of(Cubic(5.64), ("Na", 0, 0, 0), ("Na", 0.5, 0.5, 0), ("Na", 0.5, 0, 0.5), ("Na", 0, 0.5, 0.5), ("Cl", 0.5, 0, 0),
            ("Cl", 0, 0.5, 0), ("Cl", 0, 0, 0.5), ("Cl", 0.5, 0.5, 0.5)),
        Of(Cubic(4.12), ("Cs", 0, 0, 0), ("Cl", 0.5, 0.5, 0.5)),
        Of(Cubic(3.9), ("Sr", 0, 0, 0), ("Ti", 0.5, 0.5, 0.5), ("O", 0.5, 0.5, 0), ("O", 0.5, 0, 0.5), ("O", 0, 0.5, 0.5)),
        Of(Sheared, ("Ti", 0.1, 0.2, 0.1), ("O", 0.55, 0.32, 0.21), ("O", 0.33, 0.81, 0.62)),
        Of(new Basis(new(3.2, 0, 0), new(-1.6, 2.771281292110204, 0), new(0, 0, 5.1)), ("Zn", 1.0 / 3, 2.0 / 3, 0),
            ("Zn", 2.0 / 3, 1.0 / 3, 0.5), ("O", 1.0 / 3, 2.0 / 3, 0.38),
            ("O", 2.0 / 3, 1.0 / 3, 0.88)),
    ];

    private static Basis Sheared => new(new Cartesian(4.1, 0.3, -0.2), new Cartesian(0.9, 3.8, 0.4), new Cartesian(-0.6, 0.5, 4.4));

    /// <summary>A crystal of atoms at fractions of vectors.</summary>
    public static CrystalStructure Of(Basis basis, params (string Element, double X, double Y, double Z)[] atoms)
    {
        double[] cell = basis.LengthsAndAngles();
        return CrystalStructure.Expand(
            new UnitCell(cell[0], cell[1], cell[2], cell[3], cell[4], cell[5]), [SymmetryOperation.Identity],
            [.. atoms.Select(atom =>
                new AtomSite { Label = atom.Element, Element = Element.Of(atom.Element), Position =
                new Fractional(atom.X, atom.Y, atom.Z) })]);
    }

    public static Basis Cubic(double a) => new(new(a, 0, 0), new(0, a, 0), new(0, 0, a));

    /// <summary>The atoms of a crystal.</summary>
    public static (string Element, double X, double Y, double Z)[] AtomsOf(CrystalStructure crystal) =>
        [.. Enumerable.Range(0, crystal.AtomCount)
            .Select(i => (crystal.SiteAt(i).Element.Symbol, crystal.Positions[i].X, crystal.Positions[i].Y, crystal.Positions[i].Z))];

    public static CrystalGraph GraphOf(CrystalStructure crystal) => GraphBuilder.TryCreate(crystal, out _)
        ?? throw new InvalidOperationException("no graph");

    /// <summary>The same with angles, and disordered structures averaged.</summary>
    public static readonly GraphOptions Full = new(Neighbors: 12, Angles: true, AverageDisorder: true);

    /// <summary>A salt whose cations share a place that is partly empty.</summary>
    public static CrystalStructure Disordered { get; } = OfSites(
        Cubic(4.0), ("Fe", 0.5, 0, 0, 0), ("Co", 0.3, 0, 0, 0), ("O", 1, 0.5, 0.5, 0.5), ("N", 0.4, 0.5, 0.5, 0), ("F", 0.6, 0.5, 0.5, 0));

    /// <summary>A crystal of atoms with occupancies.</summary>
    public static CrystalStructure OfSites(Basis basis, params (string Element, double Occupancy, double X, double Y, double Z)[] atoms)
    {
        double[] cell = basis.LengthsAndAngles();
        return CrystalStructure.Expand(
            new UnitCell(cell[0], cell[1], cell[2], cell[3], cell[4], cell[5]), [SymmetryOperation.Identity],
            [.. atoms.Select(atom => new AtomSite
            {
                Label = atom.Element, Element = Element.Of(atom.Element), Position = new Fractional(atom.X, atom.Y, atom.Z),
                Occupancy = atom.Occupancy,
            })]);
    }

    /// <summary>A graph with angles, and averaged.</summary>
    public static CrystalGraph FullGraphOf(CrystalStructure crystal) => GraphBuilder.TryCreate(crystal, Full, out _)
        ?? throw new InvalidOperationException("no graph");

    /// <summary>A network with drawn parameters; variances are positive.</summary>
    public static CrystalNetwork<double> Network(out ParameterBuffer<double> buffer, GraphOptions? graphs = null)
    {
        var network = new CrystalNetwork<double>(Shape with { Graphs = graphs ?? GraphOptions.Default });
        buffer = new ParameterBuffer<double>(network.Parameters);
        Draw(network.Parameters, network.Initialize);
        return network;
    }

    /// <summary>A task of five crystals whose second target is known of some.</summary>
    public static PropertyTask<T> Task<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(
        new CrystalNetwork<T>(Shape), [.. All.Select(GraphOf)], [0.3, double.NaN, -0.5, 0.4, 1.1, -1.3, 0.05, double.NaN, 0.9, 0.1],
        [false, false]);

    /// <summary>The same with angles, and a disordered crystal in place of the last.</summary>
    public static PropertyTask<double> FullTask() => new(
        new CrystalNetwork<double>(Shape with { Graphs = Full }), [.. All[..4].Append(Disordered).Select(FullGraphOf)],
        [0.3, double.NaN, -0.5, 0.4, 1.1, -1.3, 0.05, double.NaN, 0.9, 0.1]);

    public static void Draw<T>(IReadOnlyList<Parameter<T>> parameters, Action<ulong> initialize) where T : unmanaged,
        IBinaryFloatingPointIeee754<T>
    {
        initialize(4);
        var random = new CounterRandom(9, 0);
        foreach (Parameter<T> parameter in parameters)
        {
            foreach (ref T value in parameter.Values)
                value += T.CreateChecked(
                    parameter.Kind == ParameterKind.Statistic ? 0.3 * random.NextUniform() : 0.1 * random.NextNormal());
        }
    }
}
