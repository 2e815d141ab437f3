// The first process of the small kernel: mounts what the self-test needs, runs the programs that
// its arguments name (both parts of the self-test if there are none), and powers the machine off.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void attach(const char *type, const char *folder) {
  mkdir(folder, 0755);
  if (mount(type, folder, type, 0, NULL))
    perror(folder);
}

static void write_file(const char *name, const char *text) {
  FILE *file = fopen(name, "w");
  if (!file || fputs(text, file) < 0 || fclose(file))
    perror(name);
}

static void run(char *line) {
  char *words[16];
  int count = 0;
  for (char *word = strtok(line, ","); word && count < 15; word = strtok(NULL, ","))
    words[count++] = word;
  words[count] = NULL;
  if (fork() == 0) {
    execv(words[0], words);
    perror(words[0]);
    _exit(127);
  }
  wait(NULL);
}

int main(int count, char **arguments) {
  attach("proc", "/proc");
  attach("sysfs", "/sys");
  attach("devtmpfs", "/dev");
  attach("debugfs", "/sys/kernel/debug");
  attach("tmpfs", "/tmp");
  write_file("/proc/sys/vm/nr_hugepages", "64");
  char first[] = "/iommufd", second[] = "/iommufd_fail_nth";
  if (count < 2) {
    run(first);
    run(second);
  }
  for (int i = 1; i < count; i++)
    run(arguments[i]);
  sync();
  return reboot(RB_POWER_OFF);
}
