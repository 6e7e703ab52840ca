using System.Runtime.InteropServices;
using CrystalHpc.Parallel;

namespace CrystalHpc.Engine.Jobs;

/// <summary>
/// Bytes from every rank to every rank: in log2(ranks) steps, in which a rank sends what has still to go so far to one other (Bruck et al.
/// 1997, doi 10.1109/71.642949). Each step is one message, however many ranks there are.
/// </summary>
public static class ByteExchange
{
    private const int Tag = 81;

    /// <summary>What each rank has for this one, in the order of the ranks. A collective call.</summary>
    /// <param name="world">The ranks.</param>
    /// <param name="bytesFor">What this rank has for another one, or for itself; called once for each rank, in order.</param>
    public static byte[][] ExchangeBytes(this ICommunicator world, Func<int, byte[]> bytesFor)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(bytesFor);
        byte[][] received = [.. Enumerable.Repeat<byte[]>([], world.Size)];
        List<Packet> travelling = [];
        for (int rank = 0; rank < world.Size; rank++)
            Take(new Packet(world.Rank, rank, bytesFor(rank)));
        for (int step = 1; step < world.Size; step *= 2)
        {
            // What goes on has this bit in the number of ranks that it has still to go; lower bits are done.
            Packet[] leaving = [.. travelling.Where(packet => ((packet.To - world.Rank + world.Size) % world.Size & step) != 0)];
            travelling.RemoveAll(packet => ((packet.To - world.Rank + world.Size) % world.Size & step) != 0);
            Request send = world.ImmediateSend<byte>(Pack(leaving), (world.Rank + step) % world.Size, Tag);
            int source = (world.Rank - step + world.Size) % world.Size;
            byte[] message = new byte[world.Probe(source, Tag).Count<byte>()];
            world.Receive<byte>(message, source, Tag);
            send.Wait();
            for (int at = 0; at < message.Length;)
                Take(Packet.Read(message, ref at));
        }

        return received;

        void Take(Packet packet)
        {
            if (packet.To == world.Rank)
                received[packet.From] = packet.Bytes;
            else if (packet.Bytes.Length > 0)
                travelling.Add(packet);
        }
    }

    private static byte[] Pack(Packet[] packets)
    {
        byte[] message = new byte[packets.Sum(packet => (long)packet.Length)];
        int at = 0;
        foreach (Packet packet in packets)
            packet.Write(message, ref at);
        return message;
    }

    private readonly record struct Packet(int From, int To, byte[] Bytes)
    {
        private const int HeadBytes = 3 * sizeof(int);

        public int Length => HeadBytes + Bytes.Length;

        public void Write(byte[] message, ref int at)
        {
            MemoryMarshal.AsBytes<int>([From, To, Bytes.Length]).CopyTo(message.AsSpan(at));
            Bytes.CopyTo(message, at + HeadBytes);
            at += Length;
        }

        public static Packet Read(byte[] message, ref int at)
        {
            int length = BitConverter.ToInt32(message, at + 2 * sizeof(int));
            var packet = new Packet(BitConverter.ToInt32(message, at), BitConverter.ToInt32(message, at + sizeof(int)),
                message[(at + HeadBytes)..(at + HeadBytes + length)]);
            at += packet.Length;
            return packet;
        }
    }
}
