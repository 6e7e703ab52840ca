using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Engine.Systems;
using CrystalHpc.Generation.Prediction.Sampling;
using CrystalHpc.Learning.Structures;

namespace CrystalHpc.Generation.Prediction.Screening;

/// <summary>Asks every judge about crystals, looks them up among the known ones, and drops those that are not wanted.</summary>
/// <param name="judges">The judges, those that may change a crystal first.</param>
/// <param name="known">Known structures.</param>
/// <param name="hull">Known compounds and their energies; null when the user names none.</param>
public sealed class Screening(IReadOnlyList<IStructureJudge> judges, KnownStructures known, HullTable? hull)
{
    // A relaxed crystal has kept its symmetry within this, A.
    private static readonly double[] Relaxed = [0.02];

    // New compounds lie below a hull of known ones by less, eV/atom.
    private const double BelievedBelow = -0.1;

    private readonly int _energy = judges.SelectMany(judge => judge.Columns).ToList().FindIndex(column =>
        column.Name == JudgedColumn.FormationEnergy);

    /// <summary>What judges say, in their order.</summary>
    public IReadOnlyList<JudgedColumn> Columns { get; } = [.. judges.SelectMany(judge => judge.Columns)];

    /// <summary>The predicted formation energy among what is judged; null where there is none.</summary>
    public Estimate? EnergyOf(ScreenedCandidate candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        return _energy < 0 ? null : candidate.Judged[_energy] as Estimate;
    }

    /// <summary>Screens crystals: candidates, or others that are given (null in their place).</summary>
    /// <param name="some">The crystals.</param>
    /// <param name="drop">Counts those that a judge drops.</param>
    public IReadOnlyList<ScreenedCandidate> Screen(IReadOnlyList<(Candidate? Candidate, SymmetrizedCrystal Crystal)> some,
        Action<string> drop)
    {
        ArgumentNullException.ThrowIfNull(some);
        ArgumentNullException.ThrowIfNull(drop);
        List<Judged> left = [.. some.Select(one => new Judged(one.Candidate, one.Crystal, [], []))];
        foreach (IStructureJudge judge in judges)
        {
            IReadOnlyList<StructureJudgment> said = judge.Judge([.. left.Select(one => one.Crystal.Structure)]);
            var next = new List<Judged>();
            foreach ((Judged one, StructureJudgment judgment) in left.Zip(said))
            {
                if (judgment.DropReason is { } reason)
                    drop($"{judge.Name}: {reason}");
                else
                    next.Add(one with { Values = [.. one.Values, .. judgment.Values], Warnings = [.. one.Warnings, .. judgment.Warnings],
                        Crystal = CrystalOf(one.Crystal, judgment) });
            }

            left = next;
        }

        return [.. left.Select(one => new ScreenedCandidate(
            one.Candidate, StructureKey.Of(one.Crystal.Structure), one.Crystal, known.NameOf(one.Crystal.Structure), DistanceOf(one),
                one.Values, one.Warnings))];
    }

    /// <summary>Predicted formation energies of crystals, as far as they are predicted: of a pool to compare with.</summary>
    public IReadOnlyList<double> EnergiesOf(IReadOnlyList<CrystalStructure> structures)
    {
        int before = 0;
        foreach (IStructureJudge judge in judges)
        {
            if (_energy >= before && _energy < before + judge.Columns.Count)
                return [.. judge.Judge(structures).Select(judgment => judgment.Values[_energy - before]).OfType<Estimate>()
                    .Select(estimate => estimate.Value)];
            before += judge.Columns.Count;
        }

        return [];
    }

    private static SymmetrizedCrystal CrystalOf(SymmetrizedCrystal given, StructureJudgment judgment) => judgment.Changed is { } changed
        ? SymmetrizedCrystal.Of(KnownStructures.AtomsOf(changed), Relaxed) is { } found
            ? found with { ToleranceAngstrom = given.ToleranceAngstrom, MovedAngstrom = given.MovedAngstrom } : given
        : given;

    private HullDistance DistanceOf(Judged one)
    {
        if (hull is null)
            return new HullDistance(null, null, "no table of known energies: --hull");
        if (hull.Problem is { } problem)
            return new HullDistance(null, null, problem);
        if (_energy < 0 || one.Values[_energy] is not Estimate energy)
            return new HullDistance(null, null, "no formation energy is predicted");
        CrystalStructure structure = one.Crystal.Structure;
        Dictionary<Element, double> shares = structure.SiteOfAtom.ToArray().CountBy(site => structure.Sites[site].Element)
            .ToDictionary(pair => pair.Key, pair => (double)pair.Value / structure.AtomCount);
        if (hull.Missing(shares) is { Count: > 0 } missing)
            return new HullDistance(null, null,
                $"the table has no compound of {string.Join(", ", missing.Select(element => element.Symbol))} with the other elements");
        HullPoint point = hull.At(shares);
        double distance = Above(energy.Value);
        return new HullDistance(
            new Estimate(distance, Above(energy.Low), Above(energy.High)), string.Join(" + ", point.Products),
            distance < BelievedBelow ? "far below the hull: rather an error of the prediction, or compounds that the table lacks" : null);

        double Above(double value) => Math.Round(value - point.EnergyPerAtom, 5);
    }

    private sealed record Judged(Candidate? Candidate, SymmetrizedCrystal Crystal, IReadOnlyList<object?> Values,
        IReadOnlyList<string> Warnings);
}
