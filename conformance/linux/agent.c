// The first process of the small kernel when programs are compared: reads calls from the second
// serial line, has each made in a process of the program, and answers one line for each.
//
//   @N CALL                  the process with number N makes a call; without it, process 0
//   .                        ends the program, which gets the answer "."; the next call starts another
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
//   k                        fork                                              number of the child
//   e                        exit                                              0
//
// Numbers are hexadecimal, results decimal. "killed N" answers a call in which signal N ended the
// process, "gone" a call of a process that has ended. After 30 seconds in a call the machine ends.

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

enum { MOST_BYTES = 1 << 16, LONGEST_LINE = 1 << 18, MOST_PROCESSES = 8, PATIENCE = 30000 };

// What all processes see.
static struct {
  char line[LONGEST_LINE];
  int count;
  pid_t pids[MOST_PROCESSES];
} *shared;

static unsigned char bytes[MOST_BYTES], spare[MOST_BYTES];
// Each process waits for its turn; the first one waits for the end of a turn, or of a process.
static int copying[2], done[2], turn[MOST_PROCESSES][2];

static void say(const char *text) {
  size_t length = strlen(text);
  while (length > 0) {
    ssize_t written = write(1, text, length);
    if (written > 0)
      text += written, length -= written;
  }
}

static void say_number(const char *format, long number) {
  char text[64];
  snprintf(text, sizeof(text), format, number);
  say(text);
}

// Through a pipe, so that the kernel says whether the memory can be reached, not a signal.
static long copy(unsigned long address, size_t length, int write_there) {
  void *from = write_there ? bytes : (void *)address, *to = write_there ? (void *)address : bytes;
  long sent = write(copying[1], from, length);
  long got = sent > 0 ? read(copying[0], to, sent) : 0;
  if (got < sent)
    (void)!read(copying[0], spare, sizeof(spare));
  return got == (long)length ? 0 : -EFAULT;
}

static int digit(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; }

static size_t from_hex(const char *hex) {
  size_t count = 0;
  while (count < MOST_BYTES && digit(hex[0]) >= 0 && digit(hex[1]) >= 0) {
    bytes[count++] = digit(hex[0]) * 16 + digit(hex[1]);
    hex += 2;
  }
  return count;
}

static void dump(unsigned long address, size_t length) {
  static char text[2 * MOST_BYTES + 2];
  if (length > MOST_BYTES || copy(address, length, 0)) {
    say("-\n");
    return;
  }
  for (size_t i = 0; i < length; i++) {
    text[2 * i] = "0123456789abcdef"[bytes[i] >> 4];
    text[2 * i + 1] = "0123456789abcdef"[bytes[i] & 15];
  }
  strcpy(text + 2 * length, "\n");
  say(text);
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

static void take_turns(int number);

// A brother of this process, so that the first one learns of its end.
static long another(void) {
  int number = shared->count;
  if (number == MOST_PROCESSES)
    return -EAGAIN;
  long child = syscall(SYS_clone, CLONE_PARENT | SIGCHLD, NULL, NULL, NULL, NULL);
  if (child == 0)
    take_turns(number);
  if (child < 0)
    return -errno;
  shared->pids[number] = child;
  shared->count = number + 1;
  return number;
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
    case 'k': result = another(); break;
    case 'e': _exit(0);
    }
  }
  say_number("%ld\n", result);
}

static void take_turns(int number) {
  char byte;
  for (;;) {
    if (read(turn[number][0], &byte, 1) != 1)
      continue;
    make(shared->line);
    (void)!write(done[1], "", 1);
  }
}

static void child_ended(int signal) {
  (void)signal;
  (void)!write(done[1], "", 1);
}

static void start_program(void) {
  shared->count = 1;
  pid_t child = fork();
  if (child == 0) {
    signal(SIGCHLD, SIG_DFL);
    take_turns(0);
  }
  shared->pids[0] = child;
}

static void end_program(void) {
  for (int i = 0; i < shared->count; i++)
    if (shared->pids[i] > 0) {
      kill(shared->pids[i], SIGKILL);
      waitpid(shared->pids[i], NULL, 0);
    }
  shared->count = 0;
  char spent[64];
  struct pollfd left = {.fd = done[0], .events = POLLIN};
  while (poll(&left, 1, 0) > 0)
    (void)!read(done[0], spent, sizeof(spent));
}

// Whether the process has ended by now, which answers its call.
static int has_ended(int number) {
  int status;
  if (waitpid(shared->pids[number], &status, WNOHANG) <= 0)
    return 0;
  shared->pids[number] = 0;
  if (WIFSIGNALED(status))
    say_number("killed %ld\n", WTERMSIG(status));
  else
    say("0\n");
  return 1;
}

static void have_made(int number) {
  if (number >= shared->count || shared->pids[number] == 0) {
    say("gone\n");
    return;
  }
  char byte;
  (void)!write(turn[number][1], "", 1);
  struct pollfd end = {.fd = done[0], .events = POLLIN};
  for (int ready = 0; ready <= 0;) {
    ready = poll(&end, 1, PATIENCE);
    if (ready == 0)
      reboot(RB_AUTOBOOT);
  }
  (void)!read(done[0], &byte, 1);
  has_ended(number);
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

// Out of the way of what a program opens.
static int high_pipe(int *ends) {
  int low[2];
  if (pipe(low))
    return -1;
  for (int i = 0; i < 2; i++) {
    ends[i] = fcntl(low[i], F_DUPFD, 500);
    close(low[i]);
  }
  return 0;
}

int main(void) {
  mkdir("/dev", 0755);
  mkdir("/proc", 0755);
  mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
  mount("proc", "/proc", "proc", 0, NULL);
  // 0, 1 and 2 are the line, so that what a program opens begins at 3.
  for (int fd = 0; fd < 3; fd++)
    close(fd);
  dup2(open_line("/dev/ttyS1"), 1);
  dup2(1, 2);
  if (high_pipe(copying) || high_pipe(done))
    return 1;
  fcntl(copying[0], F_SETFL, O_NONBLOCK);
  fcntl(copying[1], F_SETFL, O_NONBLOCK);
  for (int i = 0; i < MOST_PROCESSES; i++)
    if (high_pipe(turn[i]))
      return 1;
  shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  struct sigaction at_end = {.sa_handler = child_ended, .sa_flags = SA_RESTART};
  sigaction(SIGCHLD, &at_end, NULL);
  FILE *line_in = fdopen(0, "r");
  say("ready\n");
  while (fgets(shared->line, sizeof(shared->line), line_in)) {
    char *call = shared->line;
    if (!strcmp(call, ".\n")) {
      end_program();
      say(".\n");
      continue;
    }
    int number = 0;
    if (call[0] == '@') {
      number = strtoul(call + 1, &call, 16);
      memmove(shared->line, call + 1, strlen(call));
    }
    if (shared->count == 0)
      start_program();
    have_made(number);
  }
  return 0;
}
