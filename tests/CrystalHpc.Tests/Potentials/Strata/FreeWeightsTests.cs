using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Potentials.Training;
using CrystalHpc.Potentials.Training.Strata;

namespace CrystalHpc.Tests.Potentials.Strata;

/// <summary>A task with free weights has the slopes of the task with all weights at their places.</summary>
public sealed class FreeWeightsTests
{
    private static readonly AtomFrame[] Frames = SmallTraining.Frames(4);
    private static readonly SampleTable Table = SmallTraining.Table(Frames);

    private EnergyForceTask _all = null!;
    private ParameterBuffer<double> _weights = null!, _own = null!;
    private FreeWeights _free = null!;
    private int[] _places = [];

    [SetUp]
    public void Create()
    {
        _all = SmallTraining.Task(Table, Frames);
        _weights = new ParameterBuffer<double>(_all.Parameters);
        _all.Initialize(4);
        _places = [.. Enumerable.Range(0, _weights.Values.Length).Where(place => place % 3 == 1)];
        _free = new FreeWeights(SmallTraining.Task(Table, Frames), _weights.Values.ToArray(), _places);
        _own = new ParameterBuffer<double>(_free.Parameters);
        _free.Initialize(4);
    }

    [Test]
    public void The_loss_and_its_gradient_are_those_of_the_whole()
    {
        var pass = ForwardPass.Training(1, 0, new[] { 0, 1, 2 });
        double whole = _all.AddGradient([0, 1, 2], pass), loss = _free.AddGradient([0, 1, 2], pass);
        Assert.That(loss, Is.EqualTo(whole));
        Assert.That(_own.Gradient.ToArray(), Is.EqualTo(_places.Select(place => _weights.Gradient[place])));
    }

    [Test]
    public void Deviations_and_their_slopes_are_those_of_the_whole()
    {
        int count = _all.ResidualsOf(1), stride = _weights.Values.Length;
        (var wide, var narrow) = (new double[count * stride + 8], new double[count * _places.Length + 8]);
        (var expected, var found) = (new double[count], new double[count]);
        _all.Residuals(1, expected, wide, stride);
        _free.Residuals(1, found, narrow, _places.Length);
        Assert.That(found, Is.EqualTo(expected));
        for (int row = 0; row < count; row++)
            Assert.That(narrow[(row * _places.Length)..((row + 1) * _places.Length)],
                Is.EqualTo(_places.Select(place => wide[row * stride + place])));
    }

    [Test]
    public void A_free_weight_that_changes_changes_the_whole()
    {
        _own.Values[2] += 0.1;
        _weights.Values[_places[2]] += 0.1;
        Assert.That(_free.Loss([3]), Is.EqualTo(_all.Loss([3])));
    }

    [Test]
    public void Blocks_end_with_the_elements()
    {
        Assert.That(_free.BlockEnds, Is.EqualTo(_all.BlockEnds.Select(end => _places.Count(place => place < end))));
        Assert.That(_free.BlockEnds[^1], Is.EqualTo(_places.Length));
    }
}
