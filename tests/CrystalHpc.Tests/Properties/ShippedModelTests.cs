using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CrystalHpc.Tests.Commands;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Properties;

/// <summary>What the models that ship say of crystals that people bring, usual and unusual.</summary>
public sealed class ShippedModelTests
{
    private static readonly string[] Energies = ["formation_energy", "energy", "formation_energy@heuslers"];

    private TemporaryFolder _folder = null!;
    private Dictionary<string, JsonObject> _answers = [];

    [OneTimeSetUp]
    public void Ask_about_all_at_once()
    {
        _folder = new TemporaryFolder();
        Write("salt", 5.64, "Na Cl", ("Na", 0, 0, 0), ("Na", 0.5, 0.5, 0), ("Na", 0.5, 0, 0.5), ("Na", 0, 0.5, 0.5), ("Cl", 0.5, 0, 0),
            ("Cl", 0, 0.5, 0), ("Cl", 0, 0, 0.5), ("Cl", 0.5, 0.5, 0.5));
        Write("perovskite", 3.9, "Sr Ti O3", ("Sr", 0, 0, 0), ("Ti", 0.5, 0.5, 0.5), ("O", 0.5, 0.5, 0),
            ("O", 0.5, 0, 0.5), ("O", 0, 0.5, 0.5));
        Write("heusler", 5.65, "Co2 Mn Si", [.. new[] { (0.0, 0.0, 0.0), (0, 0.5, 0.5), (0.5, 0, 0.5), (0.5, 0.5, 0) }.SelectMany(shift =>
            new[] { ("Co", 0.25), ("Co", 0.75), ("Mn", 0.5), ("Si", 0.0) }.Select(atom => (
                atom.Item1, (atom.Item2 + shift.Item1) % 1, (atom.Item2 + shift.Item2) % 1, (atom.Item2 + shift.Item3) % 1)))]);
        Write("one-atom", 3.35, "Po", ("Po", 0, 0, 0));
        Write("molecule", 8, "C O2", ("C", 0.5, 0.5, 0.5), ("O", 0.645, 0.5, 0.5), ("O", 0.355, 0.5, 0.5));
        Write("large", 14 * 2.82, "Na Cl", [.. Enumerable.Range(0, 14 * 14 * 14).Select(i => (X: i % 14, Y: i / 14 % 14, Z: i / 196))
            .Select(site => ((site.X + site.Y + site.Z) % 2 == 0 ? "Na" : "Cl", site.X / 14.0, site.Y / 14.0, site.Z / 14.0))]);
        Write("metal", 3.61, "Cu", ("Cu", 0, 0, 0), ("Cu", 0.5, 0.5, 0), ("Cu", 0.5, 0, 0.5), ("Cu", 0, 0.5, 0.5));
        Write("californium", 5.3, "Cf O", ("Cf", 0, 0, 0), ("O", 0.5, 0.5, 0.5));
        Write("hydrogens-missing", 5, "H4 O2 Zn", ("Zn", 0, 0, 0), ("O", 0.5, 0.5, 0), ("O", 0, 0.5, 0.5));
        Write("disordered", 3.6, "Cu0.5 Au0.5", ("Cu 0.5", 0, 0, 0), ("Au 0.5", 0, 0, 0));
        ChildResult result = CrystalHpcCommand.Run("property", "predict", _folder.Path, "--json");
        _answers = result.Output.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonNode.Parse(line)!.AsObject())
            .ToDictionary(answer => Path.GetFileNameWithoutExtension(answer["input"]!.GetValue<string>()));
        Assert.That(_answers, Has.Count.EqualTo(10), result.ToString());
    }

    [OneTimeTearDown]
    public void Remove_the_folder() => _folder.Dispose();

    [TestCase("salt")]
    [TestCase("one-atom")]
    [TestCase("molecule")]
    [TestCase("large")]
    [TestCase("metal")]
    public void A_crystal_of_any_size_has_a_prediction(string name)
    {
        JsonObject answer = _answers[name];
        foreach (string target in (string[])["formation_energy", "gap", "metal", "log10_K", "log10_G", "poisson"])
        {
            Assert.That(answer[target]?["value"]?.GetValue<double>(), Is.Not.Null, $"{name} {target}");
            Assert.That(answer[target]!["model"]!.GetValue<string>(), Is.Not.Empty);
        }

        Assert.That(answer["energy"]!["value"], Is.Null, "only Heusler compounds have a total energy");
        Assert.That(answer["energy"]!["reason"]!.GetValue<string>(), Does.Contain("heuslers"));
    }

    [TestCase("disordered", "graph-disordered")]
    [TestCase("californium", "graph-unknown-element")]
    [TestCase("hydrogens-missing", "graph-unreadable")]
    public void What_no_model_can_know_is_refused_with_a_finding(string name, string code)
    {
        Assert.That(_answers[name]["code"]!.GetValue<string>(), Is.EqualTo(code), _answers[name].ToJsonString());
        Assert.That(_answers[name]["refused"]!.GetValue<string>(), Is.Not.Empty);
    }

    [Test]
    public void Energies_of_one_structure_type_stand_beside_the_general_ones_for_that_type_alone()
    {
        Assert.That(Known("salt"), Is.EqualTo(new[] { "formation_energy" }));
        Assert.That(Known("perovskite"), Is.EqualTo(new[] { "formation_energy" }));
        Assert.That(Known("heusler"), Is.EqualTo(new[] { "formation_energy", "energy", "formation_energy@heuslers" }));
        Assert.That(_answers["heusler"]["formation_energy@heuslers"]!["model"]!.GetValue<string>(), Is.EqualTo("heuslers"));

        string[] Known(string name) => [.. Energies.Where(target => _answers[name][target]?["value"] is not null)];
    }

    [Test]
    public void A_metal_has_no_refractive_index()
    {
        Assert.That(_answers["metal"]["gap"]!["value"]!.GetValue<double>(), Is.Zero);
        Assert.That(_answers["metal"]["n"]!["value"], Is.Null);
        Assert.That(_answers["metal"]["n"]!["reason"]!.GetValue<string>(), Is.EqualTo("the predicted gap is 0"));
    }

    [Test]
    public void Sodium_chloride_is_an_insulator_of_about_its_known_values()
    {
        Assert.That(Value("formation_energy"), Is.EqualTo(-2.1).Within(0.4), "eV/atom");
        Assert.That(Value("gap"), Is.EqualTo(5).Within(1.5), "eV, semilocal functionals");
        Assert.That(Value("log10_K"), Is.EqualTo(Math.Log10(24)).Within(0.2));
        Assert.That(Value("metal"), Is.LessThan(0.5));

        double Value(string target) => _answers["salt"][target]!["value"]!.GetValue<double>();
    }

    [Test]
    public void A_formula_alone_has_answers()
    {
        ChildResult result = CrystalHpcCommand.Run("property", "predict", "--formula", "SrTiO3", "Cf2O3", "--json");
        JsonObject[] lines = [.. result.Output.Split('\n').Where(line => line.StartsWith('{'))
            .Select(line => JsonNode.Parse(line)!.AsObject())];
        Assert.That(lines, Has.Length.EqualTo(2), result.ToString());
        foreach (string target in (string[])["measured_gap", "log10_K", "log10_G"])
            Assert.That(lines[0][target]?["value"], Is.Not.Null, target);
        Assert.That(lines[0]["n"]!["reason"]!.GetValue<string>(), Does.Contain("structure"));
        Assert.That(lines[1]["code"]!.GetValue<string>(), Is.EqualTo("composition-no-properties"));
    }

    [Test]
    public void People_see_what_models_of_formulas_say_and_one_line_about_the_rest()
    {
        ChildResult result = CrystalHpcCommand.Run("property", "predict", "--formula", "SrTiO3");
        string[] lines = result.Output.TrimEnd().Split('\n');
        Assert.That(lines, Has.None.Contains("none:"));
        Assert.That(lines.Count(line => line.Contains("formula-", StringComparison.Ordinal)), Is.EqualTo(5), result.ToString());
        Assert.That(lines.Single(line => line.Contains("structure is needed", StringComparison.Ordinal)),
            Does.Contain("Metal").And.Contain("Poisson ratio").And.Not.Contain("Bulk modulus").And.Not.Contain("Band gap"));
    }

    [Test]
    public void A_folder_without_structures_and_a_damaged_model_are_errors()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["empty"]);
        ChildResult empty = CrystalHpcCommand.Run("property", "predict", folder["empty"]);
        Assert.That(empty.ExitCode, Is.EqualTo(4), empty.ToString());
        Assert.That(empty.ToString(), Does.Contain("no structure in"));
        byte[] bytes = File.ReadAllBytes(Path.Combine(TestPaths.RepositoryRoot, "models", "property", "moduli", "model.safetensors"));
        bytes[bytes.Length / 2] ^= 0xff;
        File.WriteAllBytes(folder["damaged.safetensors"], bytes);
        ChildResult damaged = CrystalHpcCommand.Run("property", "predict", "--formula", "NaCl", "--model", folder["damaged.safetensors"]);
        Assert.That(damaged.ExitCode, Is.EqualTo(4), damaged.ToString());
        Assert.That(damaged.ToString(), Does.Contain("edited or damaged"));
    }

    // Atoms as "Cu", or "Cu 0.5" where they are there half the time.
    private void Write(string name, double edge, string formula, params (string Element, double X, double Y, double Z)[] atoms)
    {
        string length = edge.ToString(CultureInfo.InvariantCulture);
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"""
            data_{name}
            _cell_length_a {length}
            _cell_length_b {length}
            _cell_length_c {length}
            _cell_angle_alpha 90
            _cell_angle_beta 90
            _cell_angle_gamma 90
            _symmetry_space_group_name_H-M 'P 1'
            _chemical_formula_sum '{formula}'
            loop_
            _atom_site_label
            _atom_site_type_symbol
            _atom_site_occupancy
            _atom_site_fract_x
            _atom_site_fract_y
            _atom_site_fract_z

            """));
        foreach (((string element, double x, double y, double z), int number) in atoms.Select((atom, i) => (atom, i + 1)))
        {
            string[] words = element.Split(' ');
            text.AppendLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{words[0]}{number} {words[0]} {(words.Length > 1 ? words[1] : "1")} {x:0.#####} {y:0.#####} {z:0.#####}"));
        }

        File.WriteAllText(_folder[$"{name}.cif"], text.ToString());
    }
}
