namespace CrystalHpc.Core.Cif;

/// <summary>What the parser has found so far, as flat lists without an object per tag or value.</summary>
internal sealed class CifContentBuilder
{
    // Fields, not properties: the lists are structures that change in place.
    public PooledList<CifToken> Values;
    public PooledList<CifTagPlace> Places = new(64);
    public PooledList<CifLoop> Loops = new(16);
    public PooledList<CifScope> Scopes = new(16);

    public CifContentBuilder(int fileLength) => Values = new PooledList<CifToken>(Math.Max(64, fileLength / 16));

    /// <summary>Tags of all scopes; parallel to <see cref="Places"/>.</summary>
    public CifNameTable Tags { get; } = new(64);

    /// <summary>Names of the scopes, unique among data blocks or among the frames of one.</summary>
    public CifNameTable ScopeNames { get; } = new(4);

    /// <summary>Marks that the last tag of a scope has been read.</summary>
    public void EndScope(int scope) => Scopes[scope] = Scopes[scope] with { EndTag = Tags.Count };

    /// <summary>The value of a tag outside of loops.</summary>
    public bool TryGetSingle(int tag, out CifToken token)
    {
        int value = Places[tag].Value;
        token = value >= 0 ? Values[value] : default;
        return value >= 0;
    }
}
