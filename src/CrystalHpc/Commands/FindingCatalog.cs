using System.Text;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Equations;
using CrystalHpc.Core.Evaluation;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.OxidationStates;
using CrystalHpc.Core.Validation;
using CrystalHpc.Corpora;
using CrystalHpc.Storage;

namespace CrystalHpc.Commands;

/// <summary>Every code that tables can hold, by the part that finds it, in the order of the data.</summary>
internal static class FindingCatalog
{
    /// <summary>The parts with their codes.</summary>
    public static IReadOnlyList<(string Part, IReadOnlyList<FindingCode> Codes)> Parts { get; } =
    [
        ("Reading the file", FileFindings.All),
        ("CIF syntax", CifFindings.All),
        ("Structure", CrystalFindings.All),
        ("Oxidation states", OxidationFindings.All),
        ("Validation: reasons for rejection", ValidationFindings.All),
        ("Coordination", CoordinationFindings.All),
        ("Equations", EquationFindings.All),
        ("Parameter tables", TableFindings.All),
    ];

    /// <summary>The catalog as Markdown tables: what docs/findings.md holds.</summary>
    public static string ToMarkdown()
    {
        var text = new StringBuilder();
        foreach ((string part, IReadOnlyList<FindingCode> codes) in Parts)
        {
            text.Append("\n## ").Append(part).Append("\n\n| code | severity | meaning |\n|---|---|---|\n");
            foreach (FindingCode code in codes)
                text.Append("| `").Append(code.Name).Append("` | ").Append(SnakeCase.Of(code.Severity)).Append(" | ").Append(code.Meaning).Append(" |\n");
        }

        return text.ToString();
    }
}
