using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.OxidationStates;

/// <summary>A structure with the oxidation states that are believed.</summary>
/// <param name="Structure">The structure; every site has a whole charge, or none has when the source is
/// <see cref="OxidationSource.None"/>.</param>
/// <param name="Source">Where the states come from.</param>
/// <param name="Confidence">How sure they are, 0 to 1: 1 for the authors' own and the user's, 0 when there are none.</param>
public readonly record struct OxidationResult(CrystalStructure Structure, OxidationSource Source, double Confidence);

/// <summary>
/// Decides which oxidation states of a structure to believe: the user's before the authors', and these before assigned ones.
/// </summary>
public static class OxidationResolver
{
    /// <summary>
    /// Takes the oxidation numbers of the file, else the charges in its type symbols, else the neutral combination of common states that
    /// stands out.
    /// Numbers and symbols that contradict one another cancel: the structure then has no states at all.
    /// </summary>
    /// <param name="structure">A structure as read: site charges are the numbers of the file.</param>
    /// <param name="options">What is believed.</param>
    /// <param name="findings">Receives why states were not used.</param>
    public static OxidationResult Resolve(CrystalStructure structure, OxidationOptions options, ICollection<Finding> findings) =>
        Resolve(structure, options, [], findings);

    /// <summary>
    /// The same for a structure to which the user gives states: where one of its sites takes one, given states hold unchecked, sites
    /// without one have that of the file, else the one that makes the cell neutral. Without options nothing else is checked or assigned
    /// either.
    /// </summary>
    public static OxidationResult Resolve(CrystalStructure structure, OxidationOptions? options, IReadOnlyList<GivenState> given,
        ICollection<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(structure);
        ArgumentNullException.ThrowIfNull(given);
        ArgumentNullException.ThrowIfNull(findings);
        double?[] own = GivenStates.BySite(structure, given, findings);
        if (Array.Exists(own, state => state is not null))
        {
            double?[] stated = [.. structure.Sites.Select(site => site.Charge ?? SiteSymbol.ChargeOfType(site.TypeSymbol))];
            return GivenStates.Complete(structure, own, stated, options, findings);
        }

        return options is null ? new OxidationResult(structure, OxidationSource.None, 0) : ResolveStated(structure, options, findings);
    }

    private static OxidationResult ResolveStated(CrystalStructure structure, OxidationOptions options, ICollection<Finding> findings)
    {
        double?[] numbers = AuthorStates.WithoutZeroTemplate([.. structure.Sites.Select(site => site.Charge)], findings);
        double?[] symbols = AuthorStates.WithoutZeroTemplate(
            [.. structure.Sites.Select(site => SiteSymbol.ChargeOfType(site.TypeSymbol))], findings);
        if (AuthorStates.Contradict(structure, numbers, symbols, findings))
            return new OxidationResult(structure.WithCharges(new double?[numbers.Length]), OxidationSource.None, 0);
        if (options.UseLabels && AuthorStates.AreUsable(structure, numbers, options, findings))
            return new OxidationResult(structure.WithCharges(numbers), OxidationSource.Label, 1);
        if (options.UseTypeSymbols && AuthorStates.AreUsable(structure, symbols, options, findings))
            return new OxidationResult(structure.WithCharges(symbols), OxidationSource.Type, 1);
        if (options.AssignByChargeBalance && ChargeBalance.Assign(structure, options, findings) is { } assigned)
        {
            if (!AuthorStates.Contradict(structure, assigned.States, numbers)
                && !AuthorStates.Contradict(structure, assigned.States, symbols))
            {
                OxidationSource source = assigned.ByRadii ? OxidationSource.Radii : OxidationSource.Assigned;
                return new OxidationResult(structure.WithCharges(assigned.States), source, assigned.Confidence);
            }

            findings.Add(new Finding(OxidationFindings.AgainstLabel, "the file gives another state for a site"));
        }

        return new OxidationResult(structure.WithCharges(new double?[numbers.Length]), OxidationSource.None, 0);
    }
}
