/*
 * Makes calls of the C library fail, for programs started with LD_PRELOAD: the FAULT_AT-th call of one kind on a path below one of the
 * folders FAULT_UNDER (separated by colons) returns -1 with the error FAULT_ERROR; with FAULT_LASTS=1 all later ones, too. Each such call
 * is a line of the file FAULT_LOG: "kind number path", with "failed" at its end where it was made to fail.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

enum kind { OPEN, READ, WRITE, FSYNC, CLOSE, RENAME, MKDIR, UNLINK, KINDS };

static const char *const names[KINDS] = {"open", "read", "write", "fsync", "close", "rename", "mkdir", "unlink"};
static int counts[KINDS];

static int is_below(const char *path, const char *folders)
{
    while (folders && *folders) {
        size_t length = strcspn(folders, ":");
        if (length > 0 && strncmp(path, folders, length) == 0 && (path[length] == '/' || path[length] == 0))
            return 1;
        folders += length + (folders[length] == ':');
    }
    return 0;
}

static int fails(enum kind kind, const char *path)
{
    const char *log = getenv("FAULT_LOG"), *wanted = getenv("FAULT_CALL"), *at = getenv("FAULT_AT"), *lasts = getenv("FAULT_LASTS");
    if (!log || !path || !is_below(path, getenv("FAULT_UNDER")))
        return 0;
    int number = __atomic_add_fetch(&counts[kind], 1, __ATOMIC_SEQ_CST);
    int target = at ? atoi(at) : 0;
    int failed = wanted && strcmp(wanted, names[kind]) == 0 && (number == target || (lasts && *lasts == '1' && target > 0 && number > target));
    char line[5000];
    int length = snprintf(line, sizeof line, "%s %d %.4096s%s\n", names[kind], number, path, failed ? " failed" : "");
    int file = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file >= 0) {
        syscall(SYS_write, file, line, length);
        syscall(SYS_close, file);
    }
    if (failed)
        errno = atoi(getenv("FAULT_ERROR"));
    return failed;
}

static int fails_on(enum kind kind, int file)
{
    char link[64], path[4097];
    int saved = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    errno = saved;
    if (length <= 0 || path[0] != '/')
        return 0;
    path[length] = 0;
    return fails(kind, path);
}

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) \
        real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

#define OPENING(name) \
    int name(const char *path, int flags, ...) \
    { \
        REAL(int, name, const char *, int, ...); \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        return fails(OPEN, path) ? -1 : real(path, flags, mode); \
    }

OPENING(open)
OPENING(open64)

#define TRANSFER(kind, name, pointer) \
    ssize_t name(int file, pointer bytes, size_t length) \
    { \
        REAL(ssize_t, name, int, pointer, size_t); \
        return fails_on(kind, file) ? -1 : real(file, bytes, length); \
    }

TRANSFER(READ, read, void *)
TRANSFER(WRITE, write, const void *)

#define TRANSFER_AT(kind, name, pointer, offset) \
    ssize_t name(int file, pointer bytes, size_t length, offset at) \
    { \
        REAL(ssize_t, name, int, pointer, size_t, offset); \
        return fails_on(kind, file) ? -1 : real(file, bytes, length, at); \
    }

TRANSFER_AT(READ, pread, void *, off_t)
TRANSFER_AT(READ, pread64, void *, off64_t)
TRANSFER_AT(WRITE, pwrite, const void *, off_t)
TRANSFER_AT(WRITE, pwrite64, const void *, off64_t)

int fsync(int file)
{
    REAL(int, fsync, int);
    return fails_on(FSYNC, file) ? -1 : real(file);
}

/* As on Linux, a file whose close fails is closed all the same. */
int close(int file)
{
    REAL(int, close, int);
    int failed = fails_on(CLOSE, file), error = errno;
    int result = real(file);
    if (failed)
        errno = error;
    return failed ? -1 : result;
}

int rename(const char *from, const char *to)
{
    REAL(int, rename, const char *, const char *);
    return fails(RENAME, to) ? -1 : real(from, to);
}

int link(const char *from, const char *to)
{
    REAL(int, link, const char *, const char *);
    return fails(RENAME, to) ? -1 : real(from, to);
}

int mkdir(const char *path, mode_t mode)
{
    REAL(int, mkdir, const char *, mode_t);
    return fails(MKDIR, path) ? -1 : real(path, mode);
}

int unlink(const char *path)
{
    REAL(int, unlink, const char *);
    return fails(UNLINK, path) ? -1 : real(path);
}

int rmdir(const char *path)
{
    REAL(int, rmdir, const char *);
    return fails(UNLINK, path) ? -1 : real(path);
}
