// What a program under the shim can see of FewCalls: one line for each thing.

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ADD_ONE = 1, PIN, PEEK, EVENT, TRIGGER, OPEN_FILES, KIND, UNPIN, SAME_FRAME, THROW, TAKE_BACK };

static void show(const char *what, long value) { printf("%s %ld\n", what, value); }

static void memory(int fd) {
  int value = 41;
  show("copied", ioctl(fd, ADD_ONE, &value));
  show("value", value);
  show("null", ioctl(fd, ADD_ONE, NULL));
  show("is EFAULT", errno == EFAULT);
  static const int constant = 1;
  show("read-only", ioctl(fd, ADD_ONE, &constant));
  show("unknown", ioctl(fd, 99, NULL));
  show("is ENOTTY", errno == ENOTTY);
}

static void pins(int fd) {
  char *pages = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  pages[0] = 7;
  show("pinned", ioctl(fd, PIN, pages));
  show("same frame", ioctl(fd, SAME_FRAME, pages + 5));
  pages[0] = 8;
  show("written later", ioctl(fd, PEEK, 0));
  munmap(pages, 8192);
  show("after unmap", ioctl(fd, PEEK, 0));
  mmap(pages, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
  show("mapped anew", ioctl(fd, SAME_FRAME, pages));
  ioctl(fd, UNPIN, 0);
  munmap(pages + 4096, 4096);
  show("half there", ioctl(fd, PIN, pages));
  if (fork() == 0) {
    char *own = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    own[0] = 9;
    ioctl(fd, PIN, own);
    _exit(0);
  }
  wait(NULL);
  show("of a child that is gone", ioctl(fd, PEEK, 0));
  FILE *status = fopen("/proc/self/status", "r");
  char line[256];
  while (fgets(line, sizeof(line), status))
    if (!strncmp(line, "VmPin", 5))
      printf("%s", line);
  fclose(status);
}

static void descriptors(int fd) {
  show("open", ioctl(fd, OPEN_FILES, 0));
  int taken = ioctl(fd, TAKE_BACK, 0);
  show("taken back", fcntl(taken, F_GETFD) == -1 && errno == EBADF);
  show("still open", ioctl(fd, OPEN_FILES, 0));
  int second = open("/dev/iommu", O_RDWR);
  show("kind of the second", ioctl(fd, KIND, second));
  show("kind of memory", ioctl(fd, KIND, memfd_create("memory", MFD_HUGETLB)));
  int copy = dup(second);
  close(second);
  show("with a copy", ioctl(fd, OPEN_FILES, 0));
  if (fork() == 0) {
    show("in a child", ioctl(copy, OPEN_FILES, 0));
    exit(0);
  }
  wait(NULL);
  close(copy);
  show("closed", ioctl(fd, OPEN_FILES, 0));
}

static void events(int fd) {
  int event = ioctl(fd, EVENT, 0);
  struct pollfd poll_event = {.fd = event, .events = POLLIN};
  char value = 0;
  show("nothing to read", poll(&poll_event, 1, 0));
  show("read", read(event, &value, 1));
  ioctl(fd, TRIGGER, 5);
  show("readable", poll(&poll_event, 1, 10000));
  show("read", read(event, &value, 1));
  show("value", value);
  show("nothing more", poll(&poll_event, 1, 0));
  if (fork() == 0) {
    ioctl(fd, TRIGGER, 6);
    _exit(0);
  }
  show("woken", poll(&poll_event, 1, 10000));
  wait(NULL);
  close(event);
  show("open", ioctl(fd, OPEN_FILES, 0));
}

static void others(int fd) {
  char *region = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0x1000);
  show("region", region[0]);
  munmap(region, 4096);
  show("no region", mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0) == MAP_FAILED && errno == ENXIO);
  char path[64], nth[8] = "";
  snprintf(path, sizeof(path), "/proc/self/task/%d/fail-nth", getpid());
  int fail = open(path, O_RDWR);
  show("set", pwrite(fail, "12", 2, 0));
  pread(fail, nth, sizeof(nth), 0);
  show("nth", atoi(nth));
  char *huge = mmap(NULL, 2 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0);
  show("huge", (long)huge & 0x1fffff);
  show("thrown", ioctl(fd, THROW, 0));
  show("lives", ioctl(fd, OPEN_FILES, 0));
}

int main(void) {
  setlinebuf(stdout);
  int fd = open("/dev/iommu", O_RDWR);
  memory(fd);
  pins(fd);
  descriptors(fd);
  events(fd);
  others(fd);
  return 0;
}
