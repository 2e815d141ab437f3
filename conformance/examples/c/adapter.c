/*
 * A clocked unit behind the messages of seam 1.
 *
 *     cc -std=c11 -o vtd_unit adapter.c dut.c registers.c caches.c
 *     ./iommuref conform --seam 1 --target exec:./vtd_unit
 *
 * Each call of the suite drives a port of dut.h and runs the clock until the unit is idle. What the unit asks of
 * its memory port goes to the runner, which has the memory; a write to FEEx_xxxxh goes there as an interrupt.
 */
#include "dut.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE_LIMIT 65536
#define MOST_CLOCKS 1000000 /* for one call */
#define MEMORY_CLOCKS 3     /* from a request to its answer */
#define INTERRUPTS 0xfee    /* bits 31:20 of the address of one */

static const char HELLO[] =
    "{\"name\":\"c-vtd-unit\",\"version\":\"1.0\",\"protocol\":1,\"seam\":1,\"role\":\"unit\","
    "\"architecture\":\"vtd\",\"page_sizes\":\"0x1000\",\"max_pasids\":0,\"address_bits\":46,"
    "\"unit\":[\"TRANSLATION_CACHE\"]," /* what no register tells */
    "\"stimulus\":[\"ANY_REQUESTER\",\"STIMULUS_ATOMIC\",\"STIMULUS_PASID\",\"STIMULUS_ZERO_LENGTH_READ\"],"
    "\"ram\":\"runner\",\"memory\":{\"base\":\"0x100000000\",\"size\":\"0x200000000\"},"
    "\"window\":1,\"line_limit\":65536}";

static struct ports dut;
static char request[LINE_LIMIT + 2], answer[LINE_LIMIT + 2];

static void fail(const char *why) {
    fprintf(stderr, "%s\n", why);
    exit(1);
}

/* ---- JSON: as much of it as a request needs. ---- */

static const char *after_string(const char *at) {
    for (at++; *at && *at != '"'; at++) {
        if (*at == '\\' && at[1]) {
            at++;
        }
    }
    return *at ? at + 1 : at;
}

/* The value of a member of the outermost object, or NULL. */
static const char *member(const char *line, const char *name) {
    size_t length = strlen(name);
    int depth = 0;
    for (const char *at = line; *at; at++) {
        if (*at == '{' || *at == '[') {
            depth++;
        } else if (*at == '}' || *at == ']') {
            depth--;
        } else if (*at == '"') {
            const char *end = after_string(at);
            const char *next = end + strspn(end, " \t");
            if (depth == 1 && *next == ':' && end - at == (ptrdiff_t)length + 2 && !strncmp(at + 1, name, length)) {
                return next + 1 + strspn(next + 1, " \t");
            }
            at = end - 1;
        }
    }
    return NULL;
}

/* A number, or a string that holds one in hex; 0 if there is no such member. */
static uint64_t number(const char *line, const char *name) {
    const char *value = member(line, name);
    return value ? strtoull(value + (*value == '"'), NULL, 0) : 0;
}

static bool is(const char *line, const char *name, const char *text) {
    const char *value = member(line, name);
    size_t length = strlen(text);
    return value && *value == '"' && !strncmp(value + 1, text, length) && value[length + 1] == '"';
}

/* A requester id, written as 01:00.0. */
static uint16_t requester(const char *line) {
    unsigned bus, device, function;
    const char *value = member(line, "rid");
    if (!value || sscanf(value, "\"%x:%x.%x\"", &bus, &device, &function) != 3) {
        fail("a request without rid");
    }
    return (uint16_t)(bus << 8 | device << 3 | function);
}

/* ---- What the runner is asked. With a window of 1 the next line that comes is its answer. ---- */

static uint64_t asked;

static void await_answer(void) {
    fflush(stdout);
    if (!fgets(answer, sizeof answer, stdin)) {
        fail("stdin ended before the answer to a question");
    }
}

/* 8 bytes of memory; false where there is none. */
static bool read_memory(uint64_t address, uint64_t *value) {
    printf("{\"id\":%" PRIu64 ",\"op\":\"mem.read\",\"address\":\"0x%" PRIx64 "\"}\n", ++asked, address);
    await_answer();
    *value = number(answer, "ok");
    return member(answer, "ok");
}

static bool write_memory(uint64_t address, uint64_t value) {
    printf("{\"id\":%" PRIu64 ",\"op\":\"mem.write\",\"address\":\"0x%" PRIx64 "\",\"value\":\"0x%" PRIx64 "\"}\n",
           ++asked, address, value);
    await_answer();
    return member(answer, "ok");
}

static void interrupt(uint64_t address, uint32_t data) {
    printf("{\"id\":%" PRIu64 ",\"op\":\"msi\",\"address\":\"0x%" PRIx64 "\",\"data\":%" PRIu32 "}\n", ++asked,
           address, data);
    await_answer();
}

/* ---- The clock, and the memory that hangs on it. ---- */

static struct ports taken; /* the request of the memory port that is being served */
static int clocks_left;    /* until it is answered; 0 if there is none */

/* Does what the memory port was asked for. Whether there was no memory. */
static bool serve_memory(uint64_t *data) {
    uint64_t mask = 0;
    for (int byte = 0; byte < 8; byte++) {
        mask |= taken.mem_strobe >> byte & 1 ? 0xffull << 8 * byte : 0;
    }
    if (!taken.mem_write) {
        return !read_memory(taken.mem_address, data);
    } else if (taken.mem_address >> 20 == INTERRUPTS) {
        bool upper = taken.mem_strobe == 0xf0;
        interrupt(taken.mem_address + (upper ? 4 : 0), (uint32_t)(taken.mem_wdata >> (upper ? 32 : 0)));
        return false;
    }
    uint64_t kept = 0;
    if (~mask && !read_memory(taken.mem_address, &kept)) {
        return true;
    }
    return !write_memory(taken.mem_address, (kept & ~mask) | (taken.mem_wdata & mask));
}

static void tick(void) {
    dut.clk = false;
    dut_eval(&dut);
    bool accepted = dut.mem_valid && dut.mem_ready;
    struct ports before = dut;
    dut.clk = true;
    dut_eval(&dut);
    dut.mem_rvalid = false;
    if (accepted) {
        taken = before;
        clocks_left = MEMORY_CLOCKS;
    } else if (clocks_left && --clocks_left == 0) {
        dut.mem_rerror = serve_memory(&dut.mem_rdata);
        dut.mem_rvalid = true;
    }
    dut.mem_ready = clocks_left == 0;
}

/* Runs the clock until an output is set. */
static void run_until(const bool *output) {
    for (int clocks = 0; clocks < MOST_CLOCKS; clocks++) {
        tick();
        if (*output) {
            return;
        }
    }
    fail("the unit does not come to rest");
}

static void reset(void) {
    memset(&dut, 0, sizeof dut);
    clocks_left = 0;
    tick();
    tick();
    dut.rst_n = true;
    run_until(&dut.idle);
}

/* ---- The calls of the suite. ---- */

/* The reply to the request, once it is known: what was asked meanwhile stands before it. */
static void reply(const char *format, ...) {
    va_list values;
    va_start(values, format);
    printf("{\"id\":%" PRIu64 ",", number(request, "id"));
    vprintf(format, values);
    printf("}\n");
    va_end(values);
    fflush(stdout); /* without this the runner waits for ever */
}

static uint32_t use_register(bool write, uint16_t offset, uint32_t value) {
    dut.reg_valid = true;
    dut.reg_write = write;
    dut.reg_offset = offset;
    dut.reg_wdata = value;
    run_until(&dut.reg_ready);
    dut.reg_valid = false;
    uint32_t data = dut.reg_rdata;
    run_until(&dut.idle);
    return data;
}

/* A register of 8 bytes is used in halves, the lower one first. */
static uint64_t use_registers(bool write) {
    uint16_t offset = (uint16_t)number(request, "offset");
    uint64_t value = number(request, "value");
    uint64_t data = use_register(write, offset, (uint32_t)value);
    if (number(request, "width") == 8) {
        data |= (uint64_t)use_register(write, offset + 4, (uint32_t)(value >> 32)) << 32;
    }
    return data;
}

/* Drives the port for requests of devices. Whether one was let through, and to where. */
static bool translate(bool reads, bool writes, uint64_t *address) {
    const char *pasid = member(request, "pasid");
    dut.req_valid = true;
    dut.req_reads = reads;
    dut.req_writes = writes;
    dut.req_has_pasid = pasid && strncmp(pasid, "null", 4) != 0;
    dut.req_source = requester(request);
    dut.req_address = number(request, "address");
    run_until(&dut.rsp_valid);
    dut.req_valid = false;
    bool passed = !dut.rsp_refused;
    *address = dut.rsp_address;
    run_until(&dut.idle);
    return passed;
}

static void dma(void) {
    bool writes = is(request, "kind", "write") || is(request, "kind", "atomic");
    bool reads = !is(request, "kind", "write") && !is(request, "kind", "zero_length_read");
    uint64_t address, data = 0;
    bool done = translate(reads, writes, &address);
    if (done && reads) {
        done = read_memory(address, &data);
    }
    if (done && writes) {
        done = write_memory(address, data + number(request, "value")); /* an atomic adds */
    }
    if (done) {
        reply("\"ok\":{\"outcome\":\"completed\",\"data\":\"0x%" PRIx64 "\"}", data);
    } else {
        reply("\"ok\":{\"outcome\":\"blocked\"}");
    }
}

int main(void) {
    while (fgets(request, sizeof request, stdin)) {
        if (is(request, "op", "hello")) {
            reply("\"ok\":%s", HELLO);
        } else if (number(request, "width") % 4) { /* a register is 4 or 8 bytes wide */
            reply("\"unsupported\":\"no such width\"");
        } else if (is(request, "op", "unit.reg.read")) {
            reply("\"ok\":\"0x%" PRIx64 "\"", use_registers(false));
        } else if (is(request, "op", "unit.reg.write")) {
            use_registers(true);
            reply("\"ok\":{}");
        } else if (is(request, "op", "unit.dma") && is(request, "type", "untranslated")) {
            dma();
        } else if (is(request, "op", "reset")) {
            reset();
            reply("\"ok\":{}");
        } else if (is(request, "op", "poll") || is(request, "op", "unit.elapse")) {
            reply("\"ok\":{}");
        } else if (is(request, "op", "bye")) {
            reply("\"ok\":{}");
            return 0;
        } else {
            reply("\"unsupported\":\"not in this unit\"");
        }
    }
    return 0;
}
