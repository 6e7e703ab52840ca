using System.Text.Json;
using System.Text.Json.Nodes;
using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Engine.Tables;

/// <summary>Reads JSON files that this program wrote, and that may have been damaged since.</summary>
public static class JsonFile
{
    /// <summary>Takes what is wanted from a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="take">Takes it from the root, which is null where the file holds <c>null</c>.</param>
    /// <exception cref="UserException">The file is no JSON, or what is wanted has another type.</exception>
    public static T Read<T>(string path, Func<JsonNode?, T> take)
    {
        ArgumentNullException.ThrowIfNull(take);
        try
        {
            return take(JsonNode.Parse(File.ReadAllBytes(path)));
        }
        catch (Exception fault) when (IsDamage(fault))
        {
            throw UserException.Unusable($"{path} is damaged: {fault.Message}");
        }
    }

    /// <summary>True for what reading JSON of another form throws.</summary>
    public static bool IsDamage(Exception fault)
        => fault is JsonException or InvalidOperationException or FormatException or OverflowException;
}
