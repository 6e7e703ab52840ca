using System.CommandLine;
using CrystalHpc.Core.Matching;
using CrystalHpc.Engine.Commands;

namespace CrystalHpc.Commands;

/// <summary><c>crystalhpc match</c>: whether structures are the same.</summary>
internal static class MatchCommand
{
    private const double LeastTolerance = 1e-6;

    public static Command Create(JobRunner runner)
    {
        var command = new Command("match", """
            Tells whether two structures are the same up to cell, origin, volume and small displacements, or sorts the structures
            of a folder into families.

            Examples:
              crystalhpc match a.cif b.vasp
              crystalhpc match samples/cod --json
            """);
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Two files, or one file or folder of many structures: CIF, extended XYZ, POSCAR, XSF, packed or not.",
            Arity = new ArgumentArity(1, 2),
        };
        MatchTolerance usual = MatchTolerance.Default;
        Option<double> length = Tolerance("--length-tolerance", "SHARE", "Cell vectors may differ in length by this share.", usual.Length,
            1);
        Option<double> site = Tolerance("--site-tolerance", "SHARE",
            "Atoms may lie apart by this share of the cube root of the volume for each atom.", usual.Site, 1);
        Option<double> angle = Tolerance("--angle-tolerance", "DEGREES", "Cell angles may differ by this.", usual.AngleDegrees, 45);
        var volume = new Option<bool>("--keep-volume") { Description = "Compare volumes as they are instead of scaling them." };
        var json = new Option<bool>("--json") { Description = "One object a line (JSON)." };
        command.Add(paths);
        foreach (Option option in (Option[])[length, site, angle, volume, json])
            command.Add(option);
        command.SetAction(parsed => runner.RunAlone(() =>
        {
            var tolerance = new MatchTolerance(parsed.GetValue(length), parsed.GetValue(site), parsed.GetValue(angle),
                !parsed.GetValue(volume));
            string[] files = parsed.GetRequiredValue(paths);
            if (files.Length == 2)
                PairMatch.Print(files[0], files[1], tolerance, parsed.GetValue(json));
            else
                FamilyMatch.Print(files[0], tolerance, parsed.GetValue(json));
        }));
        return command;
    }

    private static Option<double> Tolerance(string name, string unit, string description, double value, double most) => new(name)
    {
        Description = description,
        HelpName = unit,
        DefaultValueFactory = _ => value,
        CustomParser = result => NumberArgument.Parse(result, LeastTolerance, most) ?? value,
    };
}
