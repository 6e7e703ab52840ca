using System.Text;

namespace CrystalHpc.Engine.Jobs;

/// <summary>What a rank has for each of the others, as it comes up: for <see cref="ByteExchange.ExchangeBytes"/>.</summary>
/// <param name="size">Number of ranks.</param>
public sealed class Outboxes(int size)
{
    private readonly BinaryWriter?[] _writers = new BinaryWriter?[size];

    /// <summary>Receives what goes to a rank.</summary>
    public BinaryWriter For(int rank) => _writers[rank] ??= new BinaryWriter(new MemoryStream(), Encoding.UTF8);

    /// <summary>The bytes for a rank, which are forgotten here.</summary>
    public byte[] Take(int rank)
    {
        if (_writers[rank] is not { } writer)
            return [];
        writer.Flush();
        byte[] bytes = ((MemoryStream)writer.BaseStream).ToArray();
        _writers[rank] = null;
        return bytes;
    }
}
