using System.Text;
using CrystalHpc.Core.Findings;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Systems;

namespace CrystalHpc.Engine.Commands;

/// <summary>Every code that tables can hold, by the part that finds it: what docs/findings.md holds.</summary>
public static class FindingCatalog
{
    /// <summary>The catalog as Markdown tables.</summary>
    public static string ToMarkdown(IReadOnlyList<FindingPart> parts)
    {
        var text = new StringBuilder();
        foreach (FindingPart part in parts)
        {
            text.Append("\n## ").Append(part.Name).Append("\n\n| code | severity | meaning |\n|---|---|---|\n");
            foreach (FindingCode code in part.Codes)
                text.Append("| `").Append(code.Name).Append("` | ").Append(SnakeCase.Of(code.Severity)).Append(" | ").Append(code.Meaning)
                    .Append(" |\n");
        }

        return text.ToString();
    }
}
