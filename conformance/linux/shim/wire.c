// One connection for each process, opened at its first call and anew after a fork. A line is a
// message: calls go out, replies and questions come in.

#define _GNU_SOURCE
#include "shim.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

enum { OUT_OF_THE_WAY = 600 };

static pthread_mutex_t one_call = PTHREAD_MUTEX_INITIALIZER;
static int connection = -1;
static pid_t owner;
static struct text incoming;
static size_t consumed;
static unsigned next_id;

void text_add(struct text *text, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int size = vsnprintf(NULL, 0, format, arguments) + 1;
  va_end(arguments);
  if (text->length + size > text->room) {
    text->room = 2 * text->room + size;
    text->bytes = realloc(text->bytes, text->room);
    if (!text->bytes)
      abort();
  }
  va_start(arguments, format);
  text->length += vsnprintf(text->bytes + text->length, size, format, arguments);
  va_end(arguments);
}

bool has_called(void) { return connection >= 0 && owner == getpid(); }

int connect_to_model(int flags) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  const char *path = getenv("IOMMUREF_SOCKET");
  if (!path || strlen(path) >= sizeof(address.sun_path)) {
    errno = ENOENT;
    return -1;
  }
  strcpy(address.sun_path, path);
  int fd = socket(AF_UNIX, SOCK_STREAM | flags, 0);
  if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof(address))) {
    syscall(SYS_close, fd);
    fd = -1;
  }
  return fd;
}

static bool send_all(const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t sent = send(connection, bytes, length, MSG_NOSIGNAL);
    if (sent < 0 && errno != EINTR)
      return false;
    if (sent > 0) {
      bytes += sent;
      length -= sent;
    }
  }
  return true;
}

// The next line without its end, or NULL. It stays valid until the next one is read.
static char *receive_line(void) {
  if (consumed > 0) {
    incoming.length -= consumed;
    memmove(incoming.bytes, incoming.bytes + consumed, incoming.length);
    consumed = 0;
  }
  size_t seen = 0;
  while (true) {
    char *end = incoming.length > seen ? memchr(incoming.bytes + seen, '\n', incoming.length - seen) : NULL;
    if (end) {
      *end = 0;
      consumed = end + 1 - incoming.bytes;
      return incoming.bytes;
    }
    seen = incoming.length;
    if (incoming.room - incoming.length < 4096) {
      incoming.room = 2 * incoming.room + 65536;
      incoming.bytes = realloc(incoming.bytes, incoming.room);
      if (!incoming.bytes)
        abort();
    }
    ssize_t got = recv(connection, incoming.bytes + incoming.length, incoming.room - incoming.length, 0);
    if (got == 0 || (got < 0 && errno != EINTR))
      return NULL;
    if (got > 0)
      incoming.length += got;
  }
}

// Sends a request and answers questions until its reply comes.
static char *exchange(struct text *request, unsigned id) {
  bool sent = send_all(request->bytes, request->length);
  free(request->bytes);
  while (sent) {
    char *line = receive_line();
    if (!line)
      break;
    if (!member(line, "op"))
      return number_member(line, "id") == (long)id ? line : NULL;
    struct text reply = {0};
    text_add(&reply, "{\"id\":%ld,", number_member(line, "id"));
    answer(&reply, line);
    text_add(&reply, "}\n");
    sent = send_all(reply.bytes, reply.length);
    free(reply.bytes);
  }
  return NULL;
}

// A forked process closes what it has inherited, so that the end of the other's connection shows.
static bool join(void) {
  if (has_called())
    return true;
  if (connection >= 0)
    syscall(SYS_close, connection);
  incoming.length = consumed = 0;
  connection = -1;
  int fd = connect_to_model(SOCK_CLOEXEC);
  if (fd < 0)
    return false;
  connection = fcntl(fd, F_DUPFD_CLOEXEC, OUT_OF_THE_WAY);
  syscall(SYS_close, fd);
  owner = getpid();
  struct text line = {0};
  unsigned id = ++next_id;
  text_add(&line, "{\"id\":%u,\"op\":\"process.join\",\"process\":%d}\n", id, owner);
  return connection >= 0 && exchange(&line, id);
}

static const struct {
  const char *name;
  int number;
} ERRNOS[] = {
    {"EPERM", EPERM},       {"ENOENT", ENOENT},         {"EINTR", EINTR},       {"EIO", EIO},
    {"ENXIO", ENXIO},       {"E2BIG", E2BIG},           {"EBADF", EBADF},       {"EAGAIN", EAGAIN},
    {"ENOMEM", ENOMEM},     {"EACCES", EACCES},         {"EFAULT", EFAULT},     {"EBUSY", EBUSY},
    {"EEXIST", EEXIST},     {"EXDEV", EXDEV},           {"ENODEV", ENODEV},     {"EINVAL", EINVAL},
    {"EMFILE", EMFILE},     {"ENOTTY", ENOTTY},         {"ENOSPC", ENOSPC},     {"ERANGE", ERANGE},
    {"EDEADLOCK", EDEADLK}, {"EOVERFLOW", EOVERFLOW},   {"EMSGSIZE", EMSGSIZE}, {"EOPNOTSUPP", EOPNOTSUPP},
    {"EADDRINUSE", EADDRINUSE}, {"ETIMEDOUT", ETIMEDOUT}, {"EREMOTEIO", EREMOTEIO}, {"EPROBE_DEFER", 517},
    {"ESPIPE", ESPIPE},     {"EBADE", EBADE},           {"EBADFD", EBADFD},
};

static int errno_called(const char *name) {
  for (size_t i = 0; i < sizeof(ERRNOS) / sizeof(*ERRNOS); i++) {
    size_t length = strlen(ERRNOS[i].name);
    if (!strncmp(name, ERRNOS[i].name, length) && name[length] == '"')
      return ERRNOS[i].number;
  }
  return EIO;
}

static const char *call_with(const char *format, va_list arguments) {
  char members[1024];
  vsnprintf(members, sizeof(members), format, arguments);
  if (owner != getpid())
    pthread_mutex_init(&one_call, NULL); // held perhaps, at the fork, by a thread that is not here
  pthread_mutex_lock(&one_call);
  char *reply = NULL;
  if (join()) {
    struct text line = {0};
    unsigned id = ++next_id;
    text_add(&line, "{\"id\":%u,%s}\n", id, members);
    reply = exchange(&line, id);
  }
  if (!reply)
    errno = EIO;
  const char *error = reply ? member(reply, "err") : NULL;
  if (error) {
    errno = errno_called(error + 1);
    reply = NULL;
  } else if (reply && !member(reply, "ok")) {
    errno = ENOSYS;
    reply = NULL;
  }
  pthread_mutex_unlock(&one_call);
  return reply;
}

const char *call(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const char *reply = call_with(format, arguments);
  va_end(arguments);
  return reply;
}

long call_number(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const char *reply = call_with(format, arguments);
  va_end(arguments);
  return reply ? number_member(reply, "ok") : -1;
}

const char *member(const char *line, const char *name) {
  char pattern[64];
  snprintf(pattern, sizeof(pattern), "\"%s\":", name);
  const char *found = strstr(line, pattern);
  return found ? found + strlen(pattern) : NULL;
}

uint64_t hex_member(const char *line, const char *name) {
  const char *value = member(line, name);
  return value && *value == '"' ? strtoull(value + 1, NULL, 16) : 0;
}

long number_member(const char *line, const char *name) {
  const char *value = member(line, name);
  return value ? strtol(value, NULL, 10) : 0;
}

bool truth_member(const char *line, const char *name) {
  const char *value = member(line, name);
  return value && !strncmp(value, "true", 4);
}

// A right that a container withholds from root for good counts as held: the program could not know
// otherwise on a machine of its own.
static bool has_right(unsigned effective, int right) {
  return effective & (1u << right) || (geteuid() == 0 && prctl(PR_CAPBSET_READ, right) == 0);
}

const char *caller(void) {
  static __thread char members[160];
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct sets[2] = {{0}};
  syscall(SYS_capget, &header, sets);
  static const struct {
    int bit;
    const char *name;
  } rights[] = {{CAP_IPC_LOCK, "ipc_lock"}, {CAP_SYS_RESOURCE, "sys_resource"}, {CAP_SYS_RAWIO, "sys_rawio"}};
  char list[64] = "";
  for (size_t i = 0; i < sizeof(rights) / sizeof(*rights); i++)
    if (has_right(sets[0].effective, rights[i].bit))
      sprintf(list + strlen(list), "%s\"%s\"", *list ? "," : "", rights[i].name);
  snprintf(members, sizeof(members), "\"process\":%d,\"user\":%d,\"rights\":[%s]", getpid(), getuid(), list);
  return members;
}
