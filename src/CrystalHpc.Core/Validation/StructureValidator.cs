using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.OxidationStates;

namespace CrystalHpc.Core.Validation;

/// <summary>
/// Applies the rules of selection to a structure. Every rule is applied, so that counts by reason do not depend on their order.
/// </summary>
public static class StructureValidator
{
    private static readonly HashSet<Element> OxygenAndHalogens = [.. "O F Cl Br I".Split(' ').Select(Element.Of)];

    // Elements that are no cations of salts when nothing is known of their charge.
    private static readonly HashSet<Element> NeverCations =
        [.. "H C N O F Cl Br I S Se P He Ne Ar Kr Xe Rn".Split(' ').Select(Element.Of)];

    // Large cations of low charge are squeezed by the frame around them: their bonds may be shorter by half as much again.
    private const double ShareOfLowCharges = 1.5;
    private const double LowCharge = 2;

    /// <summary>Judges a structure.</summary>
    /// <param name="structure">The structure with its resolved oxidation states; null when the file yields none.</param>
    /// <param name="source">Where its oxidation states come from.</param>
    /// <param name="options">The rules.</param>
    /// <param name="findings">Receives one finding for each rule broken, with the values concerned.</param>
    public static Verdict Judge(CrystalStructure? structure, OxidationSource source, ValidationOptions options,
        ICollection<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(findings);
        var broken = new List<Finding>();
        if (structure is null)
        {
            broken.Add(new Finding(ValidationFindings.NoStructure, "no structure"));
        }
        else
        {
            JudgeSize(structure, options, broken);
            JudgeChemistry(structure, source, options, broken);
            JudgeGeometry(structure, options, broken);
            JudgeContent(structure, options, broken);
            JudgeEntry(structure.Metadata, options, broken);
            JudgeExperiment(structure.Metadata, options, broken);
        }

        foreach (Finding finding in broken)
            findings.Add(finding);
        return new Verdict([.. ValidationFindings.All.Where(code => broken.Exists(finding => finding.Code == code))]);
    }

    private static void JudgeSize(CrystalStructure structure, ValidationOptions options, List<Finding> broken)
    {
        if (structure.Sites.Count > options.MaximumSites || structure.AtomCount > options.MaximumAtoms)
            broken.Add(new Finding(ValidationFindings.TooLarge, $"{structure.Sites.Count} sites, {structure.AtomCount} atoms"));
    }

    private static void JudgeChemistry(CrystalStructure structure, OxidationSource source, ValidationOptions options, List<Finding> broken)
    {
        if (options.RequireOxygenOrHalogen && !HasOxygenOrHalogenBesideCation(structure))
            broken.Add(new Finding(ValidationFindings.NoOxygenOrHalogen, ChemicalFormula.OfCell(structure).ToString()));
        if (options.RequireOxidationStates && source == OxidationSource.None)
            broken.Add(new Finding(ValidationFindings.NoOxidationStates, "no oxidation states"));
    }

    private static void JudgeGeometry(CrystalStructure structure, ValidationOptions options, List<Finding> broken)
    {
        if (options.ShortestDistanceFraction > 0 && ShortestDistance.Below(structure, options.ShortestDistanceFraction) is { } pair)
        {
            (AtomSite first, AtomSite second) = (structure.Sites[pair.First], structure.Sites[pair.Second]);
            broken.Add(new Finding(ValidationFindings.AtomsTooClose, first.Line, 0,
                FormattableString.Invariant($"{first.Label} and {second.Label} lie {pair.DistanceAngstrom:0.000} Å apart")));
        }

        if (options.MaximumShorteningAngstrom > 0 || options.RequireBonds)
            JudgeBonds(structure, IonicBonds.Of(structure), options, broken);
        if (options.MaximumEmptyLayerAngstrom > 0 && EmptySpace.WidestLayerAngstrom(structure) is var layer
            && layer > options.MaximumEmptyLayerAngstrom)
            broken.Add(new Finding(ValidationFindings.Vacuum, FormattableString.Invariant($"{layer:0.0} Å")));
    }

    private static void JudgeBonds(
        CrystalStructure structure, IReadOnlyList<IonicBonds.CationBonds> cations, ValidationOptions options, List<Finding> broken)
    {
        if (cations.Count == 0)
            return;
        foreach (IonicBonds.CationBonds bonds in cations)
        {
            AtomSite cation = structure.Sites[bonds.Site];
            double limit = options.MaximumShorteningAngstrom * (cation.Charge <= LowCharge ? ShareOfLowCharges : 1);
            if (!(limit > 0 && bonds.ShorteningAngstrom > limit))
                continue;
            broken.Add(new Finding(ValidationFindings.BondsTooShort, cation.Line, 0,
                FormattableString.Invariant(
                $"{cation.Label}: bonds {bonds.ShorteningAngstrom:0.00} Å too short for {cation.Element}{cation.Charge:+0}")));
            break;
        }

        IonicBonds.CationBonds loneliest = cations.MaxBy(bonds => bonds.NearestAnionAngstrom);
        if (options.RequireBonds && double.IsPositiveInfinity(loneliest.NearestAnionAngstrom))
        {
            AtomSite cation = structure.Sites[loneliest.Site];
            broken.Add(new Finding(ValidationFindings.NoBonds, cation.Line, 0,
                FormattableString.Invariant($"{cation.Label}: no anion within {IonicBonds.ReachAngstrom} Å")));
        }
    }

    private static void JudgeContent(CrystalStructure structure, ValidationOptions options, List<Finding> broken)
    {
        if (options.RequireOrder && DisorderCheck.FirstDisordered(structure) is { } disordered)
            broken.Add(new Finding(ValidationFindings.Disordered, disordered.Line, 0, disordered.Label));
        FormulaComparison comparison = structure.FormulaComparison;
        if (comparison.Agreement == FormulaAgreement.NoFormula && options.RequireFormula)
            broken.Add(new Finding(ValidationFindings.NoFormula, "no sum formula"));
        if (!options.RequireCompleteness)
            return;
        if (comparison.Agreement == FormulaAgreement.Differs)
            broken.Add(new Finding(ValidationFindings.FormulaDiffers, comparison.Detail));
        else if (comparison.Agreement == FormulaAgreement.HydrogenMissing && !options.AllowMissingHydrogen)
            broken.Add(new Finding(ValidationFindings.HydrogenMissing, comparison.Detail));
        else if (comparison.Agreement == FormulaAgreement.NoFormula && structure.Metadata.UnplacedSites > 0)
            broken.Add(new Finding(ValidationFindings.FormulaDiffers, $"{structure.Metadata.UnplacedSites} sites without coordinates"));
    }

    private static void JudgeEntry(StructureMetadata metadata, ValidationOptions options, List<Finding> broken)
    {
        void Reject(bool rule, FindingCode code, params ReadOnlySpan<string> flags)
        {
            foreach (string flag in flags)
            {
                if (rule && metadata.DatabaseFlags.Contains(flag))
                    broken.Add(new Finding(code, flag));
            }
        }

        if (options.RejectTheoretical && metadata.IsTheoretical)
            broken.Add(new Finding(ValidationFindings.Theoretical, "not measured"));
        Reject(options.RejectDatabaseErrors, ValidationFindings.DatabaseError, "cod-retracted", "cod-errors");
        Reject(options.RejectDatabaseWarnings, ValidationFindings.DatabaseWarning, "cod-warnings");
        Reject(options.RejectDuplicates, ValidationFindings.Duplicate, "cod-duplicate");
        Reject(options.RejectSuboptimal, ValidationFindings.Suboptimal, "cod-suboptimal");
        Reject(options.RejectOnHold, ValidationFindings.OnHold, "cod-on-hold");
    }

    private static void JudgeExperiment(StructureMetadata metadata, ValidationOptions options, List<Finding> broken)
    {
        if (metadata.TemperatureKelvin is { } temperature
            && (temperature.Low < options.MinimumTemperatureKelvin || temperature.High > options.MaximumTemperatureKelvin))
            broken.Add(new Finding(ValidationFindings.Temperature, $"{temperature} K"));
        if (metadata.PressureKilopascal is { } pressure && pressure.High > options.MaximumPressureKilopascal)
            broken.Add(new Finding(ValidationFindings.Pressure, $"{pressure} kPa"));
        if (metadata.Year < options.OldestYear)
            broken.Add(new Finding(ValidationFindings.Year, FormattableString.Invariant($"{metadata.Year}")));
        if (options.RejectUnreadableValues && metadata.UnreadableItems.Count > 0)
            broken.Add(new Finding(ValidationFindings.UnreadableValue, string.Join("; ", metadata.UnreadableItems)));
        if (metadata.RFactor is { } factor && factor > options.MaximumRFactor)
            broken.Add(new Finding(ValidationFindings.RFactor, FormattableString.Invariant($"R = {factor}")));
    }

    private static bool HasOxygenOrHalogenBesideCation(CrystalStructure structure)
    {
        bool known = structure.Sites.All(site => site.Charge is not null);
        bool anion = structure.Sites.Any(site => OxygenAndHalogens.Contains(site.Element) && !(known && site.Charge >= 0));
        bool cation = structure.Sites.Any(site => known ? site.Charge > 0 : !NeverCations.Contains(site.Element));
        return anion && cation;
    }
}
