using CrystalHpc.Engine.Jobs;
using CrystalHpc.Potentials.Simulation;

namespace CrystalHpc.Tests.Potentials.Simulation;

/// <summary>What gives energies is found by its name, and known again by what decides its energies.</summary>
public sealed class EnergyModelsTests
{
    [TestCase("gupta")]
    [TestCase("program:./dft.sh {in} {out}")]
    [TestCase("unix:run7")]
    [TestCase("port:localhost:31415")]
    public void What_is_no_file_is_known_by_its_text(string text) => Assert.That(EnergyModels.IdentityOf(text), Is.EqualTo(text));

    [Test]
    public void A_model_is_known_by_its_content_wherever_it_lies()
    {
        using var folder = new TemporaryFolder();
        string first = folder.Write("first.safetensors", "one"), second = folder.Write("second.safetensors", "one");
        string before = EnergyModels.IdentityOf(first);
        Assert.That(EnergyModels.IdentityOf(second), Is.EqualTo(before));
        File.WriteAllText(first, "another");
        Assert.That(EnergyModels.IdentityOf(first), Is.Not.EqualTo(before));
    }

    [TestCase("port:localhost:0")]
    [TestCase("port:localhost:abc")]
    [TestCase("unix:")]
    public void A_place_where_nobody_can_come_is_refused(string text) =>
        Assert.Throws<UserException>(() => EnergyModels.Create(text, TimeSpan.FromSeconds(1), 0));
}
