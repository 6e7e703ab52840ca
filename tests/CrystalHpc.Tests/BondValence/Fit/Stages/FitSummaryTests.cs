using System.Text.Json;
using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.Core.Elements;

namespace CrystalHpc.Tests.BondValence.Fit.Stages;

/// <summary>What fit.json says of fits that did not go well.</summary>
public class FitSummaryTests
{
    // Bonds of 0.5 and 3.5 Å around a mean of 3: the short one has exp(2.5/0.37) = 860 valence units, and exp(860) is no number.
    [Test]
    public void A_loss_that_overflows_at_the_start_is_reported_as_not_finite()
    {
        Species si = new(Element.Of("Si"), 4), o = new(Element.Of("O"), -2);
        SiteEquation equation = new()
        {
            StructureId = "a", SiteIndex = 0, SiteLabel = "Si1", Center = si, Multiplicity = 1, GroupId = "a",
            Bonds = [.. new[] { 0.5, 3.5, 3.5, 3.5, 3.5, 3.5 }.Select(length => new EquationBond(o, length))],
        };
        FitOptions options = PlainFit.Options with
        {
            Loss = Loss.ExponentialAbsolute, Start = FitStart.MeanLength, GateAngstrom = null, RadiusPrior = false,
        };
        IReadOnlyList<BondKey> keys = EquationTable.KeysOf([equation], options.Key);
        FitSummary summary = FitSummary.Of(BondValenceFit.Run(options, keys, [EquationTable.Build([equation], keys, [1], options.Key)],
            static _ => { }), priorTable: null);
        Assert.That((summary.StoppedBy, summary.Value, summary.Iterations), Is.EqualTo(("not_finite", (double?)null, 0)));
        Assert.That(() => JsonSerializer.Serialize(summary), Throws.Nothing);
    }
}
