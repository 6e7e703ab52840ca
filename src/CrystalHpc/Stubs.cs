namespace CrystalHpc;
internal static class LinearAlgebraProvider { public static string Name => "stub"; }
internal static class StructureCif { public static void Write(Core.Cif.CifWriter w, Core.Crystals.CrystalStructure s) { } }
