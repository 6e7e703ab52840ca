using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Potentials.Data;

/// <summary>
/// Crystals to learn from where no others are at hand: face-centered, body-centered and hexagonal close-packed cells of 2 to 16 atoms with
/// elements at random or in order, compressed, expanded, strained, and, but for every third one, with atoms moved from their places.
/// </summary>
internal static class DrawnCrystals
{
    private const int MostAtoms = 16;
    private const double SmallestVolume = 0.85, LargestVolume = 1.25, Strain = 0.02, LargestMove = 0.05, OrderedShare = 0.5;

    private static readonly (string Name, Cartesian Edges, (double X, double Y, double Z)[] Sites)[] Lattices =
    [
        ("fcc", new Cartesian(1, 1, 1), [(0, 0, 0), (0, 0.5, 0.5), (0.5, 0, 0.5), (0.5, 0.5, 0)]),
        ("bcc", new Cartesian(1, 1, 1), [(0, 0, 0), (0.5, 0.5, 0.5)]),
        ("hcp", new Cartesian(1, Math.Sqrt(3), Math.Sqrt(8.0 / 3)), [(0, 0, 0), (0.5, 0.5, 0), (0.5, 5.0 / 6, 0.5), (0, 1.0 / 3, 0.5)]),
    ];

    /// <summary>Draws crystals: in turn of each element alone, of each pair, of each three.</summary>
    /// <param name="elements">The elements; an atom takes the volume that it has in its own crystal.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">What they follow from.</param>
    public static IEnumerable<AtomFrame> Draw(IReadOnlyList<Element> elements, int count, ulong seed)
    {
        Element[][] groups = [.. Enumerable.Range(1, (1 << elements.Count) - 1)
            .Select(bits => elements.Where((_, i) => (bits >> i & 1) != 0).ToArray()).Where(group => group.Length <= 3)
                .OrderBy(group => group.Length)];
        for (int i = 0; i < count; i++)
            yield return Draw(groups[i % groups.Length], new CounterRandom(seed, (ulong)i));
    }

    private static AtomFrame Draw(Element[] group, CounterRandom random)
    {
        int Below(int count) => (int)(count * random.NextUniform());
        var lattice = Lattices[Below(Lattices.Length)];
        int[] repeats = [1, 1, 1];
        while (true)
        {
            int[] larger = [.. repeats];
            larger[Below(3)]++;
            int atoms = lattice.Sites.Length * larger[0] * larger[1] * larger[2];
            bool isEnough = lattice.Sites.Length * repeats[0] * repeats[1] * repeats[2] >= group.Length;
            if (atoms > MostAtoms || (isEnough && random.NextUniform() < 0.3))
                break;
            repeats = larger;
        }

        int count = lattice.Sites.Length * repeats[0] * repeats[1] * repeats[2];
        Element[] species = random.NextUniform() < OrderedShare ? Ordered(group, lattice.Sites.Length, repeats, random) : Disordered(group,
            count, random);

        // Each element occurs.
        for (int k = 0, start = Below(count); k < group.Length && species.Distinct().Count() < group.Length; k++)
            species[(start + k) % count] = group[k];
        double scale = SmallestVolume + (LargestVolume - SmallestVolume) * random.NextUniform();
        double volume = scale * species.Sum(element => MagpieProperties.Of(element, MagpieProperty.GSvolume));
        return Build(lattice, repeats, species, volume, random);
    }

    private static Element[] Disordered(Element[] group, int count, CounterRandom random)
    {
        double mix = random.NextUniform();
        return [.. Enumerable.Range(0, count).Select(_
            => group[random.NextUniform() < mix ? 0 : (int)(group.Length * random.NextUniform())])];
    }

    // Sites of a cell that a wave through the cells makes alike have one element, as in L1_2, L1_0, B2, D0_3 and the Heusler crystals.
    private static Element[] Ordered(Element[] group, int sites, int[] repeats, CounterRandom random)
    {
        int wave = (int)(8 * random.NextUniform());
        Element[] classes = [.. Enumerable.Range(0, 2 * sites).Select(_ => group[(int)(group.Length * random.NextUniform())])];
        return
        [
            .. from cell in Enumerable.Range(0, repeats[0] * repeats[1] * repeats[2])
               let parity = (wave & 1) * (cell % repeats[0]) + (wave >> 1 & 1) * (cell / repeats[0] % repeats[1]) + (wave >> 2)
                   * (cell / repeats[0] / repeats[1])
               from site in Enumerable.Range(0, sites)
               select classes[site + sites * (parity % 2)],
        ];
    }

    private static AtomFrame Build((string Name, Cartesian Edges, (double X, double Y, double Z)[] Sites) lattice, int[] repeats,
        Element[] species,
        double volume, CounterRandom random)
    {
        double cells = repeats[0] * repeats[1] * repeats[2], unit = Math.Cbrt(
            volume / cells / (lattice.Edges.X * lattice.Edges.Y * lattice.Edges.Z));
        double[] strain = [.. Enumerable.Range(0, 6).Select(_ => Strain * random.NextNormal())];
        Cartesian Strained(Cartesian v) => new(
            v.X * (1 + strain[0]) + strain[5] * v.Y + strain[4] * v.Z, v.Y * (1 + strain[1]) + strain[5] * v.X + strain[3] * v.Z,
            v.Z * (1 + strain[2]) + strain[4] * v.X + strain[3] * v.Y);
        double move = random.NextUniform() < 1.0 / 3 ? 0 : LargestMove * random.NextUniform() * Math.Cbrt(volume / species.Length);
        var positions = new List<double>();
        for (int cell = 0; cell < cells; cell++)
        {
            (int a, int b, int c) = (cell % repeats[0], cell / repeats[0] % repeats[1], cell / repeats[0] / repeats[1]);
            foreach ((double x, double y, double z) in lattice.Sites)
            {
                Cartesian at = Strained(new Cartesian(unit * lattice.Edges.X * (x + a), unit * lattice.Edges.Y * (y + b),
                    unit * lattice.Edges.Z * (z + c)));
                positions.AddRange([at.X + move * random.NextNormal(), at.Y + move * random.NextNormal(),
                    at.Z + move * random.NextNormal()]);
            }
        }

        return new AtomFrame
        {
            Species = species,
            PositionsAngstrom = [.. positions],
            Cell = new Basis(
                Strained(new Cartesian(unit * lattice.Edges.X * repeats[0], 0, 0)),
                Strained(new Cartesian(0, unit * lattice.Edges.Y * repeats[1], 0)),
                Strained(new Cartesian(0, 0, unit * lattice.Edges.Z * repeats[2]))),
            Periodicity = Periodicity.Crystal,
            Properties = [new FrameProperty("group", $"{string.Join('-', species.Distinct().Order())}"),
            new FrameProperty("lattice_type", lattice.Name)],
        };
    }
}
