using System.CommandLine;
using CrystalHpc.Engine.Commands;

namespace CrystalHpc.Potentials.Commands.Searching;

/// <summary><c>crystalhpc search</c>.</summary>
internal static class SearchCommand
{
    public static Command Create(CommandContext context) => new("search", "Searches for structures of low energy: crystals and particles.")
    {
        SearchRunCommand.Create(context), SearchScanCommand.Create(context), SearchGrowCommand.Create(context),
        SearchAnalyzeCommand.Create(context),
    };
}
