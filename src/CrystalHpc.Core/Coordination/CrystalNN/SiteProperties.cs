using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;

namespace CrystalHpc.Core.Coordination;

/// <summary>What definitions of coordination need to know of a site, looked up once a structure.</summary>
/// <param name="Charge">Oxidation state, 0 when unknown.</param>
/// <param name="IonicRadius">Radius for the oxidation state, Å; NaN when the state is unknown or no radius is tabulated.</param>
/// <param name="NeutralRadius">Covalent radius, Å; NaN when none is tabulated.</param>
/// <param name="Electronegativity">Pauling's; NaN when none is tabulated.</param>
internal readonly record struct SiteProperties(double Charge, double IonicRadius, double NeutralRadius, double Electronegativity)
{
    /// <summary>The ionic radius, or else the radius of the neutral atom, Å; NaN when neither is tabulated.</summary>
    public double Radius => double.IsNaN(IonicRadius) ? NeutralRadius : IonicRadius;

    /// <summary>
    /// True when both sites are cations or both anions: what <see cref="ICoordinationOptions.OppositeChargesOnly"/> excludes.
    /// </summary>
    public bool IsLikeCharged(in SiteProperties other) => Charge * other.Charge > 0;

    /// <summary>Looks up a site.</summary>
    public static SiteProperties Of(AtomSite site) => new(
        site.Charge ?? 0,
        site.Charge is double charge ? CoordinationRadii.IonicRadius(site.Element, charge) : double.NaN,
        CoordinationRadii.NeutralRadius(site.Element),
        ElementData.ElectronegativityPauling(site.Element));
}
