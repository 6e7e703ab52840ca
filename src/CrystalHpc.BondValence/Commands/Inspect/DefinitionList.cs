using System.CommandLine;
using System.CommandLine.Parsing;
using CrystalHpc.Core.Coordination;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Structures;

namespace CrystalHpc.BondValence.Commands;




/// <summary>The option that asks for several definitions of neighbors side by side.</summary>
internal static class DefinitionList
{
    private static readonly NeighborDefinition[] Every = Enum.GetValues<NeighborDefinition>();

    /// <summary><c>--definitions econ,cutoff</c> or <c>--definitions all</c>.</summary>
    public static Option<IReadOnlyList<NeighborDefinition>> Option() => new("--definitions")
    {
        Description = $"Compare the neighbors of each site by several definitions, with the settings of the configuration: all, or some of "
            + $"{Names}, separated by commas.",
        HelpName = "LIST",
        CustomParser = Parse,
    };

    /// <summary>The definitions with the settings of a configuration.</summary>
    /// <exception cref="UserException">The configuration has no settings for one of them.</exception>
    public static IReadOnlyList<NamedDefinition> Create(NeighborOptions options, IReadOnlyList<NeighborDefinition> definitions) =>
    [
        .. definitions.Select(definition => new NamedDefinition(
            SnakeCase.Of(definition),
            options.SettingsOf(definition)?.Create()
                ?? throw UserException.Configuration(
                    $"'neighbors.{SnakeCase.Of(definition)}' is null in the configuration, so there are no settings to compare by"))),
    ];

    private static string Names => string.Join(", ", Every.Select(SnakeCase.Of));

    private static IReadOnlyList<NeighborDefinition> Parse(ArgumentResult result)
    {
        string list = result.Tokens[0].Value;
        if (list == "all")
            return Every;
        var chosen = new List<NeighborDefinition>();
        foreach (string name in list.Split(',', StringSplitOptions.TrimEntries))
        {
            int index = Array.FindIndex(Every, definition => SnakeCase.Of(definition) == name);
            if (index < 0)
                result.AddError($"'{name}' is no definition of neighbors{Spelling.Suggest(name, Every.Select(SnakeCase.Of))}; allowed: "
                    + $"all, {Names}");
            else
                chosen.Add(Every[index]);
        }

        return chosen;
    }
}
