using System.CommandLine;
using CrystalHpc.Engine.Commands;

namespace CrystalHpc.Generation.Commands;

/// <summary><c>crystalhpc generate</c>: new crystals from those that are known.</summary>
internal static class GenerateCommand
{
    public static Command Create(CommandContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new("generate", """
            New cubic crystals from those that are known: crystals as voxels, an autoencoder that makes more of them, a network that
            reads them back.
            """);
    }
}
