using System.Text;
using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.BondValence.Synthesis;
using CrystalHpc.Core.Elements;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Structures;

namespace CrystalHpc.Tests.BondValence.Synthesis;

/// <summary>Synthetic corpora hold what they claim to.</summary>
public sealed class SyntheticCorpusTests
{
    private const int Files = 2000;
    private static readonly SynthesisOptions Exact = SynthesisOptions.Default with {
        SigmaAngstrom = 0, LabelShare = 1, TypeSymbolShare = 0 };
    private static readonly IReadOnlyList<PlantedPair> Pairs = PlantedParameters.Draw(1, 250, 0.03, 0.37, 0.03, 0, 0);

    [Test]
    public void A_file_has_the_same_bytes_whatever_was_made_before()
    {
        SynthesisOptions options = SynthesisOptions.Default with { DirtShares = EvenDirt(0.5) };
        var forward = new SyntheticCorpus(options, Pairs);
        var backward = new SyntheticCorpus(options, Pairs);
        byte[][] first = [.. Enumerable.Range(0, 60).Select(file => forward.Make(file, "1000000").Bytes.ToArray())];
        for (int file = 59; file >= 0; file--)
            Assert.That(backward.Make(file, "1000000").Bytes.ToArray(), Is.EqualTo(first[file]), $"file {file}");
        Assert.That(new SyntheticCorpus(options with { Seed = 2 }, Pairs).Make(0, "1000000").Bytes.ToArray(), Is.Not.EqualTo(first[0]));
    }

    [Test]
    public void Every_prototype_reads_back_accepted_with_its_coordination_and_exact_valence_sums()
    {
        var pipeline = DefaultPipeline.Create();
        var compounds = new CompoundTable(Pairs);
        var maker = new CrystalMaker(Exact, Pairs, compounds);
        var corpus = new SyntheticCorpus(Exact, Pairs);
        Dictionary<BondKey, PlantedPair> truth = Pairs.ToDictionary(pair => pair.Key);
        var met = new HashSet<string>();
        for (int file = 0; file < Files; file++)
        {
            MadeCrystal crystal = maker.Make((ulong)file, (ulong)file);
            Template template = crystal.Compound.Template;
            StructureOutcome outcome = pipeline.Process("f", corpus.Make(file, "1000000").Bytes).Single();
            string about = $"file {file}, {template.Prototype.Name}: {string.Join(' ', outcome.Reasons)}";
            Assert.That(outcome.Reasons, Is.Empty, about);
            Assert.That(Cations(outcome).Select(equation => equation.Bonds.Count),
                Is.EqualTo(Enumerable.Range(0, template.CationCount).Select(template.Coordination)), about);
            foreach (SiteEquation equation in Cations(outcome))
            {
                double target = equation.Center.Charge;
                double sum = equation.Bonds.Sum(bond => Valence(truth[new BondKey(equation.Center, bond.Neighbor)], bond.DistanceAngstrom));

                // What rounding positions to 1e-5 and edges to 1e-4 Å leaves.
                Assert.That(sum, Is.EqualTo(target).Within(1e-3 * target), about);
            }

            met.Add(template.Prototype.Name);
        }

        Assert.That(met, Is.SupersetOf(Prototype.All.Select(prototype => prototype.Name)));
    }

    [Test]
    public void Sums_scatter_as_errors_of_the_stated_size_make_them()
    {
        const double Sigma = 0.02;
        var maker = new CrystalMaker(Exact with { SigmaAngstrom = Sigma }, Pairs, new CompoundTable(Pairs));
        Dictionary<BondKey, PlantedPair> truth = Pairs.ToDictionary(pair => pair.Key);
        (double chiSquare, int count) = (0, 0);
        for (ulong file = 0; file < 300; file++)
        {
            MadeCrystal crystal = maker.Make(file, file);
            Template template = crystal.Compound.Template;
            foreach (IGrouping<int, Contact> bonds in template.Bonds.GroupBy(bond => bond.Center))
            {
                Species cation = crystal.Compound.SpeciesOf(template.Sites[bonds.Key]);
                (double sum, double variance) = (0, 0);
                foreach (Contact bond in bonds)
                {
                    PlantedPair pair = truth[new BondKey(cation, crystal.Compound.SpeciesOf(template.Sites[bond.Neighbor]))];
                    double valence = Valence(pair, crystal.Cell.ToCartesian(bond.Difference(crystal.Positions)).Length);
                    sum += valence;
                    variance += Math.Pow(valence * Sigma / pair.SoftnessAngstrom, 2);
                }

                chiSquare += Math.Pow(sum - cation.Charge, 2) / variance;
                count++;
            }
        }

        Assert.That(chiSquare / count, Is.EqualTo(1).Within(4 * Math.Sqrt(2.0 / count)));
    }

    [Test]
    public void Kinds_of_dirt_have_their_shares()
    {
        const int Count = 20_000;
        const double Share = 0.01;
        var corpus = new SyntheticCorpus(SynthesisOptions.Default with { DirtShares = EvenDirt(Share * Kinds.Length) }, Pairs);
        ILookup<DirtKind, int> files = Enumerable.Range(0, Count).ToLookup(file => corpus.DirtOf(file));
        foreach (DirtKind kind in Kinds)
            Assert.That(files[kind].Count(), Is.EqualTo(Count * Share).Within(4 * Math.Sqrt(Count * Share * (1 - Share))), kind.ToString());
    }

    [TestCase(DirtKind.Theoretical, "reject-theoretical")]
    [TestCase(DirtKind.HighPressure, "reject-pressure")]
    public void Dirt_that_a_file_admits_is_refused(DirtKind kind, string reason)
    {
        var pipeline = DefaultPipeline.Create();
        SyntheticCorpus corpus = WithOnly(kind);
        for (int file = 0; file < 20; file++)
        {
            StructureOutcome outcome = pipeline.Process("f", corpus.Make(file, "1000000").Bytes).Single();
            Assert.That(outcome.Reasons.Select(code => code.Name), Does.Contain(reason), $"file {file}");
        }
    }

    [Test]
    public void Zero_states_are_reported_and_truncated_files_do_not_read()
    {
        var pipeline = DefaultPipeline.Create();
        StructureOutcome zero = pipeline.Process("f", WithOnly(DirtKind.ZeroStates).Make(0, "1000000").Bytes).Single();
        Assert.That(zero.Findings.Select(finding => finding.Code.Name), Does.Contain("oxidation-all-zero"));
        byte[] whole = new SyntheticCorpus(Exact, Pairs).Make(3, "1000000").Bytes.ToArray();
        byte[] cut = WithOnly(DirtKind.Truncated).Make(3, "1000000").Bytes.ToArray();
        Assert.That(cut, Has.Length.LessThan(whole.Length));
        Assert.That(whole.AsSpan(0, cut.Length).SequenceEqual(cut));
    }

    [Test]
    public void A_duplicate_is_an_earlier_compound_measured_anew()
    {
        SyntheticCorpus corpus = WithOnly(DirtKind.Duplicate);
        var compounds = new List<string>();
        for (int file = 0; file < 30; file++)
            compounds.Add(FormulaOf(corpus.Make(file, "1000000")));
        Assert.That(compounds.Skip(1), Is.All.EqualTo(compounds[0]).Or.All.AnyOf(compounds.ToArray<object>()));
        Assert.That(compounds.Distinct().Count(), Is.LessThan(compounds.Count));
    }

    [Test]
    public void The_fit_finds_what_was_planted()
    {
        SynthesisOptions options = SynthesisOptions.Default with { DirtShares = EvenDirt(0.10), LabelShare = 0.8 };
        IReadOnlyList<PlantedPair> pairs = PlantedParameters.Draw(3, 30, 0.03, 0.37, 0.03, 0, 0);
        var corpus = new SyntheticCorpus(options, pairs);
        var pipeline = DefaultPipeline.Create();
        SiteEquation[] equations = [.. Enumerable.Range(0, 1200).SelectMany(file =>
            pipeline.Process($"{file}", corpus.Make(file, "1000000").Bytes).SelectMany(Cations))];
        IReadOnlyList<BondKey> keys = EquationTable.KeysOf(equations);
        double[] weights = new double[equations.Length];
        Array.Fill(weights, 1);
        FitResult fit = BondValenceFit.Run(FitOptions.Default, keys, [EquationTable.Build(equations, keys, weights)], _ => { });
        Dictionary<BondKey, PlantedPair> truth = pairs.ToDictionary(pair => pair.Key);
        BondParameters[] well = [.. fit.Parameters.Where(parameters =>
            truth.ContainsKey(parameters.Key) && parameters.SiteCount >= 20
                && !parameters.Flags.HasFlag(ParameterCautions.WeaklyDetermined))];
        Assert.That(well, Has.Length.GreaterThan(15));
        Assert.That(Median(well.Select(p => Math.Abs(p.R0Angstrom - truth[p.Key].R0Angstrom[0]))), Is.LessThan(0.007));
        Assert.That(Median(well.Select(p => Math.Abs(p.SoftnessAngstrom - truth[p.Key].SoftnessAngstrom))), Is.LessThan(0.03));
    }

    private static IEnumerable<SiteEquation> Cations(StructureOutcome outcome) => outcome.Part<StructureEquations>()?.Cations ?? [];

    private static DirtKind[] Kinds => [.. Enum.GetValues<DirtKind>().Where(kind => kind != DirtKind.None)];

    private static double[] EvenDirt(double share) => [0, .. Kinds.Select(_ => share / Kinds.Length)];

    private static SyntheticCorpus WithOnly(DirtKind kind)
    {
        double[] shares = new double[Kinds.Length + 1];
        shares[(int)kind] = 1;
        return new SyntheticCorpus(Exact with { DirtShares = shares }, Pairs);
    }

    private static string FormulaOf(SyntheticFile file) =>
        Encoding.UTF8.GetString(file.Bytes.Span).Split('\n').First(line
            => line.StartsWith("_chemical_formula_sum", StringComparison.Ordinal));

    private static double Valence(PlantedPair pair, double length)
        => ExponentialLaw.Instance.Valence(length, pair.R0Angstrom[0], pair.SoftnessAngstrom);

    private static double Median(IEnumerable<double> values) => values.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : 0;
}
