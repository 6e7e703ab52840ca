using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.Cif;

/// <summary>
/// Everything that the CIF reader can say about a file. A note is harmless; a warning breaks a rule of the language and was
/// repaired without loss; an error lost or guessed data. Apart from notes on long lines and on a byte order mark, a file
/// without warnings and errors is valid syntax of the version that its first line names (CIF 1.1 without one).
/// </summary>
public static class CifFindings
{
    /// <summary>Nothing but white space and comments.</summary>
    public static readonly FindingCode Empty = Error("cif-empty", "The file holds nothing but white space and comments.");

    /// <summary>Values, but neither a data block nor a tag.</summary>
    public static readonly FindingCode NoDataBlock =
        Error("cif-no-data-block", "The file holds neither a data block nor a tag: it is not a CIF file.");

    /// <summary>A file beyond the size that tokens can address.</summary>
    public static readonly FindingCode TooLarge = Error("cif-too-large", "The file is larger than 512 MiB and was not read.");

    /// <summary>Tags or loops before the first data block.</summary>
    public static readonly FindingCode MissingDataHeader =
        Warning("cif-missing-data-header", "Tags stand before the first data_ header; they were read as a data block without name.");

    /// <summary>Values before the first data block.</summary>
    public static readonly FindingCode StrayBeforeData =
        Error("cif-stray-before-data", "Values stand before the first data_ header; they were ignored.");

    /// <summary>A value that belongs to no tag.</summary>
    public static readonly FindingCode StrayValue = Error("cif-stray-value", "A value belongs to no tag; it was ignored.");

    /// <summary>Several words without quotes as one value.</summary>
    public static readonly FindingCode UnquotedSpaces =
        Warning("cif-unquoted-spaces", "A value of several words has no quotes; the words of the line were joined.");

    /// <summary>A tag without a value.</summary>
    public static readonly FindingCode TagWithoutValue = Error("cif-tag-without-value", "A tag has no value; it was read as unknown.");

    /// <summary>A lone underscore.</summary>
    public static readonly FindingCode TagWithoutName = Warning("cif-tag-without-name", "A tag is a lone underscore.");

    /// <summary>A tag that occurs again with another value.</summary>
    public static readonly FindingCode DuplicateTag =
        Error("cif-duplicate-tag", "A tag occurs again in its block; the first occurrence counts.");

    /// <summary>A tag that occurs again with the same value.</summary>
    public static readonly FindingCode DuplicateTagSameValue =
        Warning("cif-duplicate-tag-same-value", "A tag occurs again in its block with the same value.");

    /// <summary>A tag that occurs again without a value.</summary>
    public static readonly FindingCode DuplicateTagEmpty =
        Note("cif-duplicate-tag-empty", "A tag occurs again in its block, without a value this time; nothing is lost.");

    /// <summary>A block or frame name that occurs again.</summary>
    public static readonly FindingCode DuplicateBlock =
        Warning("cif-duplicate-block", "A data block or save frame has the name of an earlier one; both were kept.");

    /// <summary>A data block without a name.</summary>
    public static readonly FindingCode BlockWithoutName = Warning("cif-block-without-name", "A data_ header has no name.");

    /// <summary>A loop that has no tags.</summary>
    public static readonly FindingCode LoopWithoutTags = Error("cif-loop-without-tags", "A loop has no tags; it was ignored.");

    /// <summary>A loop that has no values.</summary>
    public static readonly FindingCode LoopWithoutValues = Warning("cif-loop-without-values", "A loop has tags but no values.");

    /// <summary>A loop whose last row is short.</summary>
    public static readonly FindingCode LoopIncomplete =
        Error("cif-loop-incomplete", "The values of a loop do not fill its last row; the row was filled with unknown values.");

    /// <summary>A quote that is not closed on its line.</summary>
    public static readonly FindingCode UnterminatedQuote =
        Error("cif-unterminated-quote", "A quoted value is not closed on its line; it was ended at the end of the line.");

    /// <summary>A text field that is not closed.</summary>
    public static readonly FindingCode UnterminatedTextField =
        Error("cif-unterminated-text-field", "A text field is not closed; it was ended at the end of the file.");

    /// <summary>Text directly behind the semicolon that closes a text field.</summary>
    public static readonly FindingCode TextFieldTail =
        Warning("cif-text-field-tail", "The semicolon that ends a text field is not followed by white space.");

    /// <summary>An unquoted value that starts with a reserved character.</summary>
    public static readonly FindingCode ReservedStart =
        Warning("cif-reserved-start", "An unquoted value starts with a reserved character ($, [ or ]); it was kept.");

    /// <summary>The reserved word global_.</summary>
    public static readonly FindingCode GlobalWord =
        Warning("cif-global", "The reserved word global_ occurs; what follows was read as a data block of that name.");

    /// <summary>The reserved word stop_.</summary>
    public static readonly FindingCode StopWord = Warning("cif-stop", "The reserved word stop_ occurs; it ends the loop, if any.");

    /// <summary>A save frame that is not closed.</summary>
    public static readonly FindingCode UnterminatedFrame =
        Warning("cif-unterminated-frame", "A save frame is not closed before the next frame, data block or the end of the file.");

    /// <summary>save_ without a frame to end.</summary>
    public static readonly FindingCode StrayFrameEnd = Warning("cif-stray-frame-end", "The word save_ ends no frame.");

    /// <summary>Control characters.</summary>
    public static readonly FindingCode ControlCharacter =
        Warning("cif-control-character", "The file holds control characters; outside of quotes they separate values.");

    /// <summary>Characters beyond ASCII.</summary>
    public static readonly FindingCode NonAscii = Warning("cif-non-ascii", "The file holds characters beyond ASCII, read as UTF-8.");

    /// <summary>Bytes that are not UTF-8.</summary>
    public static readonly FindingCode NotUtf8 =
        Warning("cif-not-utf8", "The file holds bytes that are not UTF-8; values with such bytes are read as Latin-1.");

    /// <summary>A UTF-8 byte order mark.</summary>
    public static readonly FindingCode ByteOrderMark =
        Note("cif-byte-order-mark", "The file starts with a UTF-8 byte order mark; it was skipped.");

    /// <summary>A file in UTF-16.</summary>
    public static readonly FindingCode Utf16 =
        Warning("cif-utf16", "The file is UTF-16; it was converted to UTF-8, and places count in the converted text.");

    /// <summary>Lines over 2,048 characters.</summary>
    public static readonly FindingCode LongLine = Note("cif-long-line", "A line is longer than the 2,048 characters that CIF 1.1 allows.");

    /// <summary>A file that says it is CIF 2.0.</summary>
    public static readonly FindingCode Version2 =
        Note("cif-version-2", "The file says it is CIF 2.0 and was read by its rules.");

    /// <summary>Two values of CIF 2.0 that touch.</summary>
    public static readonly FindingCode MissingSpace =
        Warning("cif-missing-space",
            "No white space follows a value of a CIF 2.0 file; before a letter or digit, a quote is read as part of the value.");

    /// <summary>A triple-quoted value that is not closed.</summary>
    public static readonly FindingCode UnterminatedTripleQuote =
        Error("cif-unterminated-triple-quote", "A triple-quoted value is not closed; it was ended at the end of the file.");

    /// <summary>A list or table that is not closed.</summary>
    public static readonly FindingCode UnclosedBracket =
        Error("cif-unclosed-bracket", "A list or table is not closed; it was ended before the next tag or reserved word.");

    /// <summary>A closing bracket that closes nothing.</summary>
    public static readonly FindingCode StrayBracket = Error("cif-stray-bracket",
        "A closing bracket closes no list or table; it was ignored.");

    /// <summary>A list closed like a table or the other way round.</summary>
    public static readonly FindingCode BracketMismatch =
        Error("cif-bracket-mismatch", "A list is closed by } or a table by ]; it was taken as closed.");

    /// <summary>A table entry that is not a quoted key, a colon and a value.</summary>
    public static readonly FindingCode TableEntry =
        Warning("cif-table-entry", "An entry of a table is not a quoted key, a colon and a value.");

    /// <summary>Lists within lists within lists.</summary>
    public static readonly FindingCode DeepNesting =
        Note("cif-deep-nesting", "Lists and tables are nested more than 64 deep; deeper brackets were counted, not told apart.");

    /// <summary>A bracket in a word.</summary>
    public static readonly FindingCode BracketInWord =
        Warning("cif-bracket-in-word", "An unquoted value of a CIF 2.0 file holds a bracket or brace; it was kept.");

    /// <summary>Characters that CIF 2.0 forbids.</summary>
    public static readonly FindingCode ForbiddenCharacter =
        Warning("cif-forbidden-character", "A CIF 2.0 file holds control characters or noncharacters of Unicode; they were kept.");

    /// <summary>A magnetic structure.</summary>
    public static readonly FindingCode KindMagnetic =
        Error("cif-kind-magnetic", "A magnetic structure: the symmetry of its atoms alone is not given, so it is not read.");

    /// <summary>A modulated or composite structure.</summary>
    public static readonly FindingCode KindModulated =
        Error("cif-kind-modulated", "A modulated or composite structure: the sites of its basic cell are averages, so it is not read.");

    /// <summary>A macromolecule.</summary>
    public static readonly FindingCode KindMacromolecule =
        Error("cif-kind-mmcif", "A macromolecule in mmCIF: it has no atom sites with fractional coordinates.");

    /// <summary>A chemical component.</summary>
    public static readonly FindingCode KindComponent =
        Error("cif-kind-component", "A chemical component or restraint dictionary: it describes a molecule, not a crystal.");

    /// <summary>Reflections without sites.</summary>
    public static readonly FindingCode KindReflections = Error("cif-kind-reflections",
        "Reflections or structure factors without atom sites.");

    /// <summary>Powder data without sites.</summary>
    public static readonly FindingCode KindPowder = Error("cif-kind-powder", "Powder diffraction data without atom sites.");

    /// <summary>A dictionary.</summary>
    public static readonly FindingCode KindDictionary = Error("cif-kind-dictionary", "A dictionary of data names, not data.");

    /// <summary>A template.</summary>
    public static readonly FindingCode KindTemplate =
        Error("cif-kind-template", "A template or an empty block: neither cell nor coordinates are filled in.");

    /// <summary>More findings than are kept.</summary>
    public static readonly FindingCode Truncated = Note("cif-findings-truncated", "The file has more findings of syntax than are listed.");

    /// <summary>All codes of the CIF reader.</summary>
    public static IReadOnlyList<FindingCode> All { get; } =
    [
        Empty, NoDataBlock, TooLarge, MissingDataHeader, StrayBeforeData, StrayValue, UnquotedSpaces, TagWithoutValue, TagWithoutName,
        DuplicateTag, DuplicateTagSameValue, DuplicateTagEmpty, DuplicateBlock, BlockWithoutName, LoopWithoutTags, LoopWithoutValues,
        LoopIncomplete,
        UnterminatedQuote, UnterminatedTextField, TextFieldTail, ReservedStart, GlobalWord, StopWord, UnterminatedFrame, StrayFrameEnd,
        ControlCharacter, NonAscii, NotUtf8, ByteOrderMark, Utf16, LongLine, Version2, MissingSpace,
        UnterminatedTripleQuote, UnclosedBracket, StrayBracket, BracketMismatch, TableEntry, DeepNesting, BracketInWord, ForbiddenCharacter,
        KindMagnetic, KindModulated, KindMacromolecule, KindComponent, KindReflections, KindPowder, KindDictionary, KindTemplate, Truncated,
    ];

    private static FindingCode Error(string name, string meaning) => new(name, FindingSeverity.Error, meaning);

    private static FindingCode Warning(string name, string meaning) => new(name, FindingSeverity.Warning, meaning);

    private static FindingCode Note(string name, string meaning) => new(name, FindingSeverity.Note, meaning);
}
