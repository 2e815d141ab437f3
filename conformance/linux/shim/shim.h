// A library that is preloaded into a program and lets it meet an implementation of iommufd where it
// expects Linux's. See README.md for how descriptors, memory and the end of a process are handled.

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

// wire.c: the connection that carries this process's calls.

/// Text that grows while it is written.
struct text {
  char *bytes;
  size_t length, room;
};

void text_add(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/// Makes a call and waits for its reply; questions that come meanwhile are answered. The format
/// gives the members after "id". Returns the reply, valid until the next call of this thread, or
/// NULL with errno set: EIO if the implementation cannot be reached, else what it answered.
const char *call(const char *format, ...) __attribute__((format(printf, 1, 2)));

/// A call whose value is a number: the number, or -1 with errno set.
long call_number(const char *format, ...) __attribute__((format(printf, 1, 2)));

/// Whether this very process, not one it was forked from, has made a call.
bool has_called(void);

/// A connection to the implementation, not yet used for anything. -1 with errno.
int connect_to_model(int flags);

/// The value of a member, or NULL. Objects are flat, and no string holds a quote.
const char *member(const char *line, const char *name);
uint64_t hex_member(const char *line, const char *name);
long number_member(const char *line, const char *name);
bool truth_member(const char *line, const char *name);

/// The members that say who calls: process, user, rights.
const char *caller(void);

// answers.c: what the implementation asks while a call runs.

/// Adds the reply to a question, everything after "id".
void answer(struct text *reply, const char *question);

/// Whether the implementation has asked where pages of this process are.
bool was_located(void);

/// Decodes pairs of hex digits up to a quote; returns how many bytes there were.
size_t from_hex(const char *hex, uint8_t *bytes, size_t room);

// descriptors.c: which descriptors stand for files of the implementation.

/// Makes a descriptor for a file of the implementation. -1 with errno.
int hold_file(int file, int flags);

/// Makes a descriptor that stands for fail-nth of this process. -1 with errno.
int hold_fail_nth(int flags);

/// The file that a descriptor stands for, or 0.
int file_of(int descriptor);

/// Whether a descriptor stands for fail-nth.
bool is_fail_nth(int descriptor);
