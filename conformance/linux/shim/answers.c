// What the implementation asks while a call runs: memory, pages, descriptors, limits.

#define _GNU_SOURCE
#include "shim.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include <unistd.h>

enum { PAGE = 4096, TOUCHED_AT_ONCE = 512 };

static bool located;

bool was_located(void) { return located; }

size_t from_hex(const char *hex, uint8_t *bytes, size_t room) {
  size_t count = 0;
  for (; count < room && hex[0] && hex[0] != '"'; hex += 2, count++) {
    char digits[3] = {hex[0], hex[1], 0};
    bytes[count] = strtoul(digits, NULL, 16);
  }
  return count;
}

static void add_hex(struct text *text, const uint8_t *bytes, size_t count) {
  static const char digits[] = "0123456789abcdef";
  char *hex = malloc(2 * count + 1);
  if (!hex)
    abort();
  for (size_t i = 0; i < count; i++) {
    hex[2 * i] = digits[bytes[i] >> 4];
    hex[2 * i + 1] = digits[bytes[i] & 15];
  }
  hex[2 * count] = 0;
  text_add(text, "\"%s\"", hex);
  free(hex);
}

// process_vm_readv and process_vm_writev heed the rights of the mapping, as the kernel does when it
// copies for a system call, and stop where a page cannot be reached.
static size_t copy(pid_t process, uint64_t address, uint8_t *bytes, size_t length, bool write) {
  size_t done = 0;
  while (done < length) {
    size_t to_boundary = PAGE - (address + done) % PAGE;
    struct iovec here = {bytes + done, length - done < to_boundary ? length - done : to_boundary};
    struct iovec there = {(void *)(address + done), here.iov_len};
    ssize_t count = write ? process_vm_writev(process, &here, 1, &there, 1, 0)
                          : process_vm_readv(process, &here, 1, &there, 1, 0);
    if (count <= 0)
      break;
    done += count;
  }
  return done;
}

static void copy_in(struct text *reply, const char *question) {
  size_t length = number_member(question, "length");
  uint8_t *bytes = malloc(length + 1);
  if (!bytes)
    abort();
  size_t done = copy(number_member(question, "process"), hex_member(question, "address"), bytes, length, false);
  text_add(reply, done == length ? "\"ok\":" : "\"err\":\"EFAULT\",\"partial\":");
  add_hex(reply, bytes, done);
  free(bytes);
}

static void copy_out(struct text *reply, const char *question) {
  const char *hex = member(question, "bytes");
  size_t length = hex ? strcspn(hex + 1, "\"") / 2 : 0;
  uint8_t *bytes = malloc(length + 1);
  if (!bytes)
    abort();
  from_hex(hex + 1, bytes, length);
  size_t done = copy(number_member(question, "process"), hex_member(question, "address"), bytes, length, true);
  text_add(reply, done == length ? "\"ok\":%zu" : "\"err\":\"EFAULT\",\"partial\":%zu", done);
  free(bytes);
}

// Reads a byte of each page, which makes it present; returns how many pages could be read.
static long touch(pid_t process, uint64_t address, long pages) {
  uint8_t bytes[TOUCHED_AT_ONCE];
  struct iovec there[TOUCHED_AT_ONCE];
  long done = 0;
  while (done < pages) {
    long batch = pages - done < TOUCHED_AT_ONCE ? pages - done : TOUCHED_AT_ONCE;
    for (long i = 0; i < batch; i++)
      there[i] = (struct iovec){(void *)(address + (done + i) * PAGE), 1};
    struct iovec here = {bytes, batch};
    ssize_t count = process_vm_readv(process, &here, 1, there, batch, 0);
    if (count > 0)
      done += count;
    if (count < batch)
      break;
  }
  return done;
}

// A line of /proc/PID/maps.
struct mapping {
  uint64_t start, end, offset, inode;
  unsigned major, minor;
  char rights[5];
};

static bool read_mapping(const char *line, struct mapping *mapping) {
  return sscanf(line, "%lx-%lx %4s %lx %x:%x %lu", &mapping->start, &mapping->end, mapping->rights, &mapping->offset,
                &mapping->major, &mapping->minor, &mapping->inode) == 7;
}

static void add_extent(struct text *list, const struct mapping *mapping, uint64_t address, long pages) {
  bool shared = mapping->rights[3] == 's';
  uint64_t page = shared ? (mapping->offset + address - mapping->start) / PAGE : address / PAGE;
  text_add(list, "%s{\"shared\":%s,\"device\":\"0x%lx\",\"inode\":\"0x%lx\",\"page\":\"0x%lx\",\"pages\":%ld}",
           list->length ? "," : "", shared ? "true" : "false",
           shared ? (uint64_t)makedev(mapping->major, mapping->minor) : 0, shared ? mapping->inode : 0, page, pages);
}

// Extents from an address on, up to the first page that is not there; returns where that is.
static uint64_t locate_in(pid_t process, uint64_t address, uint64_t end, bool write, struct text *list) {
  char name[64], line[512];
  snprintf(name, sizeof(name), "/proc/%d/maps", process);
  FILE *maps = fopen(name, "re");
  while (maps && address < end && fgets(line, sizeof(line), maps)) {
    struct mapping mapping;
    if (!read_mapping(line, &mapping) || mapping.end <= address)
      continue;
    if (mapping.start > address || mapping.rights[0] != 'r' || (write && mapping.rights[1] != 'w'))
      break;
    long wanted = ((end < mapping.end ? end : mapping.end) - address) / PAGE;
    long present = touch(process, address, wanted);
    if (present > 0)
      add_extent(list, &mapping, address, present);
    address += (uint64_t)present * PAGE;
    if (present < wanted)
      break;
  }
  if (maps)
    fclose(maps);
  return address;
}

static void locate(struct text *reply, const char *question) {
  uint64_t address = hex_member(question, "address");
  uint64_t end = address + (uint64_t)number_member(question, "pages") * PAGE;
  struct text list = {0};
  located = true;
  uint64_t reached =
      locate_in(number_member(question, "process"), address, end, truth_member(question, "write"), &list);
  text_add(reply, reached == end ? "\"ok\":" : "\"err\":\"EFAULT\",\"partial\":");
  text_add(reply, "{\"extents\":[%s]}", list.length ? list.bytes : "");
  free(list.bytes);
}

static void install(struct text *reply, const char *question) {
  int fd = hold_file(number_member(question, "file"), O_CLOEXEC);
  if (fd >= 0)
    text_add(reply, "\"ok\":%d", fd);
  else
    text_add(reply, "\"err\":\"EMFILE\"");
}

static void withdraw(struct text *reply, const char *question) {
  syscall(SYS_close, number_member(question, "number"));
  text_add(reply, "\"ok\":{}");
}

static void describe(struct text *reply, const char *question) {
  int fd = number_member(question, "number");
  struct stat status;
  struct statfs system;
  if (fstat(fd, &status)) {
    text_add(reply, "\"err\":\"EBADF\"");
    return;
  }
  bool memory = !fstatfs(fd, &system) && (system.f_type == TMPFS_MAGIC || system.f_type == HUGETLBFS_MAGIC);
  text_add(reply, "\"ok\":{\"file\":%d,\"device\":\"0x%lx\",\"inode\":\"0x%lx\",\"mappable\":%s}", file_of(fd),
           (uint64_t)status.st_dev, (uint64_t)status.st_ino, memory ? "true" : "false");
}

static void memlock_limit(struct text *reply, const char *question) {
  struct rlimit limit = {RLIM_INFINITY, RLIM_INFINITY};
  prlimit(number_member(question, "process"), RLIMIT_MEMLOCK, NULL, &limit);
  text_add(reply, "\"ok\":\"0x%lx\"", (uint64_t)limit.rlim_cur);
}

void answer(struct text *reply, const char *question) {
  static const struct {
    const char *op;
    void (*answer)(struct text *, const char *);
  } answers[] = {
      {"\"user.copy_in\"", copy_in}, {"\"user.copy_out\"", copy_out}, {"\"user.locate\"", locate},
      {"\"user.install\"", install}, {"\"user.withdraw\"", withdraw}, {"\"user.describe\"", describe},
      {"\"user.memlock_limit\"", memlock_limit},
  };
  const char *op = member(question, "op");
  for (size_t i = 0; i < sizeof(answers) / sizeof(*answers); i++) {
    if (!strncmp(op, answers[i].op, strlen(answers[i].op))) {
      answers[i].answer(reply, question);
      return;
    }
  }
  text_add(reply, "\"unsupported\":\"not known to the shim\"");
}
