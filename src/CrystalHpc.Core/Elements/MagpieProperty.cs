namespace CrystalHpc.Core.Elements;

/// <summary>
/// The 22 properties of elements that Magpie describes compositions with, in its order and, but for underscores, under its names.
/// </summary>
/// <remarks>L. Ward et al., npj Comput. Mater. 2 (2016) 16028, doi 10.1038/npjcompumats.2016.28.</remarks>
public enum MagpieProperty
{
    /// <summary>Atomic number.</summary>
    Number,

    /// <summary>Mendeleev number: place in the periodic table, counted by columns (Villars et al. 2004).</summary>
    MendeleevNumber,

    /// <summary>Atomic weight, u.</summary>
    AtomicWeight,

    /// <summary>Melting temperature, K.</summary>
    MeltingT,

    /// <summary>Column of the periodic table; 3 for all lanthanides and actinides.</summary>
    Column,

    /// <summary>Row of the periodic table.</summary>
    Row,

    /// <summary>Covalent radius, pm (Cordero et al. 2008, low spin).</summary>
    CovalentRadius,

    /// <summary>Electronegativity, Pauling's scale.</summary>
    Electronegativity,

    /// <summary>Electrons in open or outermost s shells.</summary>
    NsValence,

    /// <summary>Electrons in p shells beyond the noble-gas core.</summary>
    NpValence,

    /// <summary>Electrons in d shells beyond the noble-gas core.</summary>
    NdValence,

    /// <summary>Electrons in f shells beyond the noble-gas core.</summary>
    NfValence,

    /// <summary>Electrons in all these shells.</summary>
    NValence,

    /// <summary>Electrons that the occupied s shell misses; 0 when it is empty.</summary>
    NsUnfilled,

    /// <summary>Electrons that the occupied p shell misses; 0 when it is empty.</summary>
    NpUnfilled,

    /// <summary>Electrons that the occupied d shell misses; 0 when it is empty.</summary>
    NdUnfilled,

    /// <summary>Electrons that the occupied f shell misses; 0 when it is empty.</summary>
    NfUnfilled,

    /// <summary>Electrons that all occupied shells miss.</summary>
    NUnfilled,

    /// <summary>Volume of the ground state by density functional theory, Å³ an atom (OQMD).</summary>
    GSvolume,

    /// <summary>Band gap of that ground state, eV (OQMD).</summary>
    GSbandgap,

    /// <summary>Magnetic moment of that ground state, Bohr magnetons an atom (OQMD).</summary>
    GSmagmom,

    /// <summary>Space group number of the ground state at 0 K.</summary>
    SpaceGroupNumber,
}
