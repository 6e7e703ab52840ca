using CrystalHpc.Core.OxidationStates;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Structures;

namespace CrystalHpc.Tests.Engine.Structures;

/// <summary>The file beside a corpus that gives states to its sites.</summary>
public sealed class StateSidecarTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Make_a_folder() => _folder = new TemporaryFolder();

    [TearDown]
    public void Remove_it() => _folder.Dispose();

    private StateSidecar Read(string text, string? digest = null)
        => StateSidecar.Read(new StateSidecarOptions(_folder.Write("states.csv", text), digest));

    [Test]
    public void Columns_may_stand_in_any_order_beside_others()
    {
        StateSidecar sidecar = Read("charge,note,site,file\n+3,from the paper,Fe1,1000041.cif\n-2,,O,1000041\n");
        Assert.That(sidecar.Of("1000041", "1000041"), Is.EqualTo(new GivenState[] { new("Fe1", 3), new("O", -2) }));
    }

    [Test]
    public void A_name_without_folder_holds_in_any_and_a_block_adds_to_its_file()
    {
        StateSidecar sidecar = Read("file,site,charge\nmagnetite,O,-2\nmagnetite:hot,Fe1,3\na/magnetite,Fe2,2\n");
        Assert.That(sidecar.Of("b/magnetite", "b/magnetite"), Is.EqualTo(new GivenState[] { new("O", -2) }));
        Assert.That(sidecar.Of("a/magnetite", "a/magnetite:hot"), Is.EquivalentTo(
            new GivenState[] { new("O", -2), new("Fe2", 2), new("Fe1", 3) }));
    }

    [Test]
    public void What_matches_nothing_is_named()
    {
        StateSidecar sidecar = Read("file,site,charge\nmagnetite,O,-2\nmagnetite:hot,Fe1,3\nhematite,Fe,3\n");
        Assert.That(sidecar.Without(["ores/magnetite", "quartz"]), Is.EqualTo(new[] { "hematite" }));
        Assert.That(sidecar.Unmatched("ores/magnetite", ["ores/magnetite:cold"]),
            Is.EqualTo(new[] { ("magnetite:hot", new GivenState("Fe1", 3)) }));
        Assert.That(sidecar.Unmatched("ores/magnetite", ["ores/magnetite:hot"]), Is.Empty);
    }

    [TestCase("file,site\na,Fe\n", "has no column 'charge'")]
    [TestCase("", "has no column 'file'")]
    [TestCase("file,site,charge\na,Fe,3\na,Fe,three\n", "line 3: 'a,Fe,three' gives no state")]
    [TestCase("file,site,charge\na,Fe,2.5\n", "line 2: 'a,Fe,2.5' gives no state")]
    [TestCase("file,site,charge\na,Fe,0\n", "gives no state")]
    [TestCase("file,site,charge\na,Fe,10\n", "gives no state")]
    [TestCase("file,site,charge\n,Fe,3\n", "gives no state")]
    [TestCase("file,site,charge\na,Fe,3\na.cif,Fe,2\n", "line 3: a Fe has a state already")]
    public void A_row_that_is_no_state_is_a_wrong_configuration(string text, string problem)
    {
        UserException refused = Assert.Throws<UserException>(() => Read(text))!;
        Assert.That(refused.Message, Does.Contain(problem));
    }

    [Test]
    public void Another_file_than_the_configuration_knows_is_refused()
    {
        string digest = Read("file,site,charge\na,Fe,3\n").Sha256;
        Assert.That(Read("file,site,charge\na,Fe,3\n", digest).Sha256, Is.EqualTo(digest));
        Assert.That(Assert.Throws<UserException>(() => Read("file,site,charge\na,Fe,2\n", digest))!.Message,
            Does.Contain("is not the file that the configuration knows"));
    }

    [Test]
    public void A_file_that_is_not_there_is_a_wrong_configuration() => Assert.That(
        Assert.Throws<UserException>(() => StateSidecar.Read(new StateSidecarOptions(_folder["none.csv"], null)))!.Message,
        Does.Contain("'given_states.file' cannot be read"));
}
