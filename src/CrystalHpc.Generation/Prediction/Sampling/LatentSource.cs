using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Generation.Prediction.Sampling;

/// <summary>Where latent vectors come from; the vector of a draw depends on the seed, its number, and how far the source has
/// gone.</summary>
/// <param name="size">Length of a vector.</param>
public abstract class LatentSource(int size)
{
    /// <summary>Length of a vector.</summary>
    public int Size => size;

    /// <summary>Number of different draws; null when there is no end.</summary>
    public virtual int? Draws => null;

    /// <summary>Fills the vector of a draw.</summary>
    /// <returns>What it was drawn from.</returns>
    public abstract string Fill(ulong seed, int attempt, Span<float> latent);

    /// <summary>Takes note of what became of a draw; sources that run dry go farther then.</summary>
    public virtual void Learn(DropReason reason)
    {
    }

    /// <summary>How far around bases it draws by now, as a variance; null when there are no bases.</summary>
    public virtual double? Variance => null;

    /// <summary>Independent standard normal numbers.</summary>
    public static LatentSource Random(int size) => new RandomSource(size);

    /// <summary>
    /// Normal numbers of a variance around bases, one after another. Where more of the draws are crystals that were drawn before than new
    /// ones, the variance grows, up to twice: the nearest new crystals come first.
    /// </summary>
    public static LatentSource Around(IReadOnlyList<LatentBase> bases, double variance) => new AroundSource(bases, variance);

    /// <summary>Steps on the line between two bases, both included.</summary>
    public static LatentSource Between(LatentBase from, LatentBase to, int steps) => new LineSource(from, to, steps);

    private static void FillNormal(ulong seed, int attempt, Span<float> latent, double deviation)
    {
        var random = new CounterRandom(seed, (ulong)attempt);
        for (int i = 0; i < latent.Length; i++)
            latent[i] = (float)(deviation * random.NextNormal());
    }

    private sealed class RandomSource(int size) : LatentSource(size)
    {
        public override string Fill(ulong seed, int attempt, Span<float> latent)
        {
            FillNormal(seed, attempt, latent, 1);
            return "";
        }
    }

    private sealed class AroundSource(IReadOnlyList<LatentBase> bases, double variance) : LatentSource(bases[0].Mean.Length)
    {
        private const int Window = 32;
        private const double Growth = 1.15, Most = 2;

        private readonly double _most = Most * variance;
        private double _variance = variance;
        private int _new, _repeated;

        public override double? Variance => _variance;

        public override void Learn(DropReason reason)
        {
            _repeated += reason == DropReason.Duplicate ? 1 : 0;
            _new += reason == DropReason.Kept ? 1 : 0;
            if (_repeated + _new < Window)
                return;
            if (_repeated > _new)
                _variance = Math.Min(Growth * _variance, _most);
            (_new, _repeated) = (0, 0);
        }

        public override string Fill(ulong seed, int attempt, Span<float> latent)
        {
            LatentBase around = bases[attempt % bases.Count];
            FillNormal(seed, attempt, latent, Math.Sqrt(_variance));
            for (int i = 0; i < latent.Length; i++)
                latent[i] += around.Mean[i];
            return around.Name;
        }
    }

    private sealed class LineSource(LatentBase from, LatentBase to, int steps) : LatentSource(from.Mean.Length)
    {
        public override int? Draws => steps;

        public override string Fill(ulong seed, int attempt, Span<float> latent)
        {
            float share = steps == 1 ? 0 : (float)attempt / (steps - 1);
            for (int i = 0; i < latent.Length; i++)
                latent[i] = (1 - share) * from.Mean[i] + share * to.Mean[i];
            return FormattableString.Invariant($"{from.Name} to {to.Name}, {share:F2}");
        }
    }
}
