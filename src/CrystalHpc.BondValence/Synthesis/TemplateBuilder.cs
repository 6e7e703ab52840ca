using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.SpaceGroups;

namespace CrystalHpc.BondValence.Synthesis;

/// <summary>Makes templates: a structure type in its own symmetry and in subgroups drawn at random, always the same ones.</summary>
internal static class TemplateBuilder
{
    private const int MostTemplates = 8;
    private const int MostSites = 24;
    private const int MostCations = 10;
    private const int Attempts = 60;
    private const ulong Seed = 0x7E3B1A7E;
    private const double SamePositionAngstrom = 0.01;

    // Farther than any neighbor that the structure types ask for; the rest need not be sorted.
    private const double ReachAngstrom = 9;
    private const double ReachOfBonds = 1.75;
    private const double ReachOfRepulsion = 1.25;

    private static readonly Lazy<IReadOnlyList<Template>> Built = new(
        () => [.. Prototype.All.SelectMany((prototype, index) => Build(prototype, new CounterRandom(Seed, (ulong)index)))]);

    /// <summary>The templates of all structure types.</summary>
    public static IReadOnlyList<Template> All => Built.Value;

    private static IEnumerable<Template> Build(Prototype prototype, CounterRandom random)
    {
        var known = new HashSet<ulong>();
        int count = 0;
        for (int attempt = 0; attempt < Attempts && count < MostTemplates; attempt++)
        {
            IReadOnlyList<SymmetryOperation> operations = attempt == 0
                ? prototype.Operations
                : OperationGroup.Generate(Enumerable.Range(0, 1 + random.NextIndex(3)).Select(_ => random.Pick(prototype.Operations)))!;
            if (!known.Add(OperationCode.Hash(OperationCode.OfSet(operations)!)))
                continue;
            List<TemplateSite> sites = SplitSites(prototype, operations);
            int cations = sites.Count(site => site.IsCation);
            if (attempt > 0 && (sites.Count > MostSites || cations > MostCations))
                continue;
            Template template = Build(prototype, operations, sites, cations);
            if (!Relaxation.HasFreedom(template, random))
                continue;
            count++;
            yield return template;
        }
    }

    // The orbits of the full group fall apart into orbits of the subgroup: one site for each.
    private static List<TemplateSite> SplitSites(Prototype prototype, IReadOnlyList<SymmetryOperation> operations)
    {
        var sites = new List<TemplateSite>();
        foreach (PrototypeSite site in prototype.Sites.OrderBy(site => site.IsCation ? 0 : 1))
        {
            var copies = new List<Fractional>();
            SiteOrbit.Append(prototype.Cell, prototype.Operations, site.Position, SamePositionAngstrom, copies);
            while (copies.Count > 0)
            {
                var orbit = new List<Fractional>();
                SiteOrbit.Append(prototype.Cell, operations, copies[0], SamePositionAngstrom, orbit);
                sites.Add(new TemplateSite(site.IsCation, site.Slot, copies[0], orbit.Count,
                    ProjectorOf(prototype.Cell, operations, copies[0])));
                copies.RemoveAll(copy => orbit.Any(other => AreSame(prototype.Cell, copy, other)));
            }
        }

        return sites;
    }

    private static double[] ProjectorOf(UnitCell cell, IReadOnlyList<SymmetryOperation> operations, Fractional position)
    {
        SymmetryOperation[] fixing = [.. operations.Where(operation => AreSame(
            cell, OperationOnPositions.Apply(operation, position), position))];
        double Mean(Func<SymmetryOperation, int> entry) => fixing.Average(operation => (double)entry(operation));
        return
        [
            Mean(w => w.W11), Mean(w => w.W12), Mean(w => w.W13),
            Mean(w => w.W21), Mean(w => w.W22), Mean(w => w.W23),
            Mean(w => w.W31), Mean(w => w.W32), Mean(w => w.W33),
        ];
    }

    private static Template Build(Prototype prototype, IReadOnlyList<SymmetryOperation> operations, List<TemplateSite> sites, int cations)
    {
        Fractional[] positions = [.. sites.Select(site => site.Position)];
        (List<Contact> bonds, List<Contact> beyond, List<Contact> repulsive) = ([], [], []);
        List<int> offsets = [0];
        List<double> means = [];
        for (int center = 0; center < sites.Count; center++)
        {
            (Contact Contact, double Distance)[] near = Near(prototype.Cell, operations, sites, positions, center);
            (Contact Contact, double Distance)[] alike = [.. near.Where(
                entry => sites[entry.Contact.Neighbor].IsCation == sites[center].IsCation)];
            repulsive.AddRange(alike.TakeWhile(entry => entry.Distance < ReachOfRepulsion * alike[0].Distance)
                .Select(entry => entry.Contact));
            if (!sites[center].IsCation)
                continue;
            (Contact Contact, double Distance)[] anions = [.. near.Where(entry => !sites[entry.Contact.Neighbor].IsCation)];
            int count = prototype.Sites.First(site => site.IsCation && site.Slot == sites[center].Slot).Coordination;
            double longest = anions[count - 1].Distance;
            means.Add(anions.Take(count).Average(entry => entry.Distance));
            bonds.AddRange(anions.Take(count).Select(entry => entry.Contact));
            beyond.AddRange(anions.Skip(count).TakeWhile(entry => entry.Distance < ReachOfBonds * longest).Select(entry => entry.Contact));
            offsets.Add(bonds.Count);
        }

        return new Template
        {
            Prototype = prototype,
            Operations = operations,
            SpaceGroup = SpaceGroup.Identify(operations),
            Sites = sites,
            CationCount = cations,
            Bonds = bonds,
            BondOffsets = offsets,
            MeanBondsAngstrom = means,
            Beyond = beyond,
            Repulsive = repulsive,
            EdgeTies = TiesOf(operations),
        };
    }

    // All atoms within reach and two cells around a site, each once, by distance.
    private static (Contact Contact, double Distance)[] Near(
        UnitCell cell, IReadOnlyList<SymmetryOperation> operations, List<TemplateSite> sites, Fractional[] positions, int center)
    {
        const int Cells = 2;
        var near = new List<(Contact Contact, double Distance)>();
        for (int neighbor = 0; neighbor < sites.Count; neighbor++)
        {
            var copies = new List<Fractional>();
            foreach (SymmetryOperation operation in operations)
            {
                Fractional image = OperationOnPositions.Apply(operation, positions[neighbor]);
                if (copies.Exists(copy => AreSame(cell, copy, image)))
                    continue;
                copies.Add(image);
                Fractional whole = new(-Math.Floor(image.X), -Math.Floor(image.Y), -Math.Floor(image.Z));
                Cartesian first = cell.ToCartesian(new Contact(center, neighbor, operation, whole).Difference(positions));
                for (int a = -Cells; a <= Cells; a++)
                {
                    for (int b = -Cells; b <= Cells; b++)
                    {
                        for (int c = -Cells; c <= Cells; c++)
                        {
                            Cartesian roughly = first + cell.ToCartesian(new Fractional(a, b, c));
                            if (Cartesian.Dot(roughly, roughly) > ReachAngstrom * ReachAngstrom)
                                continue;
                            var contact = new Contact(center, neighbor, operation, whole + new Fractional(a, b, c));
                            double distance = cell.ToCartesian(contact.Difference(positions)).Length;
                            if (distance > SamePositionAngstrom)
                                near.Add((contact, distance));
                        }
                    }
                }
            }
        }

        // Equal distances in the order of their making, so that every processor bonds the same copies.
        return [.. near.OrderBy(entry => Math.Round(entry.Distance, 6))];
    }

    private static int[] TiesOf(IReadOnlyList<SymmetryOperation> operations)
    {
        int[] ties = [0, 1, 2];
        foreach (SymmetryOperation w in operations)
        {
            Tie(ties, 0, 1, w.W12 | w.W21);
            Tie(ties, 0, 2, w.W13 | w.W31);
            Tie(ties, 1, 2, w.W23 | w.W32);
        }

        return ties;
    }

    private static void Tie(int[] ties, int first, int second, int mixes)
    {
        if (mixes == 0 || ties[first] == ties[second])
            return;
        (int keep, int drop) = (Math.Min(ties[first], ties[second]), Math.Max(ties[first], ties[second]));
        for (int i = 0; i < ties.Length; i++)
            ties[i] = ties[i] == drop ? keep : ties[i];
    }

    private static bool AreSame(UnitCell cell, Fractional left, Fractional right) =>
        SiteOrbit.DistanceSquared(cell, left, right) < SamePositionAngstrom * SamePositionAngstrom;
}
