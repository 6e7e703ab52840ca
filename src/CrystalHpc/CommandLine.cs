using System.CommandLine;
using CrystalHpc.BondValence;
using CrystalHpc.Commands;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Systems;
using CrystalHpc.Generation;
using CrystalHpc.Lattices;
using CrystalHpc.Potentials;
using CrystalHpc.Properties;

namespace CrystalHpc;

/// <summary>The command line: which systems there are, and small verbs on the core alone.</summary>
internal static class CommandLine
{
    /// <summary>The systems of the program.</summary>
    public static SystemCatalog Systems { get; } =
        new([new BondValenceSystem(), new LatticeSystem(), new PotentialSystem(), new PropertySystem(), new GenerationSystem()]);

    /// <summary>The whole command line.</summary>
    public static RootCommand Create(JobRunner runner)
    {
        var root = new RootCommand("Bond-valence parameters from crystal structures, on one core or on many MPI ranks.");
        var context = new CommandContext(runner, Systems);
        EngineVerbs.AddTo(
            root, context, FormulaCommand.Create(context), SymmetryCommand.Create(context), MatchCommand.Create(runner),
            ConvertCommand.Create(runner));
        return root;
    }
}
