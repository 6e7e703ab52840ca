namespace CrystalHpc.Tests;

/// <summary>Lines that fit a split window and a review.</summary>
public sealed class LineLengthTests
{
    private const int Most = 140;

    [Test]
    public void No_line_of_code_is_longer_than_140_columns()
    {
        string[] folders = [Path.Combine(TestPaths.RepositoryRoot, "src"), Path.Combine(TestPaths.RepositoryRoot, "tests")];
        string[] longer = [.. folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .SelectMany(path => LongLines(path).Select(line => $"{Path.GetRelativePath(TestPaths.RepositoryRoot, path)}:{line}"))
            .Order(StringComparer.Ordinal)];
        Assert.That(longer, Is.Empty);
    }

    // What stands in a raw string is data, such as a CIF file, and stays as it is.
    private static IEnumerable<int> LongLines(string path)
    {
        bool isData = false;
        foreach ((int i, string line) in File.ReadLines(path).Index())
        {
            bool changes = line.Split("\"\"\"").Length % 2 == 0;
            if (line.Length > Most && !isData && !line.Contains("\"\"\"", StringComparison.Ordinal))
                yield return i + 1;
            isData ^= changes;
        }
    }
}
