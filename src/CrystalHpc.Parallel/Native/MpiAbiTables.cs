namespace CrystalHpc.Parallel.Native;

/// <summary>
/// The three binary interfaces of MPI. Sources: mpi.h of Open MPI 4.1 and MPICH 4.0 (stable since Open MPI 2 and, by the MPICH ABI
/// compatibility initiative, MPICH 3.1, Intel MPI 5, MVAPICH2 2.0, Cray MPICH 7); MPI 5.0 standard, chapter "Application Binary Interface",
/// with the header of the MPI Forum's mpi-abi-stubs.
/// </summary>
internal static class MpiAbiTables
{
    /// <summary>Open MPI: handles are the addresses of the library's data symbols.</summary>
    /// <param name="symbol">Address of a symbol of the loaded library.</param>
    public static MpiAbi OpenMpi(Func<string, nint> symbol) => new()
    {
        Name = "Open MPI",
        ShortHandles = false,
        StatusSourceOffset = 0,
        StatusTagOffset = 4,
        InPlace = 1,
        StatusIgnore = 0,
        AnySource = -1,
        AnyTag = -1,
        Undefined = -32766,
        CommTypeShared = 0,
        ThreadLevels = [0, 1, 2, 3],
        CommWorld = symbol("ompi_mpi_comm_world"),
        CommSelf = symbol("ompi_mpi_comm_self"),
        CommNull = symbol("ompi_mpi_comm_null"),
        InfoNull = symbol("ompi_mpi_info_null"),
        ErrorsReturn = symbol("ompi_mpi_errors_return"),
        RawByte = symbol("ompi_mpi_byte"),
        Types =
        [
            symbol("ompi_mpi_uint8_t"), symbol("ompi_mpi_int32_t"), symbol("ompi_mpi_int64_t"), symbol("ompi_mpi_uint64_t"),
            symbol("ompi_mpi_float"), symbol("ompi_mpi_double"),
        ],
        Operations =
        [
            symbol("ompi_mpi_op_sum"), symbol("ompi_mpi_op_prod"), symbol("ompi_mpi_op_min"), symbol("ompi_mpi_op_max"),
            symbol("ompi_mpi_op_land"), symbol("ompi_mpi_op_lor"), symbol("ompi_mpi_op_lxor"),
            symbol("ompi_mpi_op_band"), symbol("ompi_mpi_op_bor"), symbol("ompi_mpi_op_bxor"),
        ],
        ErrorClasses =
        [
            "SUCCESS", "BUFFER", "COUNT", "TYPE", "TAG", "COMM", "RANK", "REQUEST", "ROOT", "GROUP", "OP", "TOPOLOGY", "DIMS", "ARG",
            "UNKNOWN", "TRUNCATE", "OTHER", "INTERN", "IN_STATUS", "PENDING",
        ],
    };

    /// <summary>MPICH and all that share its interface: handles are 32-bit integers, taken as signed.</summary>
    public static MpiAbi Mpich { get; } = new()
    {
        Name = "MPICH",
        ShortHandles = true,
        StatusSourceOffset = 8,
        StatusTagOffset = 12,
        InPlace = -1,
        StatusIgnore = 1,
        AnySource = -2,
        AnyTag = -1,
        Undefined = -32766,
        CommTypeShared = 1,
        ThreadLevels = [0, 1, 2, 3],
        CommWorld = 0x44000000,
        CommSelf = 0x44000001,
        CommNull = 0x04000000,
        InfoNull = 0x1c000000,
        ErrorsReturn = 0x54000001,
        RawByte = 0x4c00010d,
        Types = [0x4c00013b, 0x4c000439, 0x4c00083a, 0x4c00083e, 0x4c00040a, 0x4c00080b],
        Operations =
        [
            0x58000003, 0x58000004, 0x58000002, 0x58000001, 0x58000005, 0x58000007, 0x58000009, 0x58000006, 0x58000008, 0x5800000a,
        ],
        ErrorClasses =
        [
            "SUCCESS", "BUFFER", "COUNT", "TYPE", "TAG", "COMM", "RANK", "ROOT", "GROUP", "OP", "TOPOLOGY", "DIMS", "ARG", "UNKNOWN",
            "TRUNCATE", "OTHER", "INTERN", "IN_STATUS", "PENDING", "REQUEST",
        ],
    };

    /// <summary>The standard interface of MPI 5.</summary>
    public static MpiAbi Standard { get; } = new()
    {
        Name = "MPI-5 standard",
        ShortHandles = false,
        StatusSourceOffset = 0,
        StatusTagOffset = 4,
        InPlace = 1,
        StatusIgnore = 0,
        AnySource = -1,
        AnyTag = -2,
        Undefined = -32766,
        CommTypeShared = 221,
        ThreadLevels = [0, 1024, 2048, 4096],
        CommWorld = 0x101,
        CommSelf = 0x102,
        CommNull = 0x100,
        InfoNull = 0x130,
        ErrorsReturn = 0x143,
        RawByte = 0x247,
        Types = [0x241, 0x250, 0x258, 0x259, 0x210, 0x214],
        Operations = [0x21, 0x24, 0x22, 0x23, 0x30, 0x31, 0x32, 0x28, 0x29, 0x2a],
        ErrorClasses =
        [
            "SUCCESS", "BUFFER", "COUNT", "TYPE", "TAG", "COMM", "RANK", "REQUEST", "ROOT", "GROUP", "OP", "TOPOLOGY", "DIMS", "ARG",
            "UNKNOWN", "TRUNCATE", "OTHER", "INTERN", "PENDING", "IN_STATUS",
        ],
    };
}
