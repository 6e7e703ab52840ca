using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Structures;

namespace CrystalHpc.Tests.Engine.Structures;

/// <summary>Structures that are named on a command line.</summary>
public sealed class LooseStructuresTests
{
    [Test]
    public void A_folder_without_structures_is_an_error_and_a_file_that_is_none_is_an_outcome()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["empty"]);
        Assert.That(() => Read(folder["empty"]), Throws.TypeOf<UserException>().With.Message.Contains("no structure in"));
        folder.Write("broken.cif", "data_x\nloop_\n");
        Assert.That(Read(folder.Path).Single().IsAccepted, Is.False);
    }

    private static StructureOutcome[] Read(string path) =>
        [.. LooseStructures.Read(path, CommandLine.Systems.Configuration.Defaults, LooseStructures.Validation)
            .Select(entry => entry.Outcome)];
}
