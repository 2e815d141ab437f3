#include "caches.h"

#include <stddef.h>
#include <string.h>

#define CONTEXTS 16
#define TRANSLATIONS 64

static struct context contexts[CONTEXTS];
static struct translation translations[TRANSLATIONS];
static unsigned next_context, next_translation;

void clear_caches(void) {
    memset(contexts, 0, sizeof contexts);
    memset(translations, 0, sizeof translations);
    next_context = next_translation = 0;
}

const struct context *find_context(uint16_t source) {
    for (const struct context *one = contexts; one < contexts + CONTEXTS; one++) {
        if (one->valid && one->source == source) {
            return one;
        }
    }
    return NULL;
}

const struct translation *find_translation(uint16_t domain, uint64_t address, unsigned rights) {
    uint64_t page = address & ~(PAGE - 1);
    for (const struct translation *one = translations; one < translations + TRANSLATIONS; one++) {
        if (one->valid && one->domain == domain && one->page == page && !(rights & ~one->rights)) {
            return one;
        }
    }
    return NULL;
}

void keep_context(struct context context) {
    contexts[next_context] = context;
    next_context = (next_context + 1) % CONTEXTS;
}

void keep_translation(struct translation translation) {
    translations[next_translation] = translation;
    next_translation = (next_translation + 1) % TRANSLATIONS;
}

void drop_contexts(unsigned scope, uint16_t domain, uint16_t source, unsigned function_mask) {
    static const uint16_t MASKED[] = {0, 4, 6, 7};
    for (struct context *one = contexts; one < contexts + CONTEXTS; one++) {
        bool covered = !((one->source ^ source) & ~MASKED[function_mask]);
        if (scope == 1 || (scope == 2 && one->domain == domain) || (scope == 3 && covered && BREAK != 1)) {
            one->valid = false;
        }
    }
}

void drop_translations(unsigned scope, uint16_t domain, uint64_t address, unsigned order) {
    uint64_t size = PAGE << (BREAK == 2 ? 0 : order), first = address & ~(size - 1);
    for (struct translation *one = translations; one < translations + TRANSLATIONS; one++) {
        bool overlaps = one->first < first + size && first < one->first + one->size;
        if (scope == 1 || (one->domain == domain && (scope == 2 || (scope == 3 && overlaps)))) {
            one->valid = false;
        }
    }
}
