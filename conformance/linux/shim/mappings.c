// Mappings: of files of the implementation, of huge pages that the machine may not have, and the
// end of pages that the implementation may hold.

#define _GNU_SOURCE
#include "shim.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef MAP_HUGE_MASK
#define MAP_HUGE_MASK 0x3f
#define MAP_HUGE_SHIFT 26
#endif

static const size_t HUGE_PAGE = 2 << 20;

// A mapping of a file of the implementation, which its munmap tells of.
struct region {
  struct region *next;
  char *start;
  size_t length;
  off_t offset;
  int file;
  pid_t process;
};

static struct region *regions;

static void *system_mmap(void *address, size_t length, int rights, int flags, int fd, off_t offset) {
  return (void *)syscall(SYS_mmap, address, length, rights, flags, fd, offset);
}

static void say_unmapping(const void *address, size_t length) {
  if (has_called() && was_located())
    call("\"op\":\"process.unmapping\",\"process\":%d,\"address\":\"0x%lx\",\"length\":\"0x%lx\"", getpid(),
         (unsigned long)address, length);
}

// Frames of the implementation are seen as a copy of what they held when they were mapped.
static void *map_file(int file, void *address, size_t length, int rights, int flags, off_t offset) {
  const char *reply =
      call("\"op\":\"file.mmap\",%s,\"file\":%d,\"offset\":\"0x%lx\",\"length\":\"0x%lx\",\"shared\":%s,"
           "\"executable\":%s",
           caller(), file, offset, length, flags & MAP_SHARED ? "true" : "false", rights & PROT_EXEC ? "true" : "false");
  if (!reply)
    return MAP_FAILED;
  void *start = system_mmap(address, length, rights | PROT_WRITE, (flags & ~MAP_PRIVATE) | MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  struct region *region = malloc(sizeof(*region));
  if (start == MAP_FAILED || !region)
    return MAP_FAILED;
  from_hex(member(reply, "bytes") + 1, start, length);
  syscall(SYS_mprotect, start, length, rights);
  *region = (struct region){regions, start, length, offset, file, getpid()};
  regions = region;
  return start;
}

// Ordinary pages where huge ones begin: nothing but their number shows from outside.
static void *map_as_huge(void *address, size_t length, int rights, int flags, int fd, off_t offset) {
  flags &= ~(MAP_HUGETLB | MAP_HUGE_MASK << MAP_HUGE_SHIFT);
  if (!(flags & MAP_FIXED)) {
    char *room = system_mmap(NULL, length + HUGE_PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (room == MAP_FAILED)
      return room;
    char *start = (char *)(((unsigned long)room + HUGE_PAGE - 1) & ~(HUGE_PAGE - 1));
    if (start > room)
      syscall(SYS_munmap, room, start - room);
    char *end = (char *)(((unsigned long)start + length + 4095) & ~4095ul);
    if (room + length + HUGE_PAGE > end)
      syscall(SYS_munmap, end, room + length + HUGE_PAGE - end);
    address = start;
    flags |= MAP_FIXED;
  }
  return system_mmap(address, length, rights, flags, fd, offset);
}

void *mmap(void *address, size_t length, int rights, int flags, int fd, off_t offset) {
  int file = fd >= 0 && !(flags & MAP_ANONYMOUS) ? file_of(fd) : 0;
  if (flags & MAP_FIXED)
    say_unmapping(address, length);
  if (file)
    return map_file(file, address, length, rights, flags, offset);
  if (flags & MAP_HUGETLB)
    return map_as_huge(address, length, rights, flags, fd, offset);
  return system_mmap(address, length, rights, flags, fd, offset);
}

void *mmap64(void *address, size_t length, int rights, int flags, int fd, off_t offset) {
  return mmap(address, length, rights, flags, fd, offset);
}

int munmap(void *address, size_t length) {
  say_unmapping(address, length);
  int result = syscall(SYS_munmap, address, length);
  for (struct region **at = &regions; !result && *at;) {
    struct region *region = *at;
    bool gone = region->start >= (char *)address && region->start + region->length <= (char *)address + length;
    if (!gone) {
      at = &region->next;
      continue;
    }
    *at = region->next;
    if (region->process == getpid())
      call("\"op\":\"file.munmap\",%s,\"file\":%d,\"offset\":\"0x%lx\"", caller(), region->file, region->offset);
    free(region);
  }
  return result;
}

int memfd_create(const char *name, unsigned flags) {
  flags &= ~(MFD_HUGETLB | (unsigned)MAP_HUGE_MASK << MAP_HUGE_SHIFT);
  return syscall(SYS_memfd_create, name, flags);
}
