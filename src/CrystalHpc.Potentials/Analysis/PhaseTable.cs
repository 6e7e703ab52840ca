using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Matching;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Core.Thermodynamics;
using CrystalHpc.Potentials.Simulation;

namespace CrystalHpc.Potentials.Analysis;

/// <summary>The structures of a search ranked: on the hull or how far above it, each structure once, with symmetry and type.</summary>
internal static class PhaseTable
{
    // Energies of the same particle differ by less, eV.
    private const double SameElectronVolt = 1e-4;

    /// <summary>Ranks structures.</summary>
    /// <param name="given">The structures with their enthalpies.</param>
    /// <param name="options">What is left out.</param>
    /// <param name="types">Names structures.</param>
    /// <returns>The structures, those on the hull first, and the hull; null where an element has no structure of its own.</returns>
    public static (List<Phase> Phases, ConvexHull? Hull) Rank(IReadOnlyList<Phase> given, AnalysisOptions options, StructureTypes types)
    {
        ConvexHull? hull = ConvexHull.Of(given.Select(phase => (phase.Frame.Species, phase.Enthalpy)));

        // Many structures have few compositions: the program is solved once for each.
        var heights = new Dictionary<string, (double Reference, double Hull)>();
        (double Reference, double Hull) At(Phase phase)
        {
            if (!heights.TryGetValue(phase.Formula, out (double Reference, double Hull) found) && hull is not null)
            {
                double[] shares = hull.SharesOf(phase.Frame.Species);
                heights[phase.Formula] = found = (hull.ReferenceOf(shares), hull.EnergyOf(shares));
            }

            return found;
        }

        Dictionary<string, double> lowest = given.GroupBy(phase => phase.Formula)
            .ToDictionary(group => group.Key, group => group.Min(phase => phase.EnthalpyAnAtom));
        IEnumerable<Phase> ranked = given.Select(phase => (phase, at: At(phase))).Select(entry => hull is null
                ? entry.phase
                : entry.phase with
                {
                    Formation = entry.phase.EnthalpyAnAtom - entry.at.Reference,
                    AboveHull = Math.Max(0, entry.phase.EnthalpyAnAtom - entry.at.Hull),
                })
            .OrderBy(Height).ThenBy(phase => phase.EnthalpyAnAtom);
        double Height(Phase phase) => phase.AboveHull ?? phase.EnthalpyAnAtom - lowest[phase.Formula];

        var families = new StructureFamilies(MatchTolerance.Default with { Site = 0.1, Length = 0.05, AngleDegrees = 2 });
        (var phases, var known) = (new List<Phase>(), new HashSet<(string, int)>());
        var particles = new List<(string Formula, double Energy)>();
        foreach (Phase phase in ranked.TakeWhile(phase => Height(phase) <= options.HeightElectronVolt))
        {
            if (phases.Count == options.Most)
                break;
            if (phase.Frame.ToMatchable() is { } structure ? !known.Add((phase.Formula, families.Add(structure))) : IsKnown(phase))
                continue;
            phases.Add(Described(phase, types));
        }

        return (phases, hull);

        bool IsKnown(Phase phase)
        {
            bool isKnown = particles.Exists(other => other.Formula == phase.Formula
                && Math.Abs(other.Energy - phase.Enthalpy) < SameElectronVolt);
            if (!isKnown)
                particles.Add((phase.Formula, phase.Enthalpy));
            return isKnown;
        }
    }

    private static Phase Described(Phase phase, StructureTypes types)
    {
        CrystalSymmetry? symmetry = FrameSymmetry.Find(phase.Frame, FrameSymmetry.RelaxedToleranceAngstrom)?.Symmetry;
        (string Name, double DistanceAngstrom)? type = types.Find(phase.Frame);
        return phase with
        {
            SpaceGroup = symmetry?.Group.ShortSymbol ?? "", SpaceGroupNumber = symmetry?.Number, Type = type?.Name ?? "",
            DistanceAngstrom = type?.DistanceAngstrom,
        };
    }
}
