using CrystalHpc.Core.Crystals;
using CrystalHpc.Generation.Data;
using CrystalHpc.Generation.Prediction.Screening;

namespace CrystalHpc.Tests.Generation.Screening;

/// <summary>Places of structure types as text.</summary>
public sealed class TypePlacesTests
{
    [Test]
    public void A_perovskite_is_its_elements_on_the_places_of_the_type()
    {
        string text = TypePlaces.Of(Cells.Perovskite, CellClass.Perovskite);
        CubicCell read = TypePlaces.Read(text, Cells.Perovskite.EdgeAngstrom)!;
        Assert.That(text.Split(';'), Has.Length.EqualTo(3));
        Assert.That(read.Positions.Zip(read.Elements), Is.EquivalentTo(Cells.Perovskite.Positions.Zip(Cells.Perovskite.Elements)));
    }

    [Test]
    public void Displaced_atoms_of_a_perovskite_stand_on_their_places_and_those_of_other_kinds_on_none()
    {
        CubicCell cell = Cells.Perovskite;
        CubicCell displaced = cell with { Positions = [.. cell.Positions.Select(
            (at, i) => i == 1 ? new Fractional(at.X + 0.1, at.Y, at.Z - 0.06) : at)] };
        Assert.That(TypePlaces.Of(displaced, CellClass.Perovskite), Is.EqualTo(TypePlaces.Of(cell, CellClass.Perovskite)));
        Assert.That(TypePlaces.Of(displaced, CellClass.ABX3), Is.Empty);
    }

    [Test]
    public void Two_atoms_on_one_place_have_no_text()
    {
        CubicCell cell = Cells.Perovskite;
        CubicCell doubled = cell with { Positions = [.. cell.Positions.Select((at, i) => i == 1 ? cell.Positions[0] : at)] };
        Assert.That(TypePlaces.Of(doubled, CellClass.Perovskite), Is.Empty);
    }

    [TestCase("")]
    [TestCase("Sr")]
    [TestCase("Sr 64")]
    [TestCase("Sr -1")]
    [TestCase("Qq 0")]
    [TestCase("Sr 0;Ti 4 2")]
    public void Damaged_text_is_told(string text) => Assert.That(TypePlaces.Read(text, 4), Is.Null);
}
