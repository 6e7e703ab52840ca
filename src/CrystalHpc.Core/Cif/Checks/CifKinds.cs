using System.Text;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.Cif;

/// <summary>
/// Tells files that hold no structure of one cell (macromolecules, powder patterns, dictionaries, ...) and those whose listed sites
/// would mislead (magnetic, modulated) from those that do, by their data names. A name counts once one of its values is given.
/// </summary>
public static class CifKinds
{
    // Data names, or how they begin. DDL1 writes an underscore where DDLm writes a dot.
    private static readonly (CifTraits Trait, byte[] Start)[] Names =
    [
        .. Of(CifTraits.Sites | CifTraits.Placement, "_atom_site_fract_x", "_atom_site.fract_x"),
        .. Of(CifTraits.Placement, "_cell_length_a", "_cell.length_a"),
        .. Of(CifTraits.CartesianSites, "_atom_site.cartn_x"),

        // magCIF.
        .. Of(CifTraits.Magnetic,
            "_space_group_magn", "_space_group.magn", "_space_group_symop_magn", "_atom_site_moment", "_magnetic_", "_atom_site_magnetic"),

        // msCIF, and what JANA writes before a deposition.
        .. Of(CifTraits.Modulated,
            "_cell_modulation_dimension", "_cell.modulation_dimension", "_cell_wave_vector", "_cell_subsystem", "_space_group_ssg",
            "_symmetry_ssg", "_space_group_symop_ssg", "_space_group_symop.ssg", "_atom_site_fourier", "_atom_site_displace",
            "_atom_site_occ_fourier",
            "_atom_site_occ_special", "_atom_site_u_fourier", "_atom_site_rot_fourier", "_atom_site_rot_special", "_atom_site_phason",
            "_jana_atom_site"),

        .. Of(CifTraits.Macromolecule, "_entry.id", "_entity.id", "_entity_poly", "_struct.entry_id", "_struct_asym", "_pdbx_",
        "_exptl.entry_id"),
        .. Of(CifTraits.Component, "_chem_comp", "_chem_link", "_chem_mod"),
        .. Of(CifTraits.Reflections, "_refln_", "_refln.", "_diffrn_refln_", "_diffrn_refln."),
        .. Of(CifTraits.Powder, "_pd_"),
        .. Of(CifTraits.Dictionary,
            "_dictionary_title", "_dictionary.title", "_dictionary_name", "_dictionary_version", "_dictionary.version", "_definition.id",
            "_item.name", "_item_description.", "_category.id", "_type_construct", "_list_mandatory"),
    ];

    /// <summary>The kind of a data block.</summary>
    public static CifKind Of(CifBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        return KindOf(TraitsOf(block));
    }

    /// <summary>The kind of a file: a structure if one of its blocks is one, otherwise what its blocks speak of together.</summary>
    public static CifKind Of(CifDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        CifTraits all = CifTraits.None;
        foreach (CifBlock block in document.Blocks)
        {
            CifTraits traits = TraitsOf(block);
            if (KindOf(traits) == CifKind.Structure)
                return CifKind.Structure;
            all |= traits;
        }

        return KindOf(all);
    }

    /// <summary>The error that says why no structure is read from a kind; null for kinds from which one may be.</summary>
    public static FindingCode? ErrorOf(CifKind kind) => kind switch
    {
        CifKind.Magnetic => CifFindings.KindMagnetic,
        CifKind.Modulated => CifFindings.KindModulated,
        CifKind.Macromolecule => CifFindings.KindMacromolecule,
        CifKind.Component => CifFindings.KindComponent,
        CifKind.Reflections => CifFindings.KindReflections,
        CifKind.Powder => CifFindings.KindPowder,
        CifKind.Dictionary => CifFindings.KindDictionary,
        CifKind.Template => CifFindings.KindTemplate,
        _ => null,
    };

    /// <summary>
    /// False for a block from whose kind no structure is read; an error then says which kind and which data name tells it.
    /// </summary>
    public static bool MayHoldStructure(CifBlock block, ICollection<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        return MayHoldStructure(Of(block), [block], findings);
    }

    /// <summary>
    /// False for a file from whose kind no structure is read; an error then says which kind and which data name tells it.
    /// </summary>
    public static bool MayHoldStructure(CifDocument document, ICollection<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        return MayHoldStructure(Of(document), document.Blocks, findings);
    }

    private static bool MayHoldStructure(CifKind kind, IReadOnlyList<CifBlock> blocks, ICollection<Finding> findings)
    {
        if (ErrorOf(kind) is not { } error)
            return true;
        if (blocks.Count == 0)
            return false;
        (string Tag, int Line) evidence = blocks.SelectMany(WithFrames).Select(block => FindName(block, kind))
            .FirstOrDefault(name => name.Line > 0);
        findings.Add(evidence.Line > 0
            ? new Finding(error, evidence.Line, 0, $"as {evidence.Tag} tells")
            : new Finding(error, blocks[0].Line, 0, "no value tells otherwise"));
        return false;
    }

    private static IEnumerable<CifBlock> WithFrames(CifBlock block) => [block, .. block.Frames];

    private static (string Tag, int Line) FindName(CifBlock block, CifKind kind)
    {
        for (int tag = 0; tag < block.TagCount; tag++)
        {
            CifTraits trait = TraitOf(block.GetTag(tag));
            if (KindOf(trait) == kind && trait != CifTraits.None && HasValue(block.GetColumn(tag), trait))
                return (Encoding.Latin1.GetString(block.GetTag(tag)), block.GetColumn(tag)[0].Line);
        }

        return default;
    }

    private static CifKind KindOf(CifTraits traits)
    {
        bool Has(CifTraits trait) => (traits & trait) != 0;
        if (Has(CifTraits.Dictionary))
            return CifKind.Dictionary;
        if (Has(CifTraits.Magnetic))
            return CifKind.Magnetic;
        if (Has(CifTraits.Modulated))
            return CifKind.Modulated;
        if (Has(CifTraits.Sites))
            return CifKind.Structure;
        if (Has(CifTraits.CartesianSites))
            return CifKind.Macromolecule;
        if (Has(CifTraits.Component))
            return CifKind.Component;
        if (Has(CifTraits.Powder))
            return CifKind.Powder;
        if (Has(CifTraits.Reflections))
            return CifKind.Reflections;
        if (Has(CifTraits.Macromolecule))
            return CifKind.Macromolecule;
        bool isFilled = Has(CifTraits.Placement) || (Has(CifTraits.Values) && !Has(CifTraits.Unfilled));
        return isFilled ? CifKind.Other : CifKind.Template;
    }

    private static CifTraits TraitsOf(CifBlock block)
    {
        CifTraits traits = block.Frames.Any(frame => (OwnTraitsOf(frame) & CifTraits.Dictionary) != 0)
            ? CifTraits.Dictionary : CifTraits.None;
        traits |= OwnTraitsOf(block);

        // Dictionaries in DDL1 have a data block for each name.
        bool isDefinition = block.TryGetColumn("_name"u8, out _) && block.TryGetColumn("_type"u8, out _);
        return isDefinition ? traits | CifTraits.Dictionary : traits;
    }

    private static CifTraits OwnTraitsOf(CifBlock block)
    {
        CifTraits traits = CifTraits.None;
        for (int tag = 0; tag < block.TagCount; tag++)
        {
            CifTraits trait = TraitOf(block.GetTag(tag));
            bool mayAdd = (trait & ~traits) != 0 || (traits & CifTraits.Values) == 0;
            if (!mayAdd || block.GetTag(tag).IsEmpty)
                continue;
            if (HasValue(block.GetColumn(tag), trait))
                traits |= trait | CifTraits.Values;
            else if ((trait & CifTraits.Placement) != 0)
                traits |= CifTraits.Unfilled;
        }

        return traits;
    }

    private static CifTraits TraitOf(ReadOnlySpan<byte> tag)
    {
        foreach ((CifTraits trait, byte[] start) in Names)
        {
            if (tag.Length >= start.Length && Ascii.EqualsIgnoreCase(tag[..start.Length], start))
                return trait;
        }

        return CifTraits.None;
    }

    // "_cell_modulation_dimension 0" says that the structure is not modulated.
    private static bool HasValue(CifColumn column, CifTraits trait)
    {
        for (int row = 0; row < column.Count; row++)
        {
            CifValue value = column[row];
            bool isNone = value.IsMissing || (trait == CifTraits.Modulated && value.Bytes is [(byte)'0']);
            if (!isNone)
                return true;
        }

        return false;
    }

    private static IEnumerable<(CifTraits Trait, byte[] Start)> Of(CifTraits trait, params string[] starts) =>
        starts.Select(start => (trait, Encoding.ASCII.GetBytes(start)));
}
