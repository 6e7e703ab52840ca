using CrystalHpc.Engine.Corpora;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Stages;

/// <summary>What an index found that will not be read although it may hold data: people are told also where they asked for quiet.</summary>
internal sealed class UnreadParts
{
    private readonly FirstLines _lines = new("index    not read: ", "more; findings.csv names all");

    /// <summary>Members left out because of their names.</summary>
    public int RefusedMembers { get; private set; }

    /// <summary>Archives that could not be read to their ends.</summary>
    public int DamagedArchives { get; private set; }

    /// <summary>The first of these archives, and what is wrong with it; null: none.</summary>
    public string? FirstDamage { get; private set; }

    /// <summary>Looks at a row of the listing, whose id says what is wrong with it.</summary>
    public void Take(ManifestRow row)
    {
        if (CorpusIndexer.IsRefused(row))
        {
            RefusedMembers++;
            _lines.Add($"{row.Path}, {row.Id}");
        }
        else if (CorpusIndexer.IsDamagedArchive(row))
        {
            DamagedArchives++;
            string damage = $"the archive {row.Path} is damaged or cut short, or cannot be opened: {row.Id}";
            FirstDamage ??= damage;
            _lines.Add(damage);
        }
    }

    /// <summary>Tells it.</summary>
    public void Tell(Job job) => _lines.Tell(job.Warn);
}
