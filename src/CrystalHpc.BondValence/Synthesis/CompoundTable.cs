using CrystalHpc.BondValence.Equations;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.BondValence.Synthesis;

/// <summary>A template with species on its slots.</summary>
/// <param name="Template">Symmetry, sites and bonds.</param>
/// <param name="Cations">Species of each cation slot.</param>
/// <param name="Anion">The anion.</param>
internal sealed record Compound(Template Template, IReadOnlyList<Species> Cations, Species Anion)
{
    /// <summary>The species on a site.</summary>
    public Species SpeciesOf(TemplateSite site) => site.IsCation ? Cations[site.Slot] : Anion;
}

/// <summary>
/// Which species may go where: charges balance, all bonds have planted parameters, their lengths suit the coordination and the other
/// cations.
/// Drawing begins with a pair, so that all pairs occur about equally often.
/// </summary>
internal sealed class CompoundTable
{
    private const int Attempts = 400;
    private const double LargestMismatch = 1.10;

    private readonly IReadOnlyList<PlantedPair> _pairs;
    private readonly Dictionary<BondKey, int> _indexOf;
    private readonly Dictionary<(Species Anion, int Charge), Species[]> _cations;

    // For each pair, by structure type: the ways to put it there, as charges of all cation slots.
    private readonly List<List<Host>>[] _hosts;
    private readonly int[] _plantable;

    /// <summary>Finds the hosts of all pairs.</summary>
    public CompoundTable(IReadOnlyList<PlantedPair> pairs)
    {
        _pairs = pairs;
        _indexOf = pairs.Select((pair, index) => (pair.Key, index)).ToDictionary(entry => entry.Key, entry => entry.index);
        _cations = pairs.GroupBy(pair => (pair.Key.Anion, (int)pair.Key.Cation.Charge))
            .ToDictionary(group => group.Key, group => group.Select(pair => pair.Key.Cation).Order().ToArray());
        _hosts = new List<List<Host>>[pairs.Count];
        for (int pair = 0; pair < pairs.Count; pair++)
            _hosts[pair] = [];
        Species[] anions = [.. pairs.Select(pair => pair.Key.Anion).Distinct().Order()];
        foreach (IGrouping<Prototype, Template> templates in TemplateBuilder.All.GroupBy(template => template.Prototype))
            AddHosts([.. templates], anions);
        _plantable = [.. Enumerable.Range(0, pairs.Count).Where(pair => _hosts[pair].Count > 0)];
    }

    /// <summary>Pairs that some structure type can hold, as indices.</summary>
    public IReadOnlyList<int> Plantable => _plantable;

    /// <summary>The pair of a key.</summary>
    public int IndexOf(Species cation, Species anion) => _indexOf[new BondKey(cation, anion)];

    /// <summary>Draws a compound; null when this draw comes to nothing.</summary>
    public Compound? Draw(CounterRandom random)
    {
        int pair = random.Pick(_plantable);
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            Host host = random.Pick(random.Pick(_hosts[pair]));
            var cations = new Species[host.Charges.Length];
            for (int slot = 0; slot < cations.Length; slot++)
                cations[slot] = slot == host.Slot ? _pairs[pair].Key.Cation
                    : random.Pick(_cations[(_pairs[pair].Key.Anion, host.Charges[slot])]);
            if (cations.Distinct().Count() < cations.Length)
                continue;
            var compound = new Compound(random.Pick(host.Templates), cations, _pairs[pair].Key.Anion);
            if (FactorOf(compound) is not null)
                return compound;
        }

        return null;
    }

    /// <summary>
    /// Factor from the prototype's cell to one in which bonds are about right; null when the cations do not suit one another or their
    /// places.
    /// </summary>
    public double? FactorOf(Compound compound)
    {
        Template template = compound.Template;
        (double smallest, double largest, double logSum) = (double.MaxValue, 0, 0);
        double radius = AnionRadii.Angstrom(compound.Anion.Element);
        for (int site = 0; site < template.CationCount; site++)
        {
            double wanted = MeanBondAngstrom(_pairs[IndexOf(compound.SpeciesOf(template.Sites[site]), compound.Anion)],
                template.Coordination(site));
            if (!AnionRadii.Suits(template.Coordination(site), wanted / radius))
                return null;
            double factor = wanted / template.MeanBondsAngstrom[site];
            (smallest, largest, logSum) = (Math.Min(smallest, factor), Math.Max(largest, factor), logSum + PortableMath.Log(factor));
        }

        return largest / smallest > LargestMismatch ? null : PortableMath.Exp(logSum / template.CationCount);
    }

    // Length of each of n equal bonds.
    private static double MeanBondAngstrom(PlantedPair pair, int coordination) =>
        pair.R0Angstrom.Average() - pair.SoftnessAngstrom * PortableMath.Log((double)pair.Key.Cation.Charge / coordination);

    private void AddHosts(Template[] templates, Species[] anions)
    {
        var byPair = new SortedDictionary<int, List<Host>>();
        foreach (Species anion in anions)
        {
            foreach (int[] charges in ChargesFor(templates[0], anion, -anion.Charge * templates[0].AtomsInSlot(false, 0), 0))
            {
                for (int slot = 0; slot < charges.Length; slot++)
                {
                    foreach (Species cation in _cations[(anion, charges[slot])])
                    {
                        int pair = IndexOf(cation, anion);
                        if (!byPair.TryGetValue(pair, out List<Host>? hosts))
                            byPair.Add(pair, hosts = []);
                        hosts.Add(new Host(templates, slot, charges));
                    }
                }
            }
        }

        foreach ((int pair, List<Host> hosts) in byPair)
        {
            hosts.RemoveAll(host => !CanHold(pair, host));
            if (hosts.Count > 0)
                _hosts[pair].Add(hosts);
        }
    }

    // The first template stands for all: their sites differ in symmetry, not in coordination.
    private bool CanHold(int pair, Host host)
    {
        Template template = host.Templates[0];
        int coordination = template.Coordination(Enumerable.Range(0, template.CationCount)
            .First(site => template.Sites[site].Slot == host.Slot));
        return AnionRadii.Suits(coordination, MeanBondAngstrom(_pairs[pair], coordination) / AnionRadii.Angstrom(
            _pairs[pair].Key.Anion.Element));
    }

    // All charges of the slots, in any order, that add up to what the anions need.
    private IEnumerable<int[]> ChargesFor(Template template, Species anion, int needed, int slot)
    {
        int atoms = template.AtomsInSlot(true, slot);
        foreach (int charge in _cations.Keys.Where(key => key.Anion == anion).Select(key => key.Charge).Order().ToArray())
        {
            int rest = needed - charge * atoms;
            if (slot == template.Prototype.CationSlots - 1)
            {
                if (rest == 0)
                    yield return [charge];
            }
            else if (rest > 0)
            {
                foreach (int[] others in ChargesFor(template, anion, rest, slot + 1))
                    yield return [charge, .. others];
            }
        }
    }

    private sealed record Host(Template[] Templates, int Slot, int[] Charges);
}
