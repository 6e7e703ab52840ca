namespace CrystalHpc.BondValence.Report;

/// <summary>Names of the subsets of an evaluation in words.</summary>
internal static class SubsetText
{
    /// <summary>Such as "states by charge balance" for <c>all/source/assigned</c>; a name that is not known stays as it is.</summary>
    public static string Of(string subset)
    {
        string[] parts = subset.Split('/');
        string of = parts[0] == "filtered" ? ", without excluded sites" : "";
        return parts switch
        {
            ["all"] => "all sites",
            ["filtered"] => "without excluded sites",
            [_, "own"] => $"all sites that the table covers{of}",
            [_, "source", var source] => $"states {SourceOf(source)}{of}",
            [_, "cation", var ion] => $"cation {ion}{of}",
            [_, "anion", "mixed"] => $"several kinds of neighbors{of}",
            [_, "anion", var ion] => $"beside {ion}{of}",
            [_, "coordination", var number] => $"{number} neighbors{of}",
            [_, "groups", var range] => $"rarest bond from {range.Replace('-', '–')} groups{of}",
            [_, "sums-at", var ion] => $"sums at {ion}{of}",
            _ => subset,
        };
    }

    private static string SourceOf(string source) => source switch
    {
        "label" => "of the authors",
        "type" => "of the authors' type symbols",
        "assigned" => "by charge balance",
        "radii" => "by ionic radii",
        "given" => "given by the user",
        _ => source,
    };
}
