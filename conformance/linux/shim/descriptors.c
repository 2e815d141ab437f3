// A descriptor of the program stands for a file of the implementation: it is a socket whose other
// end the implementation holds. The kernel counts descriptors over dup, fork and exec, and the
// implementation sees the end of the last one. The socket's own address says which file it is.

#define _GNU_SOURCE
#include "shim.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

static const char PREFIX[] = "iommuref:";

// A socket bound to an abstract address that holds a number; -1 for fail-nth.
static int labelled_socket(int number, int flags) {
  static unsigned count;
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  int fd = socket(AF_UNIX, SOCK_STREAM | (flags & O_CLOEXEC ? SOCK_CLOEXEC : 0), 0);
  if (fd < 0)
    return -1;
  int length = snprintf(address.sun_path + 1, sizeof(address.sun_path) - 1, "%s%d:%d:%u", PREFIX, number, getpid(),
                        __atomic_add_fetch(&count, 1, __ATOMIC_RELAXED));
  if (bind(fd, (struct sockaddr *)&address, offsetof(struct sockaddr_un, sun_path) + 1 + length)) {
    syscall(SYS_close, fd);
    return -1;
  }
  return fd;
}

static int label(int descriptor) {
  struct sockaddr_un address = {0};
  socklen_t length = sizeof(address) - 1;
  int saved = errno;
  int failed = getsockname(descriptor, (struct sockaddr *)&address, &length);
  errno = saved;
  if (failed || address.sun_family != AF_UNIX || address.sun_path[0] ||
      strncmp(address.sun_path + 1, PREFIX, strlen(PREFIX)))
    return 0;
  return atoi(address.sun_path + 1 + strlen(PREFIX));
}

int hold_file(int file, int flags) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  strncpy(address.sun_path, getenv("IOMMUREF_SOCKET"), sizeof(address.sun_path) - 1);
  int fd = labelled_socket(file, flags);
  if (fd < 0)
    return -1;
  char line[64];
  int length = snprintf(line, sizeof(line), "{\"id\":1,\"op\":\"file.hold\",\"file\":%d}\n", file);
  if (connect(fd, (struct sockaddr *)&address, sizeof(address)) || send(fd, line, length, MSG_NOSIGNAL) != length) {
    syscall(SYS_close, fd);
    return -1;
  }
  return fd;
}

int hold_fail_nth(int flags) { return labelled_socket(-1, flags); }

int file_of(int descriptor) {
  int number = label(descriptor);
  return number > 0 ? number : 0;
}

bool is_fail_nth(int descriptor) { return label(descriptor) < 0; }
