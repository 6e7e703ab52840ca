using System.Globalization;
using CrystalHpc.Engine.Corpora;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;

namespace CrystalHpc.Tests.Engine.Corpora;

/// <summary>Folders listed by several ranks.</summary>
public sealed class CorpusListingTests
{
    [Test]
    public void Sources_and_notes_are_those_of_one_rank([Values(2, 3, 4)] int ranks)
    {
        using var folder = new TemporaryFolder();
        for (int i = 0; i < 400; i++)
            folder.Write(string.Create(CultureInfo.InvariantCulture, $"cod/{i % 7}/{i % 11}/{i}.cif"), "data_");
        folder.Write("cod/top.zip", "");
        folder.Write("cod/3/run/run.json", "{}");
        folder.Write("cod/3/run/manifest.csv", "");
        folder.Write("cod/9/one.cif", "data_");
        Directory.CreateSymbolicLink(folder["cod/5/up"], folder["cod"]);
        Directory.CreateSymbolicLink(folder["cod/0/x"], folder["cod/6/5"]);
        Directory.CreateSymbolicLink(folder["cod/8"], folder["cod/4"]);
        File.CreateSymbolicLink(folder["cod/6/again.cif"], folder["cod/9/one.cif"]);
        Directory.CreateDirectory(folder["run/index"]);
        var corpus = new Corpus([folder["cod"]]);
        var notes = new List<string>();
        SourceRow[] expected = [.. corpus.Sources(notes.Add).Select(CorpusChanges.Describe)];
        Assert.That(expected, Has.Length.EqualTo(402));
        Assert.That(notes, Has.Count.GreaterThanOrEqualTo(4));
        ThreadCommunicator.Run(ranks, world =>
        {
            var listing = new CorpusListing(new Job(world, new JobOptions(IsQuiet: true, Dealing.Dynamic), null),
                new RunDirectory(folder["run"]), corpus);
            listing.List();
            if (world.Rank > 0)
                return;
            var found = new List<string>();
            Assert.That(listing.Sources(found.Add), Is.EqualTo(expected));
            Assert.That(found, Is.EqualTo(notes));
        });
        Assert.That(Directory.GetFiles(folder["run/index"]), Has.Length.GreaterThan(7), "the work was dealt");
    }
}
