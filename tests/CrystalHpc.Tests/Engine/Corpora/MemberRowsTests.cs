using System.Text;
using CrystalHpc.Engine.Corpora;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Tests.Engine.Corpora;

/// <summary>Archives on a device that falters.</summary>
public sealed class MemberRowsTests
{
    private static readonly string[] Names = ["a.cif", "b.cif", "readme", "c.cif", "a.cif", "d.cif"];

    [Test]
    public void A_device_that_falters_leaves_no_mark()
    {
        int calls = 0, opened = 0;
        ManifestRow[] rows = RowsOf(() =>
        {
            opened++;
            return new Cursor(() => ++calls is 3 or 7 or 12 ? throw new IOException("it falters") : true);
        });
        Assert.That(rows, Is.EqualTo(RowsOf(() => new Cursor(() => true))));
        Assert.That(rows.Select(row => row.Path), Is.EqualTo(new[]
        {
            "t.tar!a.cif", "t.tar!b.cif", "t.tar!c.cif", "t.tar!a.cif|2", "t.tar!d.cif",
        }));
        Assert.That(opened, Is.EqualTo(4));
    }

    [Test]
    public void A_device_that_has_failed_is_given_up() =>
        Assert.That(() => RowsOf(() => new Cursor(() => throw new IOException("it is gone"))), Throws.TypeOf<IOException>());

    private static ManifestRow[] RowsOf(Func<ICorpusCursor> open)
    {
        using var members = new MemberRows(new CorpusSource("t.tar", "t.tar"), open, 1000, onFile: null, new byte[10]);
        var rows = new List<ManifestRow>();
        while (members.Next() is { } row)
            rows.Add(row);
        return [.. rows];
    }

    // Asks before it moves and before it reads.
    private sealed class Cursor(Func<bool> mayGoOn) : ICorpusCursor
    {
        private int _next;

        public bool MoveNext(out CorpusMember member)
        {
            member = default;
            if (!mayGoOn() || _next == Names.Length)
                return false;
            member = new CorpusMember(Names[_next++], -1);
            return true;
        }

        public Stream Open() => mayGoOn() ? new MemoryStream(Encoding.UTF8.GetBytes($"data_{Names[_next - 1]}")) : Stream.Null;

        public void Dispose()
        {
        }
    }
}
