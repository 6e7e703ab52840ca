using System.Runtime.CompilerServices;

// Native calls pass plain integers and pointers as they are; buffers on the stack are written before they are read.
[assembly: DisableRuntimeMarshalling]
[module: SkipLocalsInit]
