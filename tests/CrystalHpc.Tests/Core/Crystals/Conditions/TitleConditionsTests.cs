using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Tests.Core.Crystals;

/// <summary>Temperature and pressure in titles, line by line, as mineral databases and journals write them.</summary>
public sealed class TitleConditionsTests
{
    // A note states it.
    [TestCase("Sample: T = 300 K", "300", null)]
    [TestCase("Sample: T = 25 C", "298.15", null)]
    [TestCase("T = 297 deg C", "570.15", null)]
    [TestCase("Note: at 1000 deg C", "1273.15", null)]
    [TestCase("Note: T = -100 C, P = 5.2 GPa", "173.15", "5200000")]
    [TestCase("Sample: at T = 300 K and P = 20 GPa", "300", "20000000")]
    [TestCase("Sample: P = 32 kbar", null, "3200000")]
    [TestCase("Sample at 0.1 MPa", null, "100")]
    [TestCase("Sample: Pressure = .001 kbar", null, "100")]
    [TestCase("P = 10.2GPa = 102 kbar", null, "10200000")]
    [TestCase("Structure of X\n Sample: P = 6.6 GPa, Phase II", null, "6600000")]
    [TestCase("Sample: Room Conditions, P = 0.0001 GPa", "295", "100")]
    [TestCase("Sample: T = room temperature", "295", null)]
    [TestCase("Sample: P = room pressure following decompression", null, "101.325")]
    [TestCase("Sample: at P = 4.2 GPa & T = room T", "295", "4200000")]
    [TestCase("Sample: T = 473", "473", null)]
    [TestCase("Sample: P = 0, but in the diamond cell", null, "0")]
    [TestCase("Sample: T < 20 K", "0 to 20", null)]
    [TestCase("Sample: cell T = 7 K, positions T = 5 K", "5 to 7", null)]
    [TestCase("Note: T = 50 K\n Note: beta phase, stable between T = 45.55 K & 53.54 K", "50", null)]
    // Words elsewhere in the title do not matter.
    [TestCase("Pressure-induced phase transitions in AgCl\n Sample: P = 6.6 GPa", null, "6600000")]
    [TestCase("Compression of witherite to 8 GPa\n Sample: P = 7.2 GPa", null, "7200000")]
    [TestCase("Compression of witherite to 8 GPa\n Sample: P = 0.0001 GPa", null, "100")]
    [TestCase("PbO\n Method: Neutron Diffraction\n T = 2 K", "2", null)]
    [TestCase("Crystal growth and structure of BiVO4\n Sample: T = 4.5 K", "4.5", null)]
    [TestCase("A revised method of operation of the diamond cell and refinement\nof the structure of NaCl at 32 kbar", null, "3200000")]
    [TestCase("Thermal expansion to 800 C and a refinement of the\n structure at\n 700 C", "973.15", null)]
    [TestCase("Structures at 298, 219 and 95 K\n Note: T = 95 K", "95", null)]
    // Several values, or a range: what was measured lies between.
    [TestCase("Structure at 298 K and at 15 K", "15 to 298", null)]
    [TestCase("Structure at 293 and 573 K", "293 to 573", null)]
    [TestCase("Structure between 4 and 300 K", "4 to 300", null)]
    [TestCase("A Raman study of stottite, FeGe(OH)6, to 21 GPa", null, "0 to 21000000")]
    [TestCase("Structure from 296 K down to 15 K", "0 to 296", null)]
    [TestCase("Structure at 196 K and room temperature", "196 to 295", null)]
    [TestCase("A polymorph above 72 GPa", null, "101.325 to Infinity")]
    [TestCase("Sample: alpha phase, stable between 35 K & 43 K", "35 to 43", null)]
    [TestCase("Perovskite at lower mantle pressure and temperature conditions", "295 to Infinity", "101.325 to Infinity")]
    [TestCase("Zircon at high pressure\n crystal No. 1, 1 atm - before P", null, "101.325")]
    [TestCase("Structure at low temperatures", "0 to 295", null)]
    // Far from room conditions, without a number.
    [TestCase("The structure of CoCl2,\n at room and very low temperatures", "0 to 295", null)]
    [TestCase("High temperature crystal structures of PrNiO3", "295 to Infinity", null)]
    [TestCase("Crystal chemistry and low-temperature behavior of datolite:\n a single-crystal X-ray diffraction study", "0 to 295", null)]
    [TestCase("A high-pressure study of thallium", null, "101.325 to Infinity")]
    [TestCase("Phase transition of Na3As under pressure", null, "101.325 to Infinity")]
    [TestCase("Etude structurale par diffractometrie X a haute temperature", "295 to Infinity", null)]
    [TestCase("Etude cristallographique de CrN a basse temperature", "0 to 295", null)]
    [TestCase("Kristallstruktur von Quarz bei hohen Temperaturen", "295 to Infinity", null)]
    [TestCase("Die Struktur von Eis unter hohem Druck", null, "101.325 to Infinity")]
    [TestCase("In situ high-pressure single-crystal X-ray study\n Sample: 939-1, in air", null, "101.325")]
    [TestCase("Low-temperature neutron diffraction of X\n Sample: T = 298 K", "298", null)]
    [TestCase("The crystal structure of gillespite II at 26 kilobars: Correction", null, "2600000")]
    [TestCase("Ice at 2.5 gigapascals and 300 kelvin", "300", "2500000")]
    [TestCase("Solid oxygen at 1.3 megabar", null, "130000000")]
    [TestCase("High-pressure and high-temperature crystallographic study\n P = 1 bar", null, "100")]
    [TestCase("NaCl at liquid-helium temperature", "0 to 295", null)]
    [TestCase("NaCl at cryogenic temperatures", "0 to 295", null)]
    [TestCase("Post-perovskite at Mbar pressures", null, "101.325 to Infinity")]
    [TestCase("In situ study at 1000 oC", "1273.15", null)]
    // Phases and syntheses are named by conditions at which nothing was measured.
    [TestCase("The transition between low-temperature and high-temperature clinoenstatites", null, null)]
    [TestCase("High-pressure synthesis and crystal structure of alpha-LiAlO2", null, null)]
    [TestCase("The crystal structure of twinned low-temperature lithium phosphate", null, null)]
    [TestCase("High pressure single-crystal synthesis and structure of a garnet", null, null)]
    [TestCase("Synthesis at high pressure of a hollandite", null, null)]
    [TestCase("Kristallstruktur des Borazits\n Note: this is the high-temperature modification", null, null)]
    [TestCase("Refinement of pyrope\n Note: temperature factors of Si corrected", null, null)]
    // How the sample was made, transitions and superconductivity are something else.
    [TestCase("The crystal structure of quartz", null, null)]
    [TestCase("Sample: annealed at 450 deg C", null, null)]
    [TestCase("Sample: synthesized at P = 7.25 GPa", null, null)]
    [TestCase("Sample: X = 1, synthesized at 600 C, 1 GPa, 3 h", null, null)]
    [TestCase("Note: sample was heat-treated, quenched from T = 904 C", null, null)]
    [TestCase("Note Sample F39, disordered at 1000 C for 24 h, then ordered at 550 C", null, null)]
    [TestCase("Sample: T = 25 C after annealing at 150 C for 1 month", "298.15", null)]
    [TestCase("Note: at room T after heating to T = 736 K", "295", null)]
    [TestCase("Note: dehydrated under vacuum at 400 C, measured at room temperature", "295", null)]
    [TestCase("Sample: Room pressure, 23 C, (800 C quenched)", "296.15", "101.325")]
    [TestCase("The 27K-superconductor Hg0.5Bi0.5", null, null)]
    [TestCase("The rubidium transition at ~180 K", null, null)]
    // Formulas, polytypes, sample names.
    [TestCase("Cs K Cl at room temperature", "295", null)]
    [TestCase("Structure of (N H2)2 C O, Sb F3", null, null)]
    [TestCase("Dodecasil 3C and cementite Fe3C", null, null)]
    [TestCase("Compounds TPnCh (T = Ni, Pd; P = P, As)", null, null)]
    [TestCase("K~2~TiSi~3~O~9~ and P~2~O~5~", null, null)]
    public void The_conditions_of_the_measurement_are_read(string title, string? kelvin, string? kilopascal)
    {
        TitleConditions named = TitleConditions.Read(title);
        Assert.That(named.TemperatureKelvin?.ToString(), Is.EqualTo(kelvin));
        Assert.That(named.PressureKilopascal?.ToString(), Is.EqualTo(kilopascal));
        Assert.That(named.Unreadable, Is.Empty);
    }

    [TestCase("Sample: P = 2.7a GPa")]
    [TestCase("Sample: P = 5")]
    public void A_statement_that_cannot_be_read_is_kept(string title)
        => Assert.That(TitleConditions.Read(title).Unreadable, Has.Count.EqualTo(1));

    // Nothing that is said of conditions passes in silence.
    [TestCase("A hexagonal phase\n Note: low temperature phase", "low temperature")]
    [TestCase("Halides above and below the transition temperature", "transition temperature")]
    [TestCase("Modifications en fonction de la temperature", "la temperature")]
    [TestCase("Titanite\n Sample: Ti50, hi-T structure", "hi-T")]
    public void Words_that_name_a_condition_without_a_value_are_told(string title, string words) =>
        Assert.That(TitleConditions.Read(title).Unused, Is.EqualTo(new[] { words }));

    [TestCase("Anisotropic temperature factors of quartz")]
    [TestCase("The expression of strain in T sites")]
    public void Words_that_name_none_are_not_told(string title) => Assert.That(TitleConditions.Read(title).Unused, Is.Empty);

    [Test]
    public void Conditions_taken_from_the_title_are_noted()
    {
        List<Finding> findings = [];
        CifDocument document = CifDocument.Parse("data_x\n_publ_section_title 'Quartz. T = 300 K, P = 5.2 GPa, up to 8 GPa'\n"u8.ToArray(),
            findings);
        StructureMetadata metadata = MetadataReader.Read(document.Blocks[0], findings);
        Assert.That((metadata.TemperatureKelvin, metadata.PressureKilopascal),
            Is.EqualTo((ValueRange.Exactly(300), ValueRange.Exactly(5.2e6))));
        Assert.That(findings.Select(finding => finding.Code.Name),
            Is.EqualTo(new[] { "metadata-from-title", "metadata-from-title", "metadata-title-unused" }));
    }
}
