using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.BondValence.Synthesis;

/// <summary>A crystal whose cation sums are what the planted parameters ask for, before it becomes a file.</summary>
internal sealed class MadeCrystal
{
    /// <summary>Structure type and species.</summary>
    public required Compound Compound { get; init; }

    /// <summary>Cell, edges to 1e-4 Å.</summary>
    public required UnitCell Cell { get; init; }

    /// <summary>Positions of the sites of the template, to 1e-5.</summary>
    public required Fractional[] Positions { get; init; }
}

/// <summary>
/// Makes crystal number k of a corpus: a compound and a distortion drawn at random, relaxed until each cation sum is its oxidation state,
/// then once more with the bond lengths taken to err. What is drawn depends on the seed and on numbers of crystals alone.
/// </summary>
internal sealed class CrystalMaker(SynthesisOptions options, IReadOnlyList<PlantedPair> pairs, CompoundTable compounds)
{
    private const uint StructureStream = 1;
    private const uint ErrorStream = 2;
    private const uint CompoundStream = 3;
    private const uint PopulationStream = 5;
    private const int Attempts = 2000;
    private const int CellDecimals = 4;
    private const int PositionDecimals = 5;

    private readonly Dictionary<Template, Relaxation> _relaxations = [];

    /// <summary>Makes a crystal.</summary>
    /// <param name="structure">Number that the compound and its distortion are drawn by.</param>
    /// <param name="measurement">Number that the errors are drawn by; the same as the structure's but for redeterminations.</param>
    /// <param name="targetFactor">Factor of all valence sums: below 1, bonds beyond the first shell are taken to carry the rest.</param>
    public MadeCrystal Make(ulong structure, ulong measurement, double targetFactor = 1)
    {
        var random = new CounterRandom(options.Seed, structure, StructureStream);
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (compounds.Draw(random) is not { } compound || TryMake(compound, random, measurement, targetFactor) is not { } crystal)
                continue;
            return crystal;
        }

        throw new InvalidOperationException($"no crystal could be made of {pairs.Count} pairs in {Attempts} attempts");
    }

    private MadeCrystal? TryMake(Compound compound, CounterRandom random, ulong measurement, double targetFactor)
    {
        Template template = compound.Template;
        if (!_relaxations.TryGetValue(template, out Relaxation? relaxation))
            _relaxations.Add(template, relaxation = new Relaxation(template));
        (double[] r0, double[] softness) = ParametersOf(compound);
        UnitCell cell = Distortion.Strain(template, compounds.FactorOf(compound)!.Value, options.Strain, random);
        Fractional[] positions = [.. template.Sites.Select(site => site.Position)];
        Distortion.Displace(template, cell, positions, options.DisplacementAngstrom, random);
        double[] targets = [.. template.Sites.Take(template.CationCount).Select(site => targetFactor * compound.SpeciesOf(site).Charge)];
        relaxation.Start(cell, positions);
        if (!relaxation.Solve(r0, softness, targets) || !GeometryCheck.IsSound(compound, relaxation.Cell, relaxation.Positions))
            return null;

        AddErrors(compound, relaxation, r0, softness, targets, measurement);
        if (!relaxation.Solve(r0, softness, targets))
            return null;
        UnitCell made = relaxation.Cell;
        return new MadeCrystal
        {
            Compound = compound,
            Cell = new UnitCell(
                Math.Round(made.A, CellDecimals), Math.Round(made.B, CellDecimals), Math.Round(made.C, CellDecimals),
                Math.Round(made.Alpha, CellDecimals), Math.Round(made.Beta, CellDecimals), Math.Round(made.Gamma, CellDecimals)),
            Positions = [.. relaxation.Positions.Select(Rounded)],
        };
    }

    // A compound with a pair of two populations always follows the same of them.
    private (double[] R0, double[] Softness) ParametersOf(Compound compound)
    {
        Template template = compound.Template;
        double choice = new CounterRandom(options.Seed, IdentityOf(compound), PopulationStream).NextUniform();
        double[] r0 = new double[template.Bonds.Count], softness = new double[r0.Length];
        for (int bond = 0; bond < r0.Length; bond++)
        {
            (TemplateSite center, TemplateSite neighbor) = (template.Sites[template.Bonds[bond].Center],
                template.Sites[template.Bonds[bond].Neighbor]);
            PlantedPair pair = pairs[compounds.IndexOf(compound.SpeciesOf(center), compound.SpeciesOf(neighbor))];
            r0[bond] = pair.R0Angstrom[(int)(choice * pair.R0Angstrom.Count)];
            softness[bond] = pair.SoftnessAngstrom;
        }

        return (r0, softness);
    }

    // Normal errors of the bond lengths change what the sums come to; the crystal is relaxed to those sums.
    private void AddErrors(
        Compound compound, Relaxation relaxation, ReadOnlySpan<double> r0, ReadOnlySpan<double> softness, Span<double> targets,
        ulong measurement)
    {
        Template template = compound.Template;
        var own = new CounterRandom(options.Seed, measurement, ErrorStream);
        var shared = new CounterRandom(options.Seed, IdentityOf(compound), CompoundStream);
        for (int cation = 0; cation < targets.Length; cation++)
        {
            (double sum, double wrong) = (0, 0);
            for (int bond = template.BondOffsets[cation]; bond < template.BondOffsets[cation + 1]; bond++)
            {
                double length = relaxation.Cell.ToCartesian(template.Bonds[bond].Difference(relaxation.Positions)).Length;
                double error = options.SigmaAngstrom * own.NextNormal() + options.CompoundSigmaAngstrom * shared.NextNormal();
                sum += PortableMath.Exp((r0[bond] - length) / softness[bond]);
                wrong += PortableMath.Exp((r0[bond] - length - error) / softness[bond]);
            }

            targets[cation] *= wrong / sum;
        }
    }

    // The same compound in the same symmetry has the same systematic errors (FNV-1a).
    private static ulong IdentityOf(Compound compound)
    {
        ulong hash = 14695981039346656037;
        void Mix(int value) => hash = (hash ^ (uint)value) * 1099511628211;
        foreach (char letter in compound.Template.Prototype.Name)
            Mix(letter);
        Mix(compound.Template.Operations.Count);
        foreach (Species species in compound.Cations.Append(compound.Anion))
        {
            Mix(species.Element.AtomicNumber);
            Mix(species.Charge);
        }

        return hash;
    }

    private static Fractional Rounded(Fractional p) => new(Rounded(p.X), Rounded(p.Y), Rounded(p.Z));

    private static double Rounded(double x) => Math.Round(x, PositionDecimals) + 0.0;
}
