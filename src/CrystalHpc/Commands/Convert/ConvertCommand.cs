using System.CommandLine;
using System.CommandLine.Parsing;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Commands;

namespace CrystalHpc.Commands;

/// <summary><c>crystalhpc convert</c>: structure files from one format to another.</summary>
internal static class ConvertCommand
{
    public static Command Create(JobRunner runner)
    {
        var command = new Command("convert", $$"""
            Converts structure files: extended and plain XYZ, XSF (aenet), input.data (n2p2), POSCAR, CIF, packed (.gz) or not;
            what is refused is told with line and reason.

            Examples:
              crystalhpc convert samples/cod/9/00/86/9008678.cif halite.vasp
              crystalhpc convert training.xyz input.data --to-units bohr,hartree
              crystalhpc convert input.data training.xyz.gz --units bohr,hartree
              crystalhpc convert training.xyz 'xsf/{n}.xsf' --energy-key REF_energy --forces-key REF_forces
            """);
        var input = new Argument<string>("IN") { Description = "File to read." };
        var output = new Argument<string>("OUT") {
            Description = "File to write; {n} in its name becomes the number of the frame, one file each." };
        Option<StructureFormat?> from = Format("--from", "Format of IN");
        Option<StructureFormat?> to = Format("--to", "Format of OUT");
        Option<FrameUnits?> units = Units("--units",
            "Units of (extended) XYZ and input.data that are read, such as bohr,hartree or angstrom,eV,GPa. XYZ without: angstrom,eV.");
        Option<FrameUnits?> toUnits = Units("--to-units", "Units of input.data that is written.");
        Option<string?> energy = Key("--energy-key", "Name of the energy in extended XYZ. Default: energy.");
        Option<string?> forces = Key("--forces-key", "Name of the forces in extended XYZ. Default: forces, force.");
        Option<string?> stress = Key("--stress-key", "Name of the stress in extended XYZ. Default: stress.");
        Option<string?> virial = Key("--virial-key", "Name of the virial in extended XYZ. Default: virial, virials.");
        Option<Element[]?> species = Species();
        var force = new Option<bool>("--force") { Description = "Overwrite OUT." };
        var json = new Option<bool>("--json") { Description = "Print what was done for scripts (JSON)." };
        command.Add(input);
        command.Add(output);
        foreach (Option option in (Option[])[from, to, units, toUnits, energy, forces, stress, virial, species, force, json])
            command.Add(option);
        command.SetAction(parsed => runner.RunAlone(() => new Conversion(new ConversionRequest(
            parsed.GetRequiredValue(input), parsed.GetRequiredValue(output), parsed.GetValue(from), parsed.GetValue(to),
            parsed.GetValue(toUnits),
            parsed.GetValue(force), parsed.GetValue(json),
            new FrameReaderOptions
            {
                Units = parsed.GetValue(units), EnergyKey = parsed.GetValue(energy), ForcesKey = parsed.GetValue(forces),
                StressKey = parsed.GetValue(stress), VirialKey = parsed.GetValue(virial), PoscarSpecies = parsed.GetValue(species),
            })).Run()));
        return command;
    }

    private static Option<string?> Key(string name, string description) => new(name) { Description = description, HelpName = "NAME" };

    private static Option<StructureFormat?> Format(string name, string description) => new(name)
    {
        Description = $"{description}: {string.Join(", ", StructureFile.FormatNames)}. Default: by its name.",
        HelpName = "FORMAT",
        CustomParser = result => StructureFile.FormatOfName(result.Tokens[0].Value)
            ?? Fail<StructureFormat?>(result, $"is no format; allowed: {string.Join(", ", StructureFile.FormatNames)}"),
    };

    private static Option<FrameUnits?> Units(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "LENGTH,ENERGY[,STRESS]",
        CustomParser = result => FrameUnits.TryParse(result.Tokens[0].Value)
            ?? Fail<FrameUnits?>(result, $"is not a unit of length and one of energy; known: {string.Join(", ", FrameUnits.Words)}"),
    };

    private static Option<Element[]?> Species() => new("--species")
    {
        Description = "Elements of a POSCAR file of VASP 4, which names none.",
        HelpName = "Na,Cl",
        CustomParser = result =>
        {
            string[] words = result.Tokens[0].Value.Split(',');
            return words.All(word => Element.TryParse(word, out _)) ? [.. words.Select(Element.Of)] : Fail<Element[]?>(result,
                "is not a list of elements");
        },
    };

    private static T? Fail<T>(ArgumentResult result, string problem)
    {
        result.AddError($"'{result.Tokens[0].Value}' {problem}");
        return default;
    }
}
