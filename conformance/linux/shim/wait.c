// poll(2) over descriptors of the program, some of which stand for files of the implementation.

#define _GNU_SOURCE
#include "shim.h"

#include <errno.h>
#include <poll.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static long milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// What the implementation says of one descriptor; marks that woke us are taken first.
static short ask(int fd, int file, short events) {
  char marks[64];
  while (syscall(SYS_recvfrom, fd, marks, sizeof(marks), 0x40 /* MSG_DONTWAIT */, NULL, NULL) > 0) {
  }
  const char *reply = call("\"op\":\"file.poll\",\"file\":%d", file);
  if (!reply)
    return POLLERR;
  short ready = truth_member(reply, "broken") ? POLLERR : 0;
  if (truth_member(reply, "readable"))
    ready |= (POLLIN | POLLRDNORM) & events;
  if (truth_member(reply, "writable"))
    ready |= (POLLOUT | POLLWRNORM) & events;
  return ready;
}

// The descriptors that are not ours are asked of the kernel, without waiting.
static int look(struct pollfd *fds, nfds_t count) {
  int ready = 0;
  for (nfds_t i = 0; i < count; i++) {
    int file = fds[i].fd >= 0 ? file_of(fds[i].fd) : 0;
    if (file)
      fds[i].revents = ask(fds[i].fd, file, fds[i].events);
    else
      syscall(SYS_poll, &fds[i], 1, 0);
    ready += fds[i].revents != 0;
  }
  return ready;
}

// The kernel waits on a copy in which ours wait for a mark alone.
static int wait_for_change(const struct pollfd *fds, nfds_t count, long timeout) {
  struct pollfd copy[count];
  for (nfds_t i = 0; i < count; i++) {
    copy[i] = fds[i];
    if (fds[i].fd >= 0 && file_of(fds[i].fd))
      copy[i].events = POLLIN;
  }
  return syscall(SYS_poll, copy, count, timeout);
}

int poll(struct pollfd *fds, nfds_t count, int timeout) {
  bool any = false;
  for (nfds_t i = 0; i < count; i++)
    any |= fds[i].fd >= 0 && file_of(fds[i].fd);
  if (!any)
    return syscall(SYS_poll, fds, count, timeout);
  long end = milliseconds() + timeout;
  while (true) {
    int ready = look(fds, count);
    long left = timeout < 0 ? -1 : end - milliseconds();
    if (ready || (timeout >= 0 && left <= 0))
      return ready;
    if (wait_for_change(fds, count, left) < 0)
      return -1;
  }
}
