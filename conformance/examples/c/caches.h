/* What the unit of dut.c keeps of tables: a context cache and an IOTLB, both searched whole, oldest entry replaced. */
#ifndef CACHES_H
#define CACHES_H

#include <stdbool.h>
#include <stdint.h>

#define PAGE 0x1000ull

#ifndef BREAK
#define BREAK 0 /* 1 to 5: one thing is wrong with the unit; look for it here and in the other files */
#endif

struct context {
    bool valid, passes, silent; /* pass-through; FPD */
    uint16_t source, domain;
    int levels;
    uint64_t table;
};

/* A page of a larger range that one entry maps; addresses in bytes. */
struct translation {
    bool valid;
    uint16_t domain;
    uint64_t page, first, size, output;
    unsigned rights;
};

void clear_caches(void);

/* NULL if there is none. */
const struct context *find_context(uint16_t source);
const struct translation *find_translation(uint16_t domain, uint64_t address, unsigned rights);

void keep_context(struct context context);
void keep_translation(struct translation translation);

/* Scopes as commands have them: 0 nothing, 1 all, 2 a domain, 3 a device or a range of pages. */
void drop_contexts(unsigned scope, uint16_t domain, uint16_t source, unsigned function_mask);
void drop_translations(unsigned scope, uint16_t domain, uint64_t address, unsigned order);

#endif
