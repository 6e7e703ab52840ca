using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Coordination;

/// <summary>Properties of the sites of the structure last asked for; reuses its space.</summary>
internal sealed class SitePropertyCache
{
    private CrystalStructure? _structure;
    private SiteProperties[] _sites = [];

    /// <summary>The properties by site; the array may be longer than the list of sites.</summary>
    public SiteProperties[] Of(CrystalStructure structure)
    {
        if (ReferenceEquals(structure, _structure))
            return _sites;
        if (_sites.Length < structure.Sites.Count)
            _sites = new SiteProperties[structure.Sites.Count];
        for (int site = 0; site < structure.Sites.Count; site++)
            _sites[site] = SiteProperties.Of(structure.Sites[site]);
        _structure = structure;
        return _sites;
    }
}
