using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.Evaluation;
using CrystalHpc.BondValence.ParameterTables;
using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Engine.Structures;

namespace CrystalHpc.BondValence.Commands;

/// <summary>Valence sums of the sites of a structure, cations and anions over the same bonds: those of the equations.</summary>
/// <param name="Table">Name of the table.</param>
/// <param name="Sites">Sums, in the order of sites; sites without an equation are left out.</param>
/// <param name="Gii">Global instability index, v.u.; null where a sum is missing or may fall short.</param>
/// <param name="Bsi">Bond strain index, v.u.; null likewise.</param>
/// <param name="Bonds">The bonds that the sums are over.</param>
internal sealed record StructureValences(string Table, IReadOnlyList<SiteValence> Sites, double? Gii, double? Bsi,
    IReadOnlyList<SiteBonds> Bonds)
{
    /// <summary>Computes the sums of a structure, whatever the verdict on it; null where it has no equations.</summary>
    public static StructureValences? Of(StructureOutcome outcome, SiteValences valences)
    {
        ParameterTable table = valences.Table;
        if (outcome.Structure is not { } structure)
            return null;
        var ignored = new List<Finding>();
        IReadOnlyList<SiteEquation> cations = EquationBuilder.Build(structure, outcome.Shells, outcome.StructureId, "", ignored);
        IReadOnlyList<SiteEquation> anions = AnionEquationBuilder.Build(structure, outcome.Shells, cations, ignored);
        SiteValence[] sites = [.. cations.Concat(anions).OrderBy(equation => equation.SiteIndex)
            .Select(equation => SiteValence.Of(equation, table))];
        if (sites.Length == 0)
            return null;
        bool isWhole = sites.Length == structure.Sites.Count && sites.All(site => site.IsComplete && site.Sum is not null);
        return new StructureValences(
            table.Name, sites, isWhole ? InstabilityOf(sites) : null, isWhole ? BondStrain.Of(structure, outcome.Shells, table) : null,
            SiteBonds.Of(structure, outcome.Shells, valences));
    }

    private static double InstabilityOf(SiteValence[] sites) => Math.Sqrt(
        sites.Sum(site => site.Multiplicity * site.Deviation!.Value * site.Deviation.Value) / sites.Sum(site => site.Multiplicity));
}

/// <summary>The valence sum of a site.</summary>
/// <param name="Index">Index of the site in the structure, from 0.</param>
/// <param name="Label">Its label.</param>
/// <param name="Ion">The ion on it.</param>
/// <param name="Multiplicity">Atoms of the site in the cell.</param>
/// <param name="Bonds">Number of bonds.</param>
/// <param name="Sum">The sum, v.u.; null where the table lacks a bond.</param>
/// <param name="IsComplete">False for an anion whose sum may lack bonds.</param>
/// <param name="IsDoubtful">The table itself warns of one of the bonds.</param>
/// <param name="OtherStates">What the sum of a cation would be in other oxidation states that the table knows.</param>
internal sealed record SiteValence(
    int Index, string Label, Species Ion, int Multiplicity, int Bonds, double? Sum, bool IsComplete, bool IsDoubtful,
    IReadOnlyList<(Species Ion, double Sum)> OtherStates)
{
    private const sbyte LargestState = 8;

    /// <summary>Sum minus oxidation state, v.u.</summary>
    public double? Deviation => Sum - Math.Abs(Ion.Charge);

    /// <summary>True when the rounded sum is another number than the oxidation state.</summary>
    public bool IsWrong => IsComplete && Deviation is { } deviation && SubsetEvaluator.IsWrong(deviation);

    /// <summary>Evaluates an equation.</summary>
    public static SiteValence Of(SiteEquation equation, ParameterTable table)
    {
        BondSum sum = BondSum.Of(equation, table);
        return new SiteValence(
            equation.SiteIndex, equation.SiteLabel, equation.Center, equation.Multiplicity, equation.Bonds.Count,
            double.IsNaN(sum.Valence) ? null : sum.Valence,
            equation.IsComplete, sum.IsDoubtful, equation.IsCation ? [.. Others(equation, table)] : []);
    }

    private static IEnumerable<(Species Ion, double Sum)> Others(SiteEquation equation, ParameterTable table)
    {
        for (sbyte charge = 1; charge <= LargestState; charge++)
        {
            var ion = new Species(equation.Center.Element, charge);
            if (ion != equation.Center && BondSum.Of(equation with { Center = ion }, table) is { Valence: var sum, IsDoubtful: false }
                && !double.IsNaN(sum))
                yield return (ion, sum);
        }
    }
}
