// The first process of the small kernel when a sequence of system calls is compared: reads batches
// of calls from the second serial line, makes each batch in a process of its own, and answers one
// line for each call.
//
//   m ADDRESS LENGTH RIGHTS  anonymous memory at an address, RIGHTS r or w     0, or -errno
//   u ADDRESS LENGTH         munmap                                            0, or -errno
//   f LENGTH                 a memfd of a length                               descriptor
//   w ADDRESS BYTES          puts bytes there                                  0, or -EFAULT
//   d ADDRESS LENGTH         what is there                                     bytes, or -
//   o                        opens /dev/iommu                                  descriptor
//   i FD COMMAND ADDRESS     ioctl                                             result, or -errno
//   r FD ADDRESS LENGTH      read                                              result, or -errno
//   p FD ADDRESS LENGTH      write                                             result, or -errno
//   q FD                     poll, without waiting                             events, or -errno
//   c FD                     close                                             0, or -errno
//   .                        ends a batch                                      . or the signal that killed it
//
// Numbers are hexadecimal, results decimal. A process that has run for 30 seconds is killed.

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

enum { MOST_BYTES = 1 << 16, LONGEST_BATCH = 1 << 20 };

static FILE *line_in, *line_out;
static unsigned char bytes[MOST_BYTES], spare[MOST_BYTES];
static int pipe_ends[2];

// Through a pipe, so that the kernel says whether the memory can be reached, not a signal.
static long copy(unsigned long address, size_t length, int write_there) {
  void *from = write_there ? bytes : (void *)address, *to = write_there ? (void *)address : bytes;
  long sent = write(pipe_ends[1], from, length);
  long got = sent > 0 ? read(pipe_ends[0], to, sent) : 0;
  if (got < sent)
    (void)!read(pipe_ends[0], spare, sizeof(spare));
  return got == (long)length ? 0 : -EFAULT;
}

static size_t from_hex(const char *hex) {
  size_t count = 0;
  for (unsigned value; count < MOST_BYTES && sscanf(hex, "%2x", &value) == 1; hex += 2)
    bytes[count++] = value;
  return count;
}

static void dump(unsigned long address, size_t length) {
  if (length > MOST_BYTES || copy(address, length, 0)) {
    fputs("-\n", line_out);
    return;
  }
  for (size_t i = 0; i < length; i++)
    fprintf(line_out, "%02x", bytes[i]);
  fputc('\n', line_out);
}

static long or_errno(long result) { return result < 0 ? -errno : result; }

static long map(unsigned long address, size_t length, char rights) {
  int protection = rights == 'w' ? PROT_READ | PROT_WRITE : PROT_READ;
  void *at = mmap((void *)address, length, protection, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
  return at == MAP_FAILED ? -errno : 0;
}

static long memory_file(size_t length) {
  int fd = memfd_create("memory", 0);
  return fd >= 0 && ftruncate(fd, length) ? -errno : or_errno(fd);
}

static long ready(int fd) {
  struct pollfd asked = {.fd = fd, .events = POLLIN | POLLOUT};
  long result = poll(&asked, 1, 0);
  return result < 0 ? -errno : asked.revents;
}

static void make(char *text) {
  unsigned long a = 0, b = 0, c = 0;
  char *rest = text + 1;
  a = strtoul(rest, &rest, 16);
  long result = -ENOSYS;
  if (text[0] == 'w') {
    size_t length = from_hex(rest + 1);
    result = copy(a, length, 1);
  } else {
    b = strtoul(rest, &rest, 16);
    c = strtoul(rest, NULL, 16);
    switch (text[0]) {
    case 'm': result = map(a, b, rest[1]); break;
    case 'u': result = or_errno(munmap((void *)a, b)); break;
    case 'f': result = memory_file(a); break;
    case 'd': dump(a, b); return;
    case 'o': result = or_errno(open("/dev/iommu", O_RDWR)); break;
    case 'i': result = or_errno(ioctl(a, b, c)); break;
    case 'r': result = or_errno(read(a, (void *)b, c)); break;
    case 'p': result = or_errno(write(a, (void *)b, c)); break;
    case 'q': result = ready(a); break;
    case 'c': result = or_errno(close(a)); break;
    }
  }
  fprintf(line_out, "%ld\n", result);
}

static void make_batch(char *batch) {
  alarm(30);
  for (char *save, *text = strtok_r(batch, "\n", &save); text; text = strtok_r(NULL, "\n", &save)) {
    make(text);
    fflush(line_out);
  }
  _exit(0);
}

static int open_line(const char *name) {
  int fd = open(name, O_RDWR | O_NOCTTY);
  struct termios raw;
  tcgetattr(fd, &raw);
  cfmakeraw(&raw);
  cfsetspeed(&raw, B115200);
  tcsetattr(fd, TCSANOW, &raw);
  return fd;
}

int main(void) {
  static char batch[LONGEST_BATCH];
  mkdir("/dev", 0755);
  mkdir("/proc", 0755);
  mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
  mount("proc", "/proc", "proc", 0, NULL);
  // 0, 1 and 2 are the line, so that what a batch opens begins at 3.
  for (int fd = 0; fd < 3; fd++)
    close(fd);
  dup2(open_line("/dev/ttyS1"), 1);
  dup2(1, 2);
  int ends[2];
  if (pipe2(ends, O_NONBLOCK))
    return 1;
  for (int i = 0; i < 2; i++) {
    pipe_ends[i] = fcntl(ends[i], F_DUPFD, 500);
    close(ends[i]);
  }
  line_in = fdopen(0, "r");
  line_out = fdopen(1, "w");
  fputs("ready\n", line_out);
  fflush(line_out);
  size_t length = 0;
  while (fgets(batch + length, sizeof(batch) - length, line_in)) {
    if (strcmp(batch + length, ".\n")) {
      length += strlen(batch + length);
      continue;
    }
    batch[length] = 0;
    length = 0;
    pid_t child = fork();
    if (child == 0)
      make_batch(batch);
    int status = 0;
    waitpid(child, &status, 0);
    fprintf(line_out, WIFSIGNALED(status) ? ". %d\n" : ".\n", WTERMSIG(status));
    fflush(line_out);
  }
  return 0;
}
