using System.Text.RegularExpressions;

namespace CrystalHpc.Core.SpaceGroups;

/// <summary>
/// Hermann-Mauguin symbols as files write them. They name a group and often the axes, but not always the origin: the answer is a list of
/// settings from which cell and atoms must choose.
/// </summary>
public static partial class HermannMauguinSymbol
{
    // The rhombohedral lattice turned by 180° about c.
    private const string Reverse = "-x,-y,z";

    private static readonly Lazy<ILookup<string, SpaceGroup>> BySpelling = new(() => SpaceGroup.All
        .SelectMany(group => Spellings(group).Distinct().Select(spelling => (spelling, group)))
        .ToLookup(entry => entry.spelling, entry => entry.group));

    /// <summary>
    /// The settings that a symbol can stand for, the likeliest first; empty when it is none. Short, full and old symbols are known, with or
    /// without blanks, underscores and capitals.
    /// </summary>
    /// <remarks>
    /// What may follow the symbol: <c>:1 :2 :H :R</c>, <c>:b1</c> and the like; the letters of ICSD, <c>S</c> (first origin), <c>Z</c>
    /// (origin at a center), <c>H</c> and <c>HR</c> (hexagonal axes, obverse and reverse setting), <c>R</c> and <c>RS</c> (rhombohedral
    /// axes); a change of basis in parentheses.
    /// </remarks>
    /// <param name="symbol">The symbol.</param>
    public static IReadOnlyList<SpaceGroup> Find(string symbol)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        string text = WithoutMarkup(symbol);
        string remark = "";
        string basis = "";
        int opening = text.AsSpan().IndexOfAny('(', '{', '[');
        if (opening >= 0 && !text[opening..].StartsWith("(a)", StringComparison.Ordinal))
        {
            remark = text[opening..].TrimEnd();
            if (remark[^1] is not (')' or '}' or ']'))
                return [];
            basis = remark.Contains(',', StringComparison.Ordinal) ? remark.Trim(' ', '(', ')', '[', ']') : "";
            text = text[..opening];
        }

        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string choice = colon < 0 ? "" : Compact(text[(colon + 1)..]);
        string key = Compact(colon < 0 ? text : text[..colon]);
        SpaceGroup[] settings = Lookup(key);
        if (settings.Length == 0 && Suffix().Match(key) is { Success: true } suffix)
        {
            settings = Lookup(key[..suffix.Index]);
            choice = choice.Length > 0 ? choice : suffix.Value;
            if (choice == "hr")
                (choice, basis) = ("h", Reverse);
            choice = choice switch { "rs" or "rh" => "r", "hex" => "h", _ => choice };
        }

        if (settings.Length == 0 && OldCubic().Match(key) is { Success: true } old)
            settings = Lookup(key.Insert(old.Groups["axis"].Index, "-"));
        if (settings.Length == 0 && key is ['h', ..])
            (settings, choice) = (Lookup("r" + key[1..]), "h");
        settings = choice.Length > 0
            ? Chosen(settings, choice, choice)
            : Chosen(settings, ChoiceInRemark(remark), remark.Trim('(', ')', ' '));
        if (basis.Length == 0)
            return settings;
        return ChangeOfBasis.TryParse(basis, out ChangeOfBasis? change)
            ? [.. settings.Select(group => group.In(change!, basis)).OfType<SpaceGroup>()]
            : settings;
    }

    private static SpaceGroup[] Lookup(string key)
    {
        IEnumerable<SpaceGroup> found = BySpelling.Value[key];
        return SpaceGroup.InOrderOfPreference(found.Any() ? found : BySpelling.Value[Shortened(key)]);
    }

    // Indices of screw axes and bars as markup writes them: 2_1, 2(1), 2_{1}, 2~1~, 2<sub>1</sub>, \=3, \bar{3}.
    private static string WithoutMarkup(string symbol)
    {
        string plain = Markup().Replace(symbol, "").Replace('\u2212', '-');
        return Bar().Replace(EnclosedDigit().Replace(plain, "$1"), "-");
    }

    // A choice that no setting of the symbol has may be the code of another setting of its group (P 1 21/c 1:b2); else it is taken for a
    // slip, and all settings remain.
    private static SpaceGroup[] Chosen(SpaceGroup[] settings, string choice, string code)
    {
        string wanted = choice switch { "s" or "o1" => "1", "z" or "o2" => "2", "h" or "r" => choice.ToUpperInvariant(), _ => choice };
        SpaceGroup[] chosen = [.. settings.Where(group => wanted.Length > 0 && (group.Choice == wanted || group.Axes == wanted))];
        if (chosen.Length > 0 || settings.Length == 0 || code.Length == 0)
            return chosen.Length > 0 ? chosen : settings;
        IReadOnlyList<SpaceGroup> coded = SpaceGroup.FromCode(settings[0].Number, code);
        return coded.Count > 0 ? [.. coded] : settings;
    }

    private static string ChoiceInRemark(string remark)
    {
        string text = remark.ToLowerInvariant();
        if (text.Contains("hex", StringComparison.Ordinal))
            return "h";
        if (text.Contains("rhomb", StringComparison.Ordinal))
            return "r";
        if (text.Contains("cent", StringComparison.Ordinal) || ChoiceTwo().IsMatch(text))
            return "2";
        return ChoiceOne().IsMatch(text) ? "1" : "";
    }

    // Full symbols give each mirror plane the axis normal to it, as in P 4/m 2/m 2/m; short ones only the first axis of order 4 or 6.
    private static string Shortened(string key)
    {
        bool diagonalThreefold = key.Contains("-3", StringComparison.Ordinal);
        if (key.Count(letter => letter == '/') < 2 && !diagonalThreefold)
            return key;
        bool first = true;
        return AxisNormalToPlane().Replace(key, match =>
        {
            bool kept = first && !diagonalThreefold && match.Value[0] is ('4' or '6');
            first = false;
            return kept ? match.Value : "";
        });
    }

    private static IEnumerable<string> Spellings(SpaceGroup group)
    {
        string key = Compact(group.HermannMauguin);
        yield return key;
        string[] parts = group.HermannMauguin.Split(' ');
        if (group.Number == 1)
            yield return Compact(parts[0] + "111");
        if (group.Number == 2)
            yield return Compact(parts[0] + "1-11");
        if (group.Number is >= 3 and <= 15)
            yield return Compact(parts[0] + parts.Skip(1).Single(part => part != "1"));

        // Cubic symbols had 3 for what is -3 since 1983.
        if (group.Number is >= 200 and <= 206 or >= 221)
            yield return key.Replace("-3", "3", StringComparison.Ordinal);

        // Two glides at once are e since 1992 (de Wolff et al., Acta Cryst. A48, 727); the plane is that of the centering.
        if (group.Number is 39 or 41 or 64 or 67 or 68 && parts.Length == 4)
        {
            parts[parts[0][0] - 'A' + 1] = "e";
            yield return Compact(string.Concat(parts));
        }
    }

    private static string Compact(string text) => Blanks().Replace(text, "").Trim('\'', '"').ToLowerInvariant();

    [GeneratedRegex("_|~|</?(?:sub|i)>", RegexOptions.IgnoreCase)]
    private static partial Regex Markup();

    [GeneratedRegex(@"[({](\d)[)}]")]
    private static partial Regex EnclosedDigit();

    [GeneratedRegex(@"\\(?:=|bar\s?|overline\s?)")]
    private static partial Regex Bar();

    [GeneratedRegex(@"(hr|rs|rh|hex|o1|o2|[szhr])$")]
    private static partial Regex Suffix();

    // Full symbols of cubic groups before 1983: F 4/m 3 2/m, P 2/m 3.
    [GeneratedRegex(@"^[pfi](?:21?|4[123]?)/[mnabcd](?<axis>3)(?:2/[mnabcd])?$")]
    private static partial Regex OldCubic();

    [GeneratedRegex(@"(21?|4[123]?|6[1-5]?)/")]
    private static partial Regex AxisNormalToPlane();

    [GeneratedRegex(@"choice\W*1|origin\W*1")]
    private static partial Regex ChoiceOne();

    [GeneratedRegex(@"choice\W*2|origin\W*2")]
    private static partial Regex ChoiceTwo();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
