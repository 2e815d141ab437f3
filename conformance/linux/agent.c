// The first process of the small kernel when programs are judged or compared: says "ready" and the
// release of the kernel, reads calls from the second serial line, has each made in a process of the
// program, and answers one line for each.
//
//   @N CALL                  the process with number N makes a call; without it, process 0
//   .                        ends the program, which gets the answer "."; the next call starts another
//
//   m ADDRESS LENGTH RIGHTS  anonymous memory at an address, RIGHTS r or w     0, or -errno
//   u ADDRESS LENGTH         munmap                                            0, or -errno
//   f LENGTH RIGHTS          a memfd of a length; RIGHTS r: sealed against     descriptor
//                            writing and open for reading alone, or w
//   t FD LENGTH              ftruncate                                         0, or -errno
//   M ADDRESS LENGTH FD OFFSET RIGHTS SHARED
//                            mmap of a file, RIGHTS r, w or x, SHARED s or p   0, or -errno
//   P ADDRESS LENGTH RIGHTS  mprotect                                          0, or -errno
//   w ADDRESS BYTES          puts bytes there                                  0, or -EFAULT
//   d ADDRESS LENGTH         what is there                                     bytes, or -
//   o NODE                   opens NODE: i /dev/iommu, v /dev/vfio/vfio,      descriptor
//                            n a file that is no memory
//   i FD COMMAND ADDRESS     ioctl                                             result, or -errno
//   I FD COMMAND ADDRESS N   ioctl in which the Nth allocation fails           result, or -errno, and
//                                                                              how many were to come
//   I FD COMMAND ADDRESS 0   ioctl again and again: the first allocation       result, or -errno
//                            fails, then the second, until it succeeds or none is left to fail
//   r FD ADDRESS LENGTH      read                                              result, or -errno
//   p FD ADDRESS LENGTH      write                                             result, or -errno
//   q FD                     poll, without waiting                             events, or -errno
//   c FD                     close                                             0, or -errno
//   y FD                     dup                                               descriptor
//   b USER RIGHTS            becomes a user that has, of the capabilities      0, or -errno
//                            IPC_LOCK, SYS_RAWIO and SYS_RESOURCE, those
//                            in the mask RIGHTS
//   l BYTES                  RLIMIT_MEMLOCK                                    0, or -errno
//   n COUNT                  RLIMIT_NOFILE                                     0, or -errno
//   s                        VmPin and VmLck                                   two numbers, in KiB
//   k                        fork                                              number of the child
//   x                        exec: the memory is gone                          0, or -errno
//   e                        exit                                              0
//
// Numbers are hexadecimal, results decimal. "killed N" answers a call in which signal N ended the
// process, "gone" a call of a process that has ended. After 30 seconds in a call the machine ends.

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/reboot.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

enum { MOST_BYTES = 1 << 16, LONGEST_LINE = 1 << 18, MOST_PROCESSES = 8, PATIENCE = 30000, HIGH = 500 };

// What all processes see, before and after an exec too. Each process waits for its turn; the first one
// waits for the end of a turn, or of a process.
static struct {
  char line[LONGEST_LINE];
  int count;
  pid_t pids[MOST_PROCESSES];
  int descriptor, copying[2], done[2], turn[MOST_PROCESSES][2];
} *shared;

static int this_process;
static unsigned char bytes[MOST_BYTES], spare[MOST_BYTES];

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
  long sent = write(shared->copying[1], from, length);
  long got = sent > 0 ? read(shared->copying[0], to, sent) : 0;
  if (got < sent)
    (void)!read(shared->copying[0], spare, sizeof(spare));
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

static int protection(char rights) {
  return PROT_READ | (rights == 'w' ? PROT_WRITE : rights == 'x' ? PROT_EXEC : 0);
}

static long map(unsigned long address, size_t length, char rights) {
  int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE;
  return mmap((void *)address, length, protection(rights), flags, -1, 0) == MAP_FAILED ? -errno : 0;
}

static long map_file(const unsigned long *number, const char *words) {
  int flags = (words[1] == 's' ? MAP_SHARED : MAP_PRIVATE) | MAP_FIXED_NOREPLACE;
  void *at = mmap((void *)number[0], number[1], protection(words[0]), flags, number[2], number[3]);
  return at == MAP_FAILED ? -errno : 0;
}

static long memory_file(size_t length, char rights) {
  int fd = memfd_create("memory", rights == 'r' ? MFD_ALLOW_SEALING : 0);
  if (fd < 0 || ftruncate(fd, length))
    return -errno;
  if (rights != 'r')
    return fd;
  char name[32];
  snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
  int again = open(name, O_RDONLY);
  if (again < 0 || fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE) || dup2(again, fd) < 0)
    return -errno;
  close(again);
  return fd;
}

static long open_node(char node) {
  const char *name = node == 'v' ? "/dev/vfio/vfio" : node == 'n' ? "/dev/null" : "/dev/iommu";
  return or_errno(open(name, O_RDWR));
}

static long ready(int fd) {
  struct pollfd asked = {.fd = fd, .events = POLLIN | POLLOUT};
  long result = poll(&asked, 1, 0);
  return result < 0 ? -errno : asked.revents;
}

// A file of /proc/self, out of the way of what a program opens, whatever its limit.
static int open_own(const char *name, int flags) {
  struct rlimit limit, enough;
  getrlimit(RLIMIT_NOFILE, &limit);
  enough = limit;
  enough.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &enough);
  int fd = open(name, flags), high = fcntl(fd, F_DUPFD_CLOEXEC, HIGH);
  close(fd);
  setrlimit(RLIMIT_NOFILE, &limit);
  return high;
}

// Result of an ioctl in which an allocation fails; *left is 0 if there were as many.
static long ioctl_failing(const unsigned long *n, long nth, long *left) {
  int file = open_own("/proc/self/fail-nth", O_RDWR);
  char text[32] = "";
  dprintf(file, "%ld", nth);
  long result = or_errno(ioctl(n[0], n[1], n[2]));
  (void)!pread(file, text, sizeof(text) - 1, 0);
  (void)!pwrite(file, "0", 1, 0);
  close(file);
  *left = atol(text);
  return result;
}

static long ioctl_failing_everywhere(const unsigned long *n) {
  for (long nth = 1;; nth++) {
    long left;
    long result = ioctl_failing(n, nth, &left);
    if (result >= 0 || left)
      return result;
  }
}

static void say_account(void) {
  char text[4096] = "", answer[64];
  int fd = open_own("/proc/self/status", O_RDONLY);
  (void)!read(fd, text, sizeof(text) - 1);
  close(fd);
  const char *pinned = strstr(text, "VmPin:"), *locked = strstr(text, "VmLck:");
  // A count that has become negative is printed as the number that it is modulo 2^64.
  long p = pinned ? (long)strtoull(pinned + 6, NULL, 10) : -1, l = locked ? (long)strtoull(locked + 6, NULL, 10) : -1;
  snprintf(answer, sizeof(answer), "%ld %ld\n", p, l);
  say(answer);
}

static long become(unsigned user, unsigned long rights) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct data[2];
  prctl(PR_SET_KEEPCAPS, 1);
  if (setresuid(user, user, user) || syscall(SYS_capget, &header, data))
    return -errno;
  unsigned withheld = 1u << CAP_IPC_LOCK | 1u << CAP_SYS_RAWIO | 1u << CAP_SYS_RESOURCE;
  data[0].effective = (data[0].permitted & ~withheld) | rights;
  data[1].effective = data[1].permitted;
  long result = or_errno(syscall(SYS_capset, &header, data));
  prctl(PR_SET_DUMPABLE, 1); // else its files in /proc would be root's
  return result;
}

static long limit(int what, unsigned long count) {
  struct rlimit limit;
  getrlimit(what, &limit);
  limit.rlim_cur = count;
  return or_errno(setrlimit(what, &limit));
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

static long begin_again(void) {
  char number[16], descriptor[16];
  snprintf(number, sizeof(number), "%d", this_process);
  snprintf(descriptor, sizeof(descriptor), "%d", shared->descriptor);
  execl("/init", "/init", number, descriptor, NULL);
  return -errno;
}

// Numbers first, then words of one letter.
static void parse(char *text, unsigned long *number, char *words) {
  char *save, *rest;
  for (char *word = strtok_r(text, " \n", &save); word; word = strtok_r(NULL, " \n", &save)) {
    *number = strtoul(word, &rest, 16);
    if (*rest)
      *words++ = *word;
    else
      number++;
  }
}

static void make(char *text) {
  unsigned long n[8] = {0};
  char words[8] = "", *rest;
  long left, result = -ENOSYS;
  if (text[0] == 'w') {
    n[0] = strtoul(text + 1, &rest, 16);
    size_t length = from_hex(rest + 1);
    say_number("%ld\n", copy(n[0], length, 1));
    return;
  }
  parse(text + 1, n, words);
  switch (text[0]) {
  case 'm': result = map(n[0], n[1], words[0]); break;
  case 'M': result = map_file(n, words); break;
  case 'u': result = or_errno(munmap((void *)n[0], n[1])); break;
  case 'P': result = or_errno(mprotect((void *)n[0], n[1], protection(words[0]))); break;
  case 'f': result = memory_file(n[0], words[0]); break;
  case 't': result = or_errno(ftruncate(n[0], n[1])); break;
  case 'd': dump(n[0], n[1]); return;
  case 'o': result = open_node(words[0]); break;
  case 'i': result = or_errno(ioctl(n[0], n[1], n[2])); break;
  case 'I':
    if (n[3] == 0) {
      result = ioctl_failing_everywhere(n);
      break;
    }
    result = ioctl_failing(n, n[3], &left);
    say_number("%ld ", result);
    result = left;
    break;
  case 'r': result = or_errno(read(n[0], (void *)n[1], n[2])); break;
  case 'p': result = or_errno(write(n[0], (void *)n[1], n[2])); break;
  case 'q': result = ready(n[0]); break;
  case 'c': result = or_errno(close(n[0])); break;
  case 'y': result = or_errno(dup(n[0])); break;
  case 'b': result = become(n[0], n[1]); break;
  case 'l': result = limit(RLIMIT_MEMLOCK, n[0]); break;
  case 'n': result = limit(RLIMIT_NOFILE, n[0]); break;
  case 's': say_account(); return;
  case 'k': result = another(); break;
  case 'x': result = begin_again(); break;
  case 'e': _exit(0);
  }
  say_number("%ld\n", result);
}

static void take_turns(int number) {
  char byte;
  this_process = number;
  for (;;) {
    if (read(shared->turn[number][0], &byte, 1) != 1)
      continue;
    make(shared->line);
    (void)!write(shared->done[1], "", 1);
  }
}

static void child_ended(int signal) {
  (void)signal;
  (void)!write(shared->done[1], "", 1);
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
  struct pollfd left = {.fd = shared->done[0], .events = POLLIN};
  while (poll(&left, 1, 0) > 0)
    (void)!read(shared->done[0], spent, sizeof(spent));
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
  (void)!write(shared->turn[number][1], "", 1);
  struct pollfd end = {.fd = shared->done[0], .events = POLLIN};
  for (int ready = 0; ready <= 0;) {
    ready = poll(&end, 1, PATIENCE);
    if (ready == 0)
      reboot(RB_AUTOBOOT);
  }
  (void)!read(shared->done[0], &byte, 1);
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
static int high(int low) {
  int fd = fcntl(low, F_DUPFD, HIGH);
  close(low);
  return fd;
}

static void high_pipe(int *ends) {
  int low[2] = {-1, -1};
  (void)!pipe(low);
  ends[0] = high(low[0]);
  ends[1] = high(low[1]);
}

static void attach(const char *type, const char *folder) {
  mkdir(folder, 0755);
  mount(type, folder, type, 0, NULL);
}

static void write_file(const char *name, const char *text) {
  int fd = open(name, O_WRONLY);
  (void)!write(fd, text, strlen(text));
  close(fd);
}

static void prepare_machine(void) {
  attach("devtmpfs", "/dev");
  attach("proc", "/proc");
  attach("sysfs", "/sys");
  attach("debugfs", "/sys/kernel/debug");
  write_file("/sys/kernel/debug/failslab/ignore-gfp-wait", "N");
  write_file("/sys/kernel/debug/failslab/verbose", "0");
  struct rlimit none = {RLIM_INFINITY, RLIM_INFINITY};
  setrlimit(RLIMIT_MEMLOCK, &none);
  // Who may open them is no matter of iommufd.
  chmod("/dev/iommu", 0666);
  chmod("/dev/vfio/vfio", 0666);
}

static void share(void) {
  int fd = high(memfd_create("shared", 0));
  (void)!ftruncate(fd, sizeof(*shared));
  shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  shared->descriptor = fd;
  high_pipe(shared->copying);
  fcntl(shared->copying[0], F_SETFL, O_NONBLOCK);
  fcntl(shared->copying[1], F_SETFL, O_NONBLOCK);
  high_pipe(shared->done);
  for (int i = 0; i < MOST_PROCESSES; i++)
    high_pipe(shared->turn[i]);
}

int main(int count, char **words) {
  if (count == 3) { // after an exec
    shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED, atoi(words[2]), 0);
    say("0\n");
    (void)!write(shared->done[1], "", 1);
    take_turns(atoi(words[1]));
  }
  prepare_machine();
  // 0, 1 and 2 are the line, so that what a program opens begins at 3.
  for (int fd = 0; fd < 3; fd++)
    close(fd);
  dup2(open_line("/dev/ttyS1"), 1);
  dup2(1, 2);
  share();
  struct sigaction at_end = {.sa_handler = child_ended, .sa_flags = SA_RESTART};
  sigaction(SIGCHLD, &at_end, NULL);
  FILE *line_in = fdopen(0, "r");
  struct utsname system;
  uname(&system);
  say("ready "), say(system.release), say("\n");
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
