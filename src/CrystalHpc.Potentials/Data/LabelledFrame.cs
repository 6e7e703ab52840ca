using CrystalHpc.Core.Findings;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Learning.Formulas;

namespace CrystalHpc.Potentials.Data;

/// <summary>A structure of the data.</summary>
/// <param name="File">The file.</param>
/// <param name="Number">Number in the file, from 0.</param>
/// <param name="Line">Line where it begins.</param>
/// <param name="Frame">The structure.</param>
/// <param name="Key">What the split goes by, see <see cref="FrameKeys"/>.</param>
internal sealed record LabelledFrame(string File, int Number, int Line, AtomFrame Frame, string Key = "")
{
    /// <summary>The part of the split that it belongs to.</summary>
    public SplitPart Part => FormulaSplit.PartOf(Key);

    /// <summary>Name for tables: its own <c>id</c>, or file and number.</summary>
    public string Id => Frame.Property("id") ?? FormattableString.Invariant($"{Path.GetFileName(File)}:{Number}");

    /// <summary>Group that the data name, such as Surface; null without.</summary>
    public string? Group => Frame.Property("group") ?? Frame.Property("config_type");

    /// <summary>Energy an atom, eV.</summary>
    public double EnergyPerAtom => Frame.EnergyElectronVolt!.Value / Frame.AtomCount;

    /// <summary>Composition as text, elements by atomic number with their counts.</summary>
    public string Composition =>
        string.Join(' ', Frame.Species.CountBy(element => element).OrderBy(pair => pair.Key)
        .Select(pair => FormattableString.Invariant($"{pair.Key}{pair.Value}")));
}

/// <summary>A structure that is not used, or is odd.</summary>
/// <param name="File">The file.</param>
/// <param name="Number">Number of the structure in the file, from 0.</param>
/// <param name="Finding">Why; its line is that of the structure.</param>
internal readonly record struct FrameFinding(string File, int Number, Finding Finding);
