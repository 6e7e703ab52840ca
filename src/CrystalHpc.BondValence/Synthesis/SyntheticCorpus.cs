using System.Buffers;
using CrystalHpc.BondValence.Equations;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.StructureFiles;

namespace CrystalHpc.BondValence.Synthesis;

/// <summary>How often a pair occurs in the sound files of a corpus.</summary>
/// <param name="Pair">Index of the pair.</param>
/// <param name="Sites">Cation sites.</param>
/// <param name="Bonds">Bonds of these sites.</param>
public readonly record struct PairOccurrence(int Pair, int Sites, int Bonds);

/// <summary>A file of a synthetic corpus.</summary>
/// <param name="Dirt">What is wrong with it.</param>
/// <param name="Bytes">The file.</param>
/// <param name="Occurrences">The pairs in it; empty for a file with dirt.</param>
public sealed record SyntheticFile(DirtKind Dirt, ReadOnlyMemory<byte> Bytes, IReadOnlyList<PairOccurrence> Occurrences);

/// <summary>
/// A corpus of crystals with planted bond-valence parameters. File k depends on the seed and k alone, so that any process may make any file
/// and a longer corpus begins with a shorter one. One instance for each thread: it keeps working space between files.
/// </summary>
public sealed class SyntheticCorpus
{
    private const uint DirtStream = 0;
    private const uint FileStream = 4;
    private static readonly Species Oxide = new(Element.Of("O"), -2);
    private static readonly Species Hydroxide = new(Element.Of("O"), -1);

    private readonly SynthesisOptions _options;
    private readonly CompoundTable _compounds;
    private readonly CrystalMaker _maker;
    private readonly CrystalMaker? _hydroxideMaker;

    /// <summary>Finds structure types for the pairs.</summary>
    /// <param name="options">What the corpus is like.</param>
    /// <param name="pairs">True parameters.</param>
    /// <exception cref="ArgumentException">No structure type can hold any of the pairs.</exception>
    public SyntheticCorpus(SynthesisOptions options, IReadOnlyList<PlantedPair> pairs)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(pairs);
        _options = options;
        _compounds = new CompoundTable(pairs);
        if (_compounds.Plantable.Count == 0)
            throw new ArgumentException("no structure type can hold any of these pairs", nameof(pairs));
        _maker = new CrystalMaker(options, pairs, _compounds);

        // In a hydroxide each oxygen atom counts -1; its bonds follow the parameters of oxide.
        PlantedPair[] hydroxides = [.. pairs.Where(pair => pair.Key.Anion == Oxide)
            .Select(pair => pair with { Key = new BondKey(pair.Key.Cation, Hydroxide) })];
        var table = new CompoundTable(hydroxides);
        _hydroxideMaker = table.Plantable.Count > 0 ? new CrystalMaker(options, hydroxides, table) : null;
    }

    /// <summary>Pairs that the corpus can hold, as indices; no structure type suits the others.</summary>
    public IReadOnlyList<int> PlantablePairs => _compounds.Plantable;

    /// <summary>What is wrong with file k, without making it.</summary>
    public DirtKind DirtOf(long file)
    {
        double at = new CounterRandom(_options.Seed, (ulong)file, DirtStream).NextUniform();
        for (int kind = 1; kind < _options.DirtShares.Count; kind++)
        {
            at -= _options.DirtShares[kind];
            if (at < 0)
                return IsPossible((DirtKind)kind, file) ? (DirtKind)kind : DirtKind.None;
        }

        return DirtKind.None;
    }

    /// <summary>Makes file k.</summary>
    /// <param name="file">Number of the file, from 0.</param>
    /// <param name="codId">COD number that it is to have.</param>
    public SyntheticFile Make(long file, string codId)
    {
        DirtKind dirt = DirtOf(file);
        var random = new CounterRandom(_options.Seed, (ulong)file, FileStream);
        MadeCrystal crystal = dirt switch
        {
            DirtKind.MissingHydrogen => _hydroxideMaker!.Make((ulong)file, (ulong)file),
            DirtKind.Duplicate => _maker.Make((ulong)random.NextIndex((int)Math.Min(file, int.MaxValue)), (ulong)file),
            DirtKind.LongBonds => _maker.Make((ulong)file, (ulong)file, random.NextUniform(0.85, 0.95)),
            _ => _maker.Make((ulong)file, (ulong)file),
        };
        Draft draft = Draft.Of(crystal, random, codId, _options);
        Dirt.Apply(dirt, draft, crystal, random);
        byte[] bytes = Write(draft, random);
        return dirt == DirtKind.None
            ? new SyntheticFile(dirt, bytes, Count(crystal))
            : new SyntheticFile(dirt, dirt == DirtKind.Truncated ? bytes.AsMemory(0, (int)(bytes.Length * random.NextUniform(0.05, 0.95)))
                : bytes, []);
    }

    private bool IsPossible(DirtKind kind, long file) => kind switch
    {
        DirtKind.Duplicate => file > 0,
        DirtKind.MissingHydrogen => _hydroxideMaker is not null,
        _ => true,
    };

    private byte[] Write(Draft draft, CounterRandom random)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 13);
        var writer = new CifWriter(buffer);
        writer.Comment("A synthetic structure for tests of programs, made by crystalhpc synthesize. It was never measured.");
        StructureCif.Write(writer, draft.Cell, draft.Operations, draft.Sites, draft.Metadata);
        if (_options.ReflectionBytes > 0)
            ReflectionList.Write(writer, draft.Cell, _options.ReflectionBytes * Math.Min(5, random.NextExponential()), random);
        return buffer.WrittenSpan.ToArray();
    }

    private PairOccurrence[] Count(MadeCrystal crystal)
    {
        Template template = crystal.Compound.Template;
        var counts = new SortedDictionary<int, (int Sites, int Bonds)>();
        for (int site = 0; site < template.CationCount; site++)
        {
            Species cation = crystal.Compound.SpeciesOf(template.Sites[site]);
            foreach (IGrouping<int, Contact> bonds in template.Bonds.Skip(template.BondOffsets[site]).Take(template.Coordination(site))
                .GroupBy(bond => _compounds.IndexOf(cation, crystal.Compound.SpeciesOf(template.Sites[bond.Neighbor]))))
            {
                (int sites, int known) = counts.GetValueOrDefault(bonds.Key);
                counts[bonds.Key] = (sites + 1, known + bonds.Count());
            }
        }

        return [.. counts.Select(count => new PairOccurrence(count.Key, count.Value.Sites, count.Value.Bonds))];
    }
}
