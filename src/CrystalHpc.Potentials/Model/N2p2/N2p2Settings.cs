using System.Globalization;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Potentials.Model.Descriptors;

namespace CrystalHpc.Potentials.Model.N2p2;

/// <summary>
/// <c>input.nn</c> of n2p2 and RuNNer (Singraber, Behler and Dellago 2019, doi 10.1021/acs.jctc.8b00770): elements, symmetry functions,
/// network and scaling. What changes the potential and is not known here is refused by name; settings of trainings are not read.
/// </summary>
internal sealed class N2p2Settings
{
    private readonly string _path;
    private readonly List<(Element Center, int Type, SymmetryFunction Function)> _functions = [];
    private readonly Dictionary<Element, double> _references = [];

    private N2p2Settings(string path) => _path = path;

    /// <summary>The elements by atomic number: n2p2 numbers them so.</summary>
    public Element[] Elements { get; private set; } = [];

    /// <summary>The symmetry functions in the order of n2p2, A.</summary>
    public FunctionSet Set { get; private set; } = null!;

    /// <summary>Widths of the hidden layers.</summary>
    public int[] Hidden { get; private set; } = [];

    /// <summary>Units of the potential.</summary>
    public FrameUnits Units { get; private set; } = null!;

    /// <summary>Inputs are centered on their means.</summary>
    public bool IsCentered { get; private set; }

    /// <summary>Inputs are scaled by their range.</summary>
    public bool IsScaled { get; private set; }

    /// <summary>Inputs are scaled by their deviation.</summary>
    public bool IsScaledBySigma { get; private set; }

    /// <summary>What scaled inputs range from and to.</summary>
    public (double Low, double High) Range { get; private set; } = (0, 1);

    /// <summary>Energy an atom that was subtracted before training, in the unit of the file.</summary>
    public double MeanEnergy { get; private set; }

    /// <summary>What energies were multiplied by for training.</summary>
    public double EnergyFactor { get; private set; } = 1;

    /// <summary>Reference energy of an atom, in the unit of the file.</summary>
    public double ReferenceOf(Element element) => _references.GetValueOrDefault(element);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="units">Its units; null: hartree and bohr, as RuNNer has them, or electronvolt and A where no atom can have the
    /// reference energies in hartree.</param>
    /// <exception cref="UserException">The file cannot be read, or asks for what is not known.</exception>
    public static N2p2Settings Read(string path, FrameUnits? units)
    {
        var settings = new N2p2Settings(path);
        var lines = N2p2Lines.Read(path).ToList();
        foreach ((int line, string[] words) in lines)
            settings.TakeGlobal(line, words);
        settings.Units = units ?? settings.GuessUnits();
        foreach ((int line, string[] words) in lines.Where(entry => entry.Words[0] == "symfunction_short"))
            settings.TakeFunction(line, words);
        if (settings.Elements.Length == 0 || settings._functions.Count == 0)
            throw settings.Refuse(0, "it names no elements or no symmetry functions");
        settings.Set = new FunctionSet(settings.Elements, settings.Sorted);
        return settings;
    }

    private void TakeGlobal(int line, string[] words)
    {
        switch (words[0])
        {
            case "elements":
                Elements = [.. words[1..].Select(word => ElementOf(line, word)).Order()];
                break;
            case "atom_energy":
                _references[ElementOf(line, Word(line, words, 1))] = Number(line, words, 2);
                break;
            case "cutoff_type" when Number(line, words, 1) != 1 || (words.Length > 2 && Number(line, words, 2) != 0):
                throw Refuse(line, "only the cosine cutoff is known, cutoff_type 1");
            case "global_nodes_short":
                Hidden = [.. words[1..].Select((_, i) => (int)Number(line, words, i + 1))];
                break;
            case "global_activation_short" when words[1..^1].Any(word => word != "t") || words[^1] != "l":
                throw Refuse(line, "only tanh in the hidden layers and a linear output are known");
            case "scale_symmetry_functions":
                IsScaled = true;
                break;
            case "scale_symmetry_functions_sigma":
                IsScaledBySigma = true;
                break;
            case "center_symmetry_functions":
                IsCentered = true;
                break;
            case "scale_min_short":
                Range = (Number(line, words, 1), Range.High);
                break;
            case "scale_max_short":
                Range = (Range.Low, Number(line, words, 1));
                break;
            case "mean_energy":
                MeanEnergy = Number(line, words, 1);
                break;
            case "conv_energy":
                EnergyFactor = Number(line, words, 1);
                break;
            case "normalize_nodes" or "element_nodes_short" or "element_activation_short" or "element_hidden_layers_short"
                or "use_electrostatics":
                throw Refuse(line, $"{words[0]} is not known");
        }
    }

    // No atom is bound by more than the Thomas-Fermi energy, 0.7687 Z^(7/3) hartree.
    private FrameUnits GuessUnits() =>
        _references.Any(pair => pair.Value < -0.7687 * Math.Pow(pair.Key.AtomicNumber, 7.0 / 3)) ? FrameUnits.ElectronVoltAngstrom
            : FrameUnits.TryParse("bohr,hartree")!;

    private void TakeFunction(int line, string[] words)
    {
        int type = (int)Number(line, words, 2);
        double length = Units.LengthAngstrom, eta = 1 / (length * length);
        Element center = ElementOf(line, Word(line, words, 1)), first = ElementOf(line, Word(line, words, 3));
        SymmetryFunction function;
        if (type == 2)
        {
            function = SymmetryFunction.Radial(first, eta * Number(line, words, 4), length * Number(line, words, 5),
                length * Number(line, words, 6));
        }
        else if (type is 3 or 9)
        {
            double zeta = Number(line, words, 7);
            if (zeta != Math.Round(zeta))
                throw Refuse(line, "zeta must be a whole number");
            function = new SymmetryFunction(
                type == 3 ? FunctionKind.Narrow : FunctionKind.Wide, first, ElementOf(line, Word(line, words, 4)),
                    eta * Number(line, words, 5),
                words.Length > 9 ? length * Number(line, words, 9) : 0, Number(line, words, 6), (int)zeta, length * Number(line, words, 8));
        }
        else
        {
            throw Refuse(line, FormattableString.Invariant($"symmetry functions of type {type} are not known, only 2, 3 and 9"));
        }

        _functions.Add((center, type, function));
    }

    private IEnumerable<SymmetryFunction> Sorted(Element center) => _functions.Where(entry => entry.Center == center)
        .OrderBy(entry => entry.Type).ThenBy(entry => entry.Function.CutoffAngstrom).ThenBy(entry => entry.Function.EtaPerSquareAngstrom)
        .ThenBy(entry => entry.Function.ShiftAngstrom).ThenBy(entry => entry.Function.Zeta).ThenBy(entry => entry.Function.Lambda)
        .ThenBy(entry => Lower(entry.Function)).ThenBy(entry => Higher(entry.Function)).Select(entry => entry.Function);

    private static Element Lower(SymmetryFunction function) => function.Second is { } second && second < function.First ? second
        : function.First;

    private static Element Higher(SymmetryFunction function) => function.Second is { } second && second > function.First ? second
        : function.First;

    private Element ElementOf(int line, string word) => Element.TryParse(word, out Element element) ? element
        : throw Refuse(line, $"{word} is no element");

    private string Word(int line, string[] words, int index) => index < words.Length ? words[index]
        : throw Refuse(line, "the line is too short");

    private double Number(int line, string[] words, int index) =>
        double.TryParse(Word(line, words, index), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && double.IsFinite(value)
            ? value
            : throw Refuse(line, $"{words[index]} is no number");

    private UserException Refuse(int line, string reason) =>
        UserException.Unusable(FormattableString.Invariant($"{_path}, line {line}: {reason}"));
}
