/*
 * A test double: the functions that CrystalHpc binds, with the binary interface of MPI 5, on top of MPICH. It stands in for a library with
 * the standard interface where none is installed. A constant that the standard does not define for its place ends the process.
 *
 *   mpicc.mpich -shared -fPIC -Wl,-soname,libmpi_abi.so.1 -o libmpi_abi.so.1 mpi5_double.c
 */
#include <mpi.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef intptr_t H;                                                  /* every handle of MPI 5 is a pointer */
typedef struct { int source, tag, error, inner[5]; } S;              /* status of MPI 5: 32 bytes */
_Static_assert(sizeof(MPI_Status) == sizeof(((S *)0)->inner), "the status of MPICH fits the private part");

/* The name in the library; in C the names belong to mpi.h. */
#define ABI(name, ...) int abi_##name(__VA_ARGS__) __asm__("MPI_" #name); int abi_##name(__VA_ARGS__)

static long lost(const char *what, long value)
{
    fprintf(stderr, "mpi5_double: %s has no value 0x%lx\n", what, value);
    abort();
}

/* Values below 0x1000 are constants of the standard; above them are MPICH's handles, passed through. */
static int pick(const char *what, H value, const int (*table)[2])
{
    for (; table[0][0] || table[0][1]; table++)
        if (table[0][0] == value) return table[0][1];
    return value > 0x1000 ? (int)value : (int)lost(what, value);
}

static const int comms[][2] = {{0x101, MPI_COMM_WORLD}, {0x102, MPI_COMM_SELF}, {0, 0}};
static const int infos[][2] = {{0x130, MPI_INFO_NULL}, {0, 0}};
static const int handlers[][2] = {{0x141, MPI_ERRORS_ARE_FATAL}, {0x143, MPI_ERRORS_RETURN}, {0, 0}};
static const int types[][2] = {
    {0x210, MPI_FLOAT}, {0x214, MPI_DOUBLE}, {0x241, MPI_UINT8_T}, {0x247, MPI_BYTE}, {0x250, MPI_INT32_T}, {0x258, MPI_INT64_T},
    {0x259, MPI_UINT64_T}, {0, 0}};
static const int ops[][2] = {
    {0x21, MPI_SUM}, {0x22, MPI_MIN}, {0x23, MPI_MAX}, {0x24, MPI_PROD}, {0x28, MPI_BAND}, {0x29, MPI_BOR}, {0x2a, MPI_BXOR},
    {0x30, MPI_LAND}, {0x31, MPI_LOR}, {0x32, MPI_LXOR}, {0, 0}};
static const int classes[][2] = {
    {MPI_ERR_BUFFER, 1}, {MPI_ERR_COUNT, 2}, {MPI_ERR_TYPE, 3}, {MPI_ERR_TAG, 4}, {MPI_ERR_COMM, 5}, {MPI_ERR_RANK, 6},
    {MPI_ERR_REQUEST, 7}, {MPI_ERR_ROOT, 8}, {MPI_ERR_GROUP, 9}, {MPI_ERR_OP, 10}, {MPI_ERR_TOPOLOGY, 11}, {MPI_ERR_DIMS, 12},
    {MPI_ERR_ARG, 13}, {MPI_ERR_UNKNOWN, 14}, {MPI_ERR_TRUNCATE, 15}, {MPI_ERR_OTHER, 16}, {MPI_ERR_INTERN, 17},
    {MPI_ERR_PENDING, 18}, {MPI_ERR_IN_STATUS, 19}, {0, 0}};
static const int levels[][2] = {
    {1024, MPI_THREAD_FUNNELED}, {2048, MPI_THREAD_SERIALIZED}, {4096, MPI_THREAD_MULTIPLE}, {0, 0}};

static MPI_Comm comm(H c) { return pick("a communicator", c, comms); }
static MPI_Datatype type(H t) { return pick("a data type", t, types); }
static MPI_Op op(H o) { return pick("an operation", o, ops); }
static const void *in(const void *p) { return p == (void *)1 ? MPI_IN_PLACE : p; }
static int from(int source) { return source == -1 ? MPI_ANY_SOURCE : source < 0 ? (int)lost("a source", source) : source; }
static int tagged(int tag) { return tag == -2 ? MPI_ANY_TAG : tag < 0 ? (int)lost("a tag", tag) : tag; }
static int out(H *h, int value, int null, H standard_null) { *h = value == null ? standard_null : (H)(unsigned)value; return 0; }
static MPI_Request request(H r) { return r == 0x180 ? MPI_REQUEST_NULL : r < 0x1000 ? (int)lost("a request", r) : (MPI_Request)r; }
static int fill(int code, S *s, const MPI_Status *m)
{
    if (s) {
        s->source = m->MPI_SOURCE, s->tag = m->MPI_TAG, s->error = m->MPI_ERROR;
        memcpy(s->inner, m, sizeof *m);
    }
    return code;
}

ABI(Abi_get_version, int *major, int *minor) { *major = 1, *minor = 0; return 0; }
ABI(Get_library_version, char *text, int *length) { *length = sprintf(text, "mpi5_double over MPICH"); return 0; }
ABI(Init_thread, int *c, char ***v, int level, int *provided)
{
    int code = PMPI_Init_thread(c, v, pick("a thread level", level, levels), provided);
    *provided = *provided == MPI_THREAD_SINGLE ? 0 : levels[*provided - MPI_THREAD_FUNNELED][0];
    return code;
}
ABI(Finalize, void) { return PMPI_Finalize(); }
ABI(Abort, H c, int code) { return PMPI_Abort(comm(c), code); }
ABI(Error_class, int code, int *class)
{
    int failed = PMPI_Error_class(code, class);
    *class = pick("an error class", *class, classes);
    return failed;
}
ABI(Error_string, int code, char *text, int *length) { return PMPI_Error_string(code, text, length); }
ABI(Comm_rank, H c, int *rank) { return PMPI_Comm_rank(comm(c), rank); }
ABI(Comm_size, H c, int *size) { return PMPI_Comm_size(comm(c), size); }
ABI(Comm_set_errhandler, H c, H h) { return PMPI_Comm_set_errhandler(comm(c), pick("an error handler", h, handlers)); }
ABI(Comm_split, H c, int color, int key, H *child)
{
    MPI_Comm made = MPI_COMM_NULL;
    int code = PMPI_Comm_split(comm(c), color == -32766 ? MPI_UNDEFINED : color, key, &made);
    return out(child, made, MPI_COMM_NULL, 0x100) + code;
}
ABI(Comm_split_type, H c, int kind, int key, H info, H *child)
{
    MPI_Comm made = MPI_COMM_NULL;
    int code = PMPI_Comm_split_type(
        comm(c), kind == 221 ? MPI_COMM_TYPE_SHARED : (int)lost("a split type", kind), key, pick("an info", info, infos), &made);
    return out(child, made, MPI_COMM_NULL, 0x100) + code;
}
ABI(Comm_free, H *c) { MPI_Comm m = comm(*c); int code = PMPI_Comm_free(&m); return out(c, m, MPI_COMM_NULL, 0x100) + code; }
ABI(Barrier, H c) { return PMPI_Barrier(comm(c)); }
ABI(Bcast, void *b, int n, H t, int root, H c) { return PMPI_Bcast(b, n, type(t), root, comm(c)); }
ABI(Reduce, void *s, void *r, int n, H t, H o, int root, H c) { return PMPI_Reduce(in(s), r, n, type(t), op(o), root, comm(c)); }
ABI(Allreduce, void *s, void *r, int n, H t, H o, H c) { return PMPI_Allreduce(in(s), r, n, type(t), op(o), comm(c)); }
ABI(Gatherv, void *s, int n, H st, void *r, int *counts, int *starts, H rt, int root, H c)
{ return PMPI_Gatherv(in(s), n, type(st), r, counts, starts, type(rt), root, comm(c)); }
ABI(Allgatherv, void *s, int n, H st, void *r, int *counts, int *starts, H rt, H c)
{ return PMPI_Allgatherv(in(s), n, type(st), r, counts, starts, type(rt), comm(c)); }
ABI(Scatterv, void *s, int *counts, int *starts, H st, void *r, int n, H rt, int root, H c)
{ return PMPI_Scatterv(s, counts, starts, type(st), r, n, type(rt), root, comm(c)); }
ABI(Send, void *b, int n, H t, int to, int tag, H c) { return PMPI_Send(b, n, type(t), to, tag, comm(c)); }
ABI(Recv, void *b, int n, H t, int source, int tag, H c, S *s)
{ MPI_Status m; int code = PMPI_Recv(b, n, type(t), from(source), tagged(tag), comm(c), &m); return fill(code, s, &m); }
ABI(Isend, void *b, int n, H t, int to, int tag, H c, H *r)
{ MPI_Request m; int code = PMPI_Isend(b, n, type(t), to, tag, comm(c), &m); return out(r, m, MPI_REQUEST_NULL, 0x180) + code; }
ABI(Irecv, void *b, int n, H t, int source, int tag, H c, H *r)
{
    MPI_Request m;
    int code = PMPI_Irecv(b, n, type(t), from(source), tagged(tag), comm(c), &m);
    return out(r, m, MPI_REQUEST_NULL, 0x180) + code;
}
ABI(Probe, int source, int tag, H c, S *s)
{ MPI_Status m; int code = PMPI_Probe(from(source), tagged(tag), comm(c), &m); return fill(code, s, &m); }
ABI(Iprobe, int source, int tag, H c, int *flag, S *s)
{ MPI_Status m; int code = PMPI_Iprobe(from(source), tagged(tag), comm(c), flag, &m); return fill(code, *flag ? s : 0, &m); }
ABI(Wait, H *r, S *s)
{ MPI_Status m; MPI_Request q = request(*r); int code = PMPI_Wait(&q, &m); out(r, q, MPI_REQUEST_NULL, 0x180); return fill(code, s, &m); }
ABI(Test, H *r, int *flag, S *s)
{
    MPI_Status m;
    MPI_Request q = request(*r);
    int code = PMPI_Test(&q, flag, &m);
    out(r, q, MPI_REQUEST_NULL, 0x180);
    return fill(code, *flag ? s : 0, &m);
}
ABI(Cancel, H *r) { MPI_Request q = request(*r); return PMPI_Cancel(&q); }
ABI(Request_free, H *r)
{ MPI_Request q = request(*r); int code = PMPI_Request_free(&q); return out(r, q, MPI_REQUEST_NULL, 0x180) + code; }
ABI(Get_elements_x, S *s, H t, MPI_Count *count)
{ MPI_Status m; memcpy(&m, s->inner, sizeof m); return PMPI_Get_elements_x(&m, type(t), count); }
