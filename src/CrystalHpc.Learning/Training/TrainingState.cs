using System.Numerics;
using System.Runtime.InteropServices;

namespace CrystalHpc.Learning.Training;

/// <summary>All that a training needs to go on between two steps, but for what its options decide.</summary>
/// <param name="parameters">Number of parameters.</param>
/// <param name="optimizer">What the optimizer remembers.</param>
internal sealed class TrainingState<T>(int parameters, IReadOnlyList<T[]> optimizer) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Epochs that are complete.</summary>
    public int Epoch { get; set; }

    /// <summary>Batches of the running epoch that are done.</summary>
    public int Batch { get; set; }

    /// <summary>Steps taken.</summary>
    public long Step { get; set; }

    /// <summary>Sum of the losses of the running epoch.</summary>
    public double LossSum { get; set; }

    /// <summary>Sum of the norms of its gradients.</summary>
    public double NormSum { get; set; }

    /// <summary>Epochs since the validation loss was lowest.</summary>
    public int EpochsSinceBest { get; set; }

    /// <summary>The lowest validation loss.</summary>
    public double BestLoss { get; set; } = double.PositiveInfinity;

    /// <summary>The parameters that had it.</summary>
    public T[] Best { get; } = new T[parameters];

    /// <summary>Complete epochs.</summary>
    public List<EpochRow> History { get; } = [];

    /// <summary>As bytes, together with the parameters.</summary>
    public byte[] Write(ReadOnlySpan<T> values)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Epoch);
        writer.Write(Batch);
        writer.Write(Step);
        writer.Write(LossSum);
        writer.Write(NormSum);
        writer.Write(EpochsSinceBest);
        writer.Write(BestLoss);
        writer.Write(History.Count);
        foreach (EpochRow row in History)
        {
            writer.Write(row.Epoch);
            writer.Write(row.Rate);
            writer.Write(row.TrainingLoss);
            writer.Write(row.ValidationLoss ?? double.NaN);
            writer.Write(row.GradientNorm);
            writer.Write(row.IsBest);
        }

        writer.Write(MemoryMarshal.AsBytes(values));
        writer.Write(MemoryMarshal.AsBytes<T>(Best));
        foreach (T[] buffer in optimizer)
            writer.Write(MemoryMarshal.AsBytes<T>(buffer));
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Takes up what was written.</summary>
    public void Read(byte[] saved, Span<T> values)
    {
        using var reader = new BinaryReader(new MemoryStream(saved));
        Epoch = reader.ReadInt32();
        Batch = reader.ReadInt32();
        Step = reader.ReadInt64();
        LossSum = reader.ReadDouble();
        NormSum = reader.ReadDouble();
        EpochsSinceBest = reader.ReadInt32();
        BestLoss = reader.ReadDouble();
        History.Clear();
        for (int rows = reader.ReadInt32(); rows > 0; rows--)
        {
            (int epoch, double rate, double training, double validation) = (
                reader.ReadInt32(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
            History.Add(new EpochRow(epoch, rate, training, double.IsNaN(validation) ? null : validation, reader.ReadDouble(),
                reader.ReadBoolean()));
        }

        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(Best.AsSpan()));
        foreach (T[] buffer in optimizer)
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(buffer.AsSpan()));
    }
}
