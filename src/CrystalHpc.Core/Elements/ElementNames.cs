namespace CrystalHpc.Core.Elements;

/// <summary>
/// English names of the elements and the Latin stems of names in -ate (IUPAC, Nomenclature of Inorganic Chemistry 2005, tables I and X).
/// </summary>
public static class ElementNames
{
    private const string Names =
        "lithium Li sodium Na potassium K rubidium Rb caesium Cs cesium Cs beryllium Be magnesium Mg "
            + "calcium Ca strontium Sr barium Ba boron B aluminium Al "
        + "aluminum Al gallium Ga indium In thallium Tl silicon Si germanium Ge tin Sn lead Pb phosphorus "
            + "P arsenic As antimony Sb bismuth Bi sulfur S "
        + "sulphur S selenium Se tellurium Te chlorine Cl bromine Br iodine I scandium Sc yttrium Y "
            + "lanthanum La cerium Ce praseodymium Pr neodymium Nd "
        + "samarium Sm europium Eu gadolinium Gd terbium Tb dysprosium Dy holmium Ho erbium Er thulium Tm ytterbium Yb lutetium Lu "
            + "titanium Ti zirconium Zr "
        + "hafnium Hf vanadium V niobium Nb tantalum Ta chromium Cr molybdenum Mo tungsten W manganese Mn "
            + "technetium Tc rhenium Re iron Fe ruthenium Ru "
        + "osmium Os cobalt Co rhodium Rh iridium Ir nickel Ni palladium Pd platinum Pt copper Cu "
            + "silver Ag gold Au zinc Zn cadmium Cd mercury Hg "
        + "thorium Th protactinium Pa uranium U neptunium Np plutonium Pu americium Am "
        + "ferrate Fe cuprate Cu argentate Ag aurate Au stannate Sn plumbate Pb vanadate V chromate Cr "
            + "molybdate Mo tungstate W manganate Mn rhenate Re "
        + "cobaltate Co nickelate Ni palladate Pd platinate Pt rhodate Rh iridate Ir ruthenate Ru "
            + "osmate Os titanate Ti zirconate Zr niobate Nb tantalate Ta "
        + "aluminate Al gallate Ga indate In thallate Tl germanate Ge silicate Si arsenate As "
            + "antimonate Sb bismuthate Bi selenate Se tellurate Te "
        + "phosphate P sulfate S sulphate S bromate Br iodate I chlorate Cl zincate Zn cadmate Cd mercurate Hg uranate U";

    private static readonly Dictionary<string, Element> ByName = Pairs();

    /// <summary>The element of a name, letter case ignored; false for anything else.</summary>
    public static bool TryFind(string name, out Element element) => ByName.TryGetValue(name, out element);

    private static Dictionary<string, Element> Pairs()
    {
        string[] words = Names.Split(' ');
        var pairs = new Dictionary<string, Element>(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < words.Length; i += 2)
            pairs.Add(words[i], Element.Of(words[i + 1]));
        return pairs;
    }
}
