using System.Text;

namespace CrystalHpc.Parallel.Native;

/// <summary>Turns the return codes of MPI into exceptions.</summary>
internal static class MpiErrors
{
    /// <summary>Longest text of any library (MPI_MAX_ERROR_STRING: 256 to 1024).</summary>
    private const int TextBytes = 2048;

    /// <summary>
    /// The exception for a return code: the class by name (codes themselves differ between libraries), the text on one line.
    /// </summary>
    public static unsafe MpiException Describe(MpiAbi abi, int code, string call)
    {
        int errorClass = code;
        _ = MpiNative.ErrorClass(code, &errorClass);
        byte* text = stackalloc byte[TextBytes];
        int length = 0;
        _ = MpiNative.ErrorString(code, text, &length);
        string[] lines = Encoding.UTF8.GetString(text, Math.Clamp(length, 0, TextBytes))
            .Split(['\n', '\0'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new MpiException(call, abi.ErrorClassName(errorClass), code, string.Join("; ", lines));
    }
}
