namespace CrystalHpc.Configuration;
internal sealed record RunConfiguration(Corpora.CorpusOptions Corpus, string RunDirectory)
{
    public RunConfiguration Resolve(string folder) => this;
}
