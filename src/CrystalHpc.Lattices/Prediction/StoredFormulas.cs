using System.Text;
using CrystalHpc.Core.Formulas;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Models;

namespace CrystalHpc.Lattices.Prediction;

/// <summary>Formulas in a model file: one text, a line each.</summary>
internal static class StoredFormulas
{
    /// <summary>Reads them.</summary>
    /// <exception cref="UserException">They are missing, or a line is no formula.</exception>
    public static Composition[] Read(ModelFile file, string name, int count)
    {
        StoredTensor tensor = file.Tensors.FirstOrDefault(tensor => tensor.Name == name)
            ?? throw UserException.Unusable($"{file.Path}: the tensor {name} is missing");
        string[] texts = Encoding.ASCII.GetString(tensor.Bytes.Span).Split('\n');
        if (texts.Length != count)
            throw UserException.Unusable($"{file.Path}: {name} holds {texts.Length} formulas, not {count}");
        var compositions = new Composition[count];
        global::System.Threading.Tasks.Parallel.For(0, count, i =>
        {
            if (Composition.TryParse(texts[i], out _, out Composition? composition, out _))
                compositions[i] = composition;
        });
        return Array.TrueForAll(compositions, composition => composition is not null)
            ? compositions
            : throw UserException.Unusable($"{file.Path}: {name} holds a text that is no formula");
    }
}
