using System.Reflection;
using System.Xml.Linq;

namespace CrystalHpc.Engine.Configuration;

/// <summary>The comments on the keys of configuration records: the compiler writes them beside the assemblies.</summary>
internal sealed class DocumentationComments
{
    private readonly Dictionary<Assembly, XDocument?> _documents = [];

    /// <summary>The comment on a property that is a positional parameter of its record; null where there is none.</summary>
    public string? Of(PropertyInfo property)
    {
        Assembly assembly = property.DeclaringType!.Assembly;
        if (!_documents.TryGetValue(assembly, out XDocument? document))
        {
            string path = Path.ChangeExtension(assembly.Location, ".xml");
            _documents[assembly] = document = File.Exists(path) ? XDocument.Load(path) : null;
        }

        XElement? parameter = document?.Descendants("member")
            .FirstOrDefault(member => (string?)member.Attribute("name") == $"T:{property.DeclaringType.FullName}")
            ?.Elements("param").FirstOrDefault(element => (string?)element.Attribute("name") == property.Name);
        return parameter is null ? null : string.Join(' ', parameter.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
