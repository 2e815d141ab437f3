// The functions of the C library that the preloaded library takes over. Each looks whether it is
// meant, and otherwise makes the system call that it stands for.

#define _GNU_SOURCE
#include "shim.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char DEBUGFS[] = "/sys/kernel/debug";

// A folder of plain files stands for debugfs: what a program sets there needs no answer.
static const char *redirected(const char *path, char *buffer, size_t room) {
  const char *folder = getenv("IOMMUREF_DEBUGFS");
  if (!folder || strncmp(path, DEBUGFS, strlen(DEBUGFS)))
    return path;
  snprintf(buffer, room, "%s%s", folder, path + strlen(DEBUGFS));
  return buffer;
}

// /proc/PID/status with the model's accounts in place of the kernel's, as a file in memory.
static int open_status(const char *path, int flags) {
  int process = strncmp(path, "/proc/self/", 11) ? atoi(path + strlen("/proc/")) : getpid();
  int from = syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
  if (from < 0)
    return -1;
  FILE *real = fdopen(from, "r");
  const char *reply = call("\"op\":\"process.accounts\",\"process\":%d", process);
  long pinned = reply ? hex_member(reply, "pinned") * 4 : 0;
  long locked = reply ? hex_member(reply, "locked") * 4 : 0;
  int fd = syscall(SYS_memfd_create, "status", flags & O_CLOEXEC ? 1 : 0);
  char line[512];
  while (fd >= 0 && fgets(line, sizeof(line), real)) {
    if (!strncmp(line, "VmPin:", 6))
      dprintf(fd, "VmPin:\t%8ld kB\n", pinned);
    else if (!strncmp(line, "VmLck:", 6))
      dprintf(fd, "VmLck:\t%8ld kB\n", locked + atol(line + 6));
    else
      dprintf(fd, "%s", line);
  }
  fclose(real);
  if (fd >= 0)
    lseek(fd, 0, SEEK_SET);
  return fd;
}

static bool is_status(const char *path) {
  char process[16];
  int end = 0;
  return sscanf(path, "/proc/%15[0-9a-z]/status%n", process, &end) == 1 && end > 0 && !path[end];
}

static bool is_fail_nth_path(const char *path) {
  int process, end = 0;
  return sscanf(path, "/proc/self/task/%d/fail-nth%n", &process, &end) == 1 && end > 0 && !path[end];
}

static int open_node(const char *node, int flags) {
  long file = call_number("\"op\":\"file.open\",%s,\"node\":\"%s\"", caller(), node);
  return file < 0 ? -1 : hold_file(file, flags);
}

static int open_any(int folder, const char *path, int flags, mode_t mode) {
  char buffer[4096];
  if (!strcmp(path, "/dev/iommu"))
    return open_node("iommu", flags);
  if (!strcmp(path, "/dev/vfio/vfio"))
    return open_node("vfio", flags);
  if (is_fail_nth_path(path))
    return hold_fail_nth(flags);
  if (is_status(path))
    return open_status(path, flags);
  return syscall(SYS_openat, folder, redirected(path, buffer, sizeof(buffer)), flags, mode);
}

#define OPEN(NAME, ...)                                                                                                \
  int NAME(__VA_ARGS__ const char *path, int flags, ...) {                                                             \
    va_list rest;                                                                                                      \
    va_start(rest, flags);                                                                                             \
    mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(rest, mode_t) : 0;                                          \
    va_end(rest);                                                                                                      \
    return open_any(FOLDER, path, flags, mode);                                                                        \
  }
#define FOLDER AT_FDCWD
OPEN(open)
OPEN(open64)
#undef FOLDER
#define FOLDER folder
OPEN(openat, int folder, )
OPEN(openat64, int folder, )

FILE *fopen(const char *path, const char *mode) {
  char buffer[4096];
  static FILE *(*next)(const char *, const char *);
  if (!next)
    *(void **)&next = dlsym(RTLD_NEXT, "fopen");
  if (!is_status(path))
    return next(redirected(path, buffer, sizeof(buffer)), mode);
  int fd = open_status(path, O_CLOEXEC);
  return fd < 0 ? NULL : fdopen(fd, mode);
}

FILE *fopen64(const char *path, const char *mode) { return fopen(path, mode); }

DIR *opendir(const char *path) {
  char buffer[4096];
  static DIR *(*next)(const char *);
  if (!next)
    *(void **)&next = dlsym(RTLD_NEXT, "opendir");
  return next(redirected(path, buffer, sizeof(buffer)));
}

int ioctl(int fd, unsigned long command, ...) {
  va_list rest;
  va_start(rest, command);
  void *argument = va_arg(rest, void *);
  va_end(rest);
  int file = file_of(fd);
  if (!file)
    return syscall(SYS_ioctl, fd, command, argument);
  return call_number("\"op\":\"file.ioctl\",%s,\"file\":%d,\"command\":%d,\"argument\":\"0x%lx\"", caller(), file,
                     (int)command, (unsigned long)argument);
}

// The bytes that say "readable" are taken first; the implementation sends one again if it still is.
static void take_marks(int fd) {
  char marks[64];
  while (syscall(SYS_recvfrom, fd, marks, sizeof(marks), 0x40 /* MSG_DONTWAIT */, NULL, NULL) > 0) {
  }
}

static ssize_t transfer(const char *op, int fd, int file, const void *buffer, size_t count) {
  take_marks(fd);
  return call_number("\"op\":\"%s\",%s,\"file\":%d,\"buffer\":\"0x%lx\",\"count\":\"0x%lx\"", op, caller(), file,
                     (unsigned long)buffer, count);
}

static ssize_t read_fail_nth(void *buffer, size_t count) {
  char text[24];
  long nth = call_number("\"op\":\"process.fail_nth\",\"process\":%d", getpid());
  if (nth < 0)
    return -1;
  size_t length = sprintf(text, "%ld\n", nth);
  memcpy(buffer, text, length < count ? length : count);
  return length < count ? length : count;
}

static ssize_t write_fail_nth(const void *buffer, size_t count) {
  char text[16] = "";
  memcpy(text, buffer, count < sizeof(text) - 1 ? count : sizeof(text) - 1);
  return call("\"op\":\"process.set_fail_nth\",\"process\":%d,\"nth\":%d", getpid(), atoi(text)) ? (ssize_t)count : -1;
}

ssize_t read(int fd, void *buffer, size_t count) {
  int file = file_of(fd);
  if (file)
    return transfer("file.read", fd, file, buffer, count);
  return is_fail_nth(fd) ? read_fail_nth(buffer, count) : syscall(SYS_read, fd, buffer, count);
}

ssize_t write(int fd, const void *buffer, size_t count) {
  int file = file_of(fd);
  if (file)
    return transfer("file.write", fd, file, buffer, count);
  return is_fail_nth(fd) ? write_fail_nth(buffer, count) : syscall(SYS_write, fd, buffer, count);
}

ssize_t pread(int fd, void *buffer, size_t count, off_t offset) {
  return is_fail_nth(fd) ? read_fail_nth(buffer, count) : syscall(SYS_pread64, fd, buffer, count, offset);
}

ssize_t pread64(int fd, void *buffer, size_t count, off_t offset) { return pread(fd, buffer, count, offset); }

ssize_t pwrite(int fd, const void *buffer, size_t count, off_t offset) {
  return is_fail_nth(fd) ? write_fail_nth(buffer, count) : syscall(SYS_pwrite64, fd, buffer, count, offset);
}

ssize_t pwrite64(int fd, const void *buffer, size_t count, off_t offset) { return pwrite(fd, buffer, count, offset); }

// A process tells of its end while its memory can still be read.
static void say_exiting(void) {
  if (has_called() && was_located())
    call("\"op\":\"process.exiting\",\"process\":%d", getpid());
}

__attribute__((destructor)) static void at_exit(void) { say_exiting(); }

void _exit(int status) {
  say_exiting();
  while (true)
    syscall(SYS_exit_group, status);
}

void _Exit(int status) { _exit(status); }
