using System.Numerics;
using System.Runtime.InteropServices;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Parallel;

namespace CrystalHpc.Learning.Training;

/// <summary>
/// The instances of a task on the threads of this rank. Ranks and threads share the virtual shards of a batch; the sums that they get are
/// the same on all ranks, and the same for any number of ranks and threads.
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
    private int _mostShards;

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

    /// <summary>What was no finite number in the last sum that came out as NaN, for people.</summary>
    public string NotFinite { get; private set; } = "";

    /// <summary>Sets the parameters to where a training starts.</summary>
    public void Initialize(ulong seed) => _members[0].Task.Initialize(seed);

    /// <summary>The mean gradient of a batch, and for statistics the mean over its shards. A collective call.</summary>
    /// <param name="deal">The samples.</param>
    /// <param name="batch">Number of the batch.</param>
    /// <param name="seed">Seed of the noise.</param>
    /// <param name="epoch">Number of the epoch, from 0.</param>
    /// <param name="gradient">Receives the gradient.</param>
    /// <returns>The sum of the losses; on all ranks NaN where the loss or the gradient of some shard is not finite.</returns>
    public double Gradient(VirtualShards deal, int batch, ulong seed, int epoch, Span<T> gradient)
    {
        int shards = deal.ShardsOf(batch);
        double loss = Sum(shards, SumOf(deal.MostShards), isGradient: true, (member, shard) =>
        {
            ReadOnlyMemory<int> samples = deal.Samples(batch, shard);
            return member.Task.AddGradient(samples.Span, ForwardPass.Training(seed, epoch, samples));
        });
        if (double.IsNaN(loss))
            return loss;
        IReadOnlyList<Parameter<T>> parameters = Parameters.Parameters;
        for (int i = 0; i < _factors.Length; i++)
            _factors[i] = 1.0 / (parameters[i].Kind == ParameterKind.Statistic ? shards : deal.SamplesOf(batch));
        _sum!.Read(gradient, _factors);
        return loss;
    }

    /// <summary>The sum of the losses of samples as the network predicts, or NaN. A collective call.</summary>
    public double Loss(ReadOnlyMemory<int> samples, int shard)
    {
        if (samples.IsEmpty)
            return 0;
        var deal = new VirtualShards(samples, samples.Length, Math.Min(shard, samples.Length));
        return Sum(deal.MostShards, new ReproducibleGradient([], deal.MostShards), isGradient: false, (member, number)
            => member.Task.Loss(deal.Samples(0, number).Span));
    }

    // Each rank does every so many-th shard, its threads whichever comes next; what a shard yields is kept by its number.
    private double Sum(int shards, ReproducibleGradient sum, bool isGradient, Func<Member, int, double> work)
    {
        int own = (shards - _world.Rank + _world.Size - 1) / _world.Size, next = -1;
        while (_losses.Count < own)
            _losses.Add(0);
        while (isGradient && _gradients.Count < own)
            _gradients.Add(new T[Parameters.Values.Length]);
        sum.Clear();
        OnThreads(member =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < own;)
            {
                if (isGradient)
                {
                    Array.Clear(_gradients[i]);
                    member.Buffer.CollectGradient(_gradients[i]);
                }

                _losses[i] = work(member, _world.Rank + i * _world.Size);
                sum.Observe<T>(isGradient ? _gradients[i] : [], _losses[i]);
            }
        });

        if (sum.AgreeOnScales(_world) is int broken)
        {
            NotFinite = isGradient && broken < _lengths.Length ? $"the gradient of {Parameters.Parameters[broken].Name}" : "the loss";
            return double.NaN;
        }

        sum.Add<T>(CollectionsMarshal.AsSpan(_gradients)[..(isGradient ? own : 0)], CollectionsMarshal.AsSpan(_losses)[..own]);
        sum.AddRanks(_world);
        return sum.Loss;
    }

    // Scales follow from the largest number of shards of any batch, so that they do not depend on which batches came before.
    private ReproducibleGradient SumOf(int mostShards)
    {
        if (_sum is null || _mostShards != mostShards)
            (_sum, _mostShards) = (new ReproducibleGradient(_lengths, mostShards), mostShards);
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

    private sealed record Member(ITrainingTask<T> Task, ParameterBuffer<T> Buffer);
}
