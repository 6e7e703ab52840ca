using System.Numerics;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Parallel;

namespace CrystalHpc.Learning.Training;

/// <summary>
/// The instances of a task on the threads of this rank. Ranks and threads share the virtual shards of a batch; the sums that they get are the same on all ranks, and
/// the same for any number of ranks and threads.
/// </summary>
internal sealed class ShardTeam<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ICommunicator _world;
    private readonly Member[] _members;
    private readonly int[] _lengths;
    private readonly List<T[]> _gradients = [];
    private readonly List<double> _losses = [];
    private readonly double[] _factors;
    private ReproducibleGradient? _sum;
    private int _shardsOfSum;

    /// <summary>Makes the instances; those of other threads share the parameters of the first.</summary>
    public ShardTeam(Func<ITrainingTask<T>> create, ICommunicator world, int threads)
    {
        ArgumentNullException.ThrowIfNull(create);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _world = world;
        _members = new Member[threads];
        for (int i = 0; i < threads; i++)
        {
            ITrainingTask<T> task = create();
            _members[i] = new Member(task, i == 0 ? new ParameterBuffer<T>(task.Parameters) : _members[0].Buffer.Share(task.Parameters));
        }

        _lengths = [.. Parameters.Parameters.Select(parameter => parameter.Length)];
        _factors = new double[_lengths.Length];
    }

    /// <summary>The parameters.</summary>
    public ParameterBuffer<T> Parameters => _members[0].Buffer;

    /// <summary>Sets the parameters to where a training starts.</summary>
    public void Initialize(ulong seed) => _members[0].Task.Initialize(seed);

    /// <summary>The mean gradient of a batch, and for statistics the mean over its shards. A collective call.</summary>
    /// <param name="deal">The samples.</param>
    /// <param name="batch">Number of the batch.</param>
    /// <param name="seed">Seed of the noise.</param>
    /// <param name="epoch">Number of the epoch, from 0.</param>
    /// <param name="gradient">Receives the gradient.</param>
    /// <returns>The sum of the losses.</returns>
    /// <exception cref="UserException">The gradient or the loss is not finite.</exception>
    public double Gradient(VirtualShards deal, int batch, ulong seed, int epoch, Span<T> gradient)
    {
        int shards = deal.ShardsOf(batch);
        double loss = Sum(shards, isGradient: true, (member, shard) =>
        {
            ReadOnlyMemory<int> samples = deal.Samples(batch, shard);
            member.Buffer.Gradient.Clear();
            return member.Task.AddGradient(samples.Span, ForwardPass.Training(seed, epoch, samples));
        });
        IReadOnlyList<Parameter<T>> parameters = Parameters.Parameters;
        for (int i = 0; i < _factors.Length; i++)
            _factors[i] = 1.0 / (parameters[i].Kind == ParameterKind.Statistic ? shards : deal.SamplesOf(batch));
        _sum!.Read(gradient, _factors);
        return loss;
    }

    /// <summary>The sum of the losses of samples as the network predicts. A collective call.</summary>
    /// <exception cref="UserException">The loss is not finite.</exception>
    public double Loss(ReadOnlyMemory<int> samples, int shard)
    {
        if (samples.IsEmpty)
            return 0;
        var deal = new VirtualShards(samples, samples.Length, Math.Min(shard, samples.Length));
        return Sum(deal.MostShards, isGradient: false, (member, number) => member.Task.Loss(deal.Samples(0, number).Span));
    }

    // Each rank does every so many-th shard, its threads whichever comes next; what a shard yields is kept by its number.
    private double Sum(int shards, bool isGradient, Func<Member, int, double> work)
    {
        int own = (shards - _world.Rank + _world.Size - 1) / _world.Size, next = -1;
        while (_losses.Count < own)
            _losses.Add(0);
        while (isGradient && _gradients.Count < own)
            _gradients.Add(new T[Parameters.Values.Length]);
        OnThreads(member =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < own;)
            {
                _losses[i] = work(member, _world.Rank + i * _world.Size);
                if (isGradient)
                    member.Buffer.Gradient.CopyTo(_gradients[i]);
            }
        });

        ReproducibleGradient sum = isGradient ? SumOf(shards) : new ReproducibleGradient([], shards);
        sum.Clear();
        for (int i = 0; i < own; i++)
            sum.Observe<T>(isGradient ? _gradients[i] : [], _losses[i]);
        if (sum.AgreeOnScales(_world) is int broken)
            throw NotFinite(isGradient && broken < _lengths.Length ? $"the gradient of {Parameters.Parameters[broken].Name}" : "the loss");
        for (int i = 0; i < own; i++)
            sum.Add<T>(isGradient ? _gradients[i] : [], _losses[i]);
        sum.AddRanks(_world);
        return sum.Loss;
    }

    private ReproducibleGradient SumOf(int shards)
    {
        if (_sum is null || _shardsOfSum < shards)
            (_sum, _shardsOfSum) = (new ReproducibleGradient(_lengths, shards), shards);
        return _sum;
    }

    private void OnThreads(Action<Member> work)
    {
        if (_members.Length == 1)
        {
            work(_members[0]);
            return;
        }

        try
        {
            System.Threading.Tasks.Parallel.For(0, _members.Length, i => work(_members[i]));
        }
        catch (AggregateException several)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
    }

    private static UserException NotFinite(string what) => UserException.Unusable(
        $"the training diverged: {what} is no longer a finite number; a lower rate or a smaller clip_norm helps where the data are sound");

    private sealed record Member(ITrainingTask<T> Task, ParameterBuffer<T> Buffer);
}
