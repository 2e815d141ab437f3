/*
 * A small VT-d unit as a clocked state machine: put yours in its place.
 *
 * Legacy mode with a second stage of three or four levels, a context cache and an IOTLB, fault recording, and
 * invalidation by the queue and by registers. It does one thing at a time: whatever it begins in IDLE ends there.
 * Built with -DBREAK=1 to 5 one thing is wrong with it.
 */
#include "caches.h"
#include "dut.h"
#include "registers.h"

#include <string.h>

#define HOST_BITS 46
#define INTERRUPTS 0xfee /* bits 31:20 of an address */
#define READ 1u
#define WRITE 2u

enum state { IDLE, ASK, WAIT, ROOT, CONTEXT, LEVEL, DESCRIPTOR, WAITED };

static struct {
    enum state state, then;      /* then: behind an access to memory */
    int wanted, got;             /* of an access to memory, words of 8 bytes */
    uint64_t word[2];
    bool failed;
    struct context context;      /* of the request */
    uint64_t table;              /* of its walk */
    int level;
    unsigned rights;
} u;

/* ---- Accesses to memory. ---- */

static void fetch(struct ports *p, uint64_t address, int words, enum state then) {
    p->mem_valid = true;
    p->mem_write = false;
    p->mem_address = address;
    p->mem_strobe = 0xff;
    u.wanted = words;
    u.got = 0;
    u.failed = false;
    u.state = ASK;
    u.then = then;
}

static void store(struct ports *p, uint64_t address, uint32_t value, enum state then) {
    fetch(p, address & ~7ull, 1, then);
    p->mem_write = true;
    p->mem_strobe = address & 4 ? 0xf0 : 0x0f;
    p->mem_wdata = address & 4 ? (uint64_t)value << 32 : value;
}

static void ask(struct ports *p) {
    if (p->mem_ready) {
        p->mem_valid = false;
        u.state = WAIT;
    }
}

static void wait(struct ports *p) {
    if (p->mem_rvalid) {
        u.failed |= p->mem_rerror;
        u.word[u.got++] = p->mem_rdata;
        if (u.got < u.wanted) {
            p->mem_valid = true;
            p->mem_address += 8;
            u.state = ASK;
        } else {
            u.state = u.then;
        }
    }
}

static void interrupt(struct ports *p, int control) {
    *half(control) &= ~IP;
    store(p, whole(control + 8), *half(control + 4), IDLE);
}

/* ---- Answers to devices. ---- */

static void answer(struct ports *p, bool refused, uint64_t address) {
    p->rsp_valid = true;
    p->rsp_refused = refused;
    p->rsp_address = address;
    u.state = IDLE;
}

static void refuse(struct ports *p, uint32_t reason, bool silent) {
    answer(p, true, 0);
    if (!silent) {
        record_fault(p->req_source, p->req_address, p->req_reads, p->req_writes, reason);
    }
}

/* ---- Translation. ---- */

static void walk(struct ports *p) {
    fetch(p, u.table + 8 * field(p->req_address, 3 + 9 * u.level + 8, 3 + 9 * u.level), 1, LEVEL);
}

static unsigned needs(const struct ports *p) { return (p->req_reads ? READ : 0) | (p->req_writes ? WRITE : 0); }

/* What its context says of a request. */
static void behind_context(struct ports *p) {
    if (u.context.passes) {
        if (p->req_address >> HOST_BITS) {
            refuse(p, 0x04, u.context.silent);
        } else {
            answer(p, false, p->req_address);
        }
        return;
    }
    if (p->req_address >> (12 + 9 * u.context.levels)) {
        refuse(p, 0x04, u.context.silent);
        return;
    }
    const struct translation *cached = find_translation(u.context.domain, p->req_address, needs(p));
    if (cached) {
        answer(p, false, cached->output + p->req_address % PAGE);
        return;
    }
    u.table = u.context.table;
    u.level = u.context.levels;
    u.rights = READ | WRITE;
    walk(p);
}

static void begin(struct ports *p) {
    if (!(*half(GSTS) & TE)) {
        answer(p, false, p->req_address);
    } else if (field(root_in_force(), 11, 10)) {
        refuse(p, 0x30, false); /* TTM: there is legacy mode alone */
    } else if (p->req_has_pasid) {
        refuse(p, 0x31, false);
    } else if (p->req_address >> 20 == INTERRUPTS) {
        refuse(p, 0x29, false);
    } else if (find_context(p->req_source)) {
        u.context = *find_context(p->req_source);
        behind_context(p);
    } else {
        fetch(p, (root_in_force() & ~(PAGE - 1)) + 16 * field(p->req_source, 15, 8), 2, ROOT);
    }
}

static void root(struct ports *p) {
    if (u.failed) {
        refuse(p, 0x08, false);
    } else if (!(u.word[0] & 1)) {
        refuse(p, 0x01, false);
    } else if (u.word[0] & 0xffe || u.word[0] >> HOST_BITS || u.word[1]) {
        refuse(p, 0x0a, false);
    } else {
        fetch(p, (u.word[0] & ~(PAGE - 1)) + 16 * field(p->req_source, 7, 0), 2, CONTEXT);
    }
}

static void context(struct ports *p) {
    uint64_t low = u.word[0], high = u.word[1];
    bool silent = field(low, 1, 1); /* FPD */
    uint64_t type = field(low, 3, 2), width = field(high, 2, 0);
    if (u.failed) {
        refuse(p, 0x09, false);
    } else if (!(low & 1)) {
        refuse(p, 0x02, silent);
    } else if (low & 0xff0 || low >> HOST_BITS || high & 1 << 7 || (high >> 24 && BREAK != 5)) {
        refuse(p, 0x0b, silent);
    } else if ((type != 0 && type != 2) || (width != 1 && width != 2)) {
        refuse(p, 0x03, silent);
    } else {
        u.context = (struct context){.valid = true, .passes = type == 2, .silent = silent, .source = p->req_source,
            .domain = (uint16_t)field(high, 23, 8), .levels = (int)width + 2, .table = low & ~(PAGE - 1)};
        keep_context(u.context);
        behind_context(p);
    }
}

static void level(struct ports *p) {
    uint64_t entry = u.word[0], size = PAGE << 9 * (u.level - 1), output = entry & ((1ull << 52) - PAGE);
    unsigned need = needs(p);
    bool leaf = u.level == 1 || entry & 1 << 7, silent = u.context.silent;
    u.rights = BREAK == 3 ? (unsigned)entry & 3 : u.rights & (unsigned)entry;
    if (u.failed) {
        refuse(p, u.level == u.context.levels ? 0x03 : 0x07, silent);
    } else if (!(entry & (READ | WRITE))) {
        refuse(p, need == WRITE ? 0x05 : 0x06, silent);
    } else if (entry & (1ull << 62 | 1 << 11) || output >> HOST_BITS || (leaf && (u.level > 3 || output % size))) {
        refuse(p, 0x0c, silent);
    } else if (need & ~u.rights || !u.rights) {
        refuse(p, need & ~u.rights & WRITE && u.rights & READ ? 0x05 : 0x06, silent);
    } else if (!leaf) {
        u.table = output;
        u.level--;
        walk(p);
    } else {
        uint64_t page = output + (p->req_address % size & ~(PAGE - 1));
        if (page >> 20 == INTERRUPTS) {
            refuse(p, 0x0e, silent);
            return;
        }
        keep_translation((struct translation){.valid = true, .domain = u.context.domain,
            .page = p->req_address & ~(PAGE - 1), .first = p->req_address & ~(size - 1), .size = size,
            .output = page, .rights = u.rights});
        answer(p, false, page + p->req_address % PAGE);
    }
}

/* ---- Invalidation. ---- */

/* Each tells the granularity that was used: 0 of what was refused. */
static void invalidate_by_ccmd(void) {
    uint64_t value = whole(CCMD);
    unsigned scope = field(root_in_force(), 11, 10) ? 0 : (unsigned)field(value, 62, 61);
    drop_contexts(scope, (uint16_t)value, (uint16_t)(value >> 16), (unsigned)field(value, 33, 32));
    *half(CCMD + 4) = (*half(CCMD + 4) & ~(GO | 3u << 27)) | scope << 27;
}

static void invalidate_by_iotlb(void) {
    uint64_t value = whole(IOTLB), where = whole(IVA);
    unsigned scope = (unsigned)field(value, 61, 60);
    if (field(root_in_force(), 11, 10) || (scope == 3 && (where & 0x3f) > MOST_ORDER)) {
        scope = 0;
    }
    drop_translations(scope, (uint16_t)(value >> 32), where, where & 0x3f);
    *half(IOTLB + 4) = (*half(IOTLB + 4) & ~(GO | 3u << 25)) | scope << 25;
}

static bool queue_runs(void) {
    return *half(GSTS) & QIE && !(*half(FSTS) & IQE) && *half(IQH) != *half(IQT);
}

static uint32_t queue_end(void) { return (uint32_t)PAGE << field(*half(IQA), 2, 0); }

static void next_descriptor(struct ports *p) {
    if (*half(IQT) >= queue_end()) {
        status(FSTS, IQE, 0);
        return;
    }
    fetch(p, (whole(IQA) & ~(PAGE - 1)) + *half(IQH), 2, DESCRIPTOR);
}

static void descriptor(struct ports *p) {
    uint64_t low = u.word[0], high = u.word[1];
    unsigned kind = low & 0xe0f, scope = (unsigned)field(low, 5, 4);
    u.state = WAITED;
    if (u.failed) {
        kind = 0; /* there is no such */
    }
    if (kind == 1 && scope && !(low & 0xffc0 || low >> 50 || high)) {
        drop_contexts(scope, (uint16_t)(low >> 16), (uint16_t)(low >> 32), (unsigned)field(low, 49, 48));
    } else if (kind == 2 && scope && !(low & 0xff00 || low >> 32 || high & 0xf80)
               && !(scope == 3 && (high & 0x3f) > MOST_ORDER)) {
        drop_translations(scope, (uint16_t)(low >> 16), high, high & 0x3f);
    } else if (kind == 5 && !(low & 0xffffff80 || high & 3)) {
        if (low & 1 << 4) {
            status(ICS, IWC, 0);
        }
        if (low & 1 << 5) {
            store(p, high, (uint32_t)(low >> 32), WAITED);
        }
    } else {
        status(FSTS, IQE, 0);
        u.state = IDLE;
    }
}

static void waited(void) {
    *half(IQH) = (*half(IQH) + 16) % queue_end();
    u.state = IDLE;
}

/* ---- Registers. ---- */

static void use_register(struct ports *p) {
    p->reg_ready = true;
    if (p->reg_offset >= REGISTERS) {
        p->reg_rdata = 0;
    } else if (p->reg_write) {
        write_register(p->reg_offset, p->reg_wdata);
    } else {
        p->reg_rdata = *half(p->reg_offset);
    }
}

/* ---- The machine. ---- */

static void power_on(struct ports *p) {
    memset(&u, 0, sizeof u);
    clear_caches();
    p->mem_valid = false;
    power_on_registers();
}

static void idle(struct ports *p) {
    if (interrupts(FECTL)) {
        interrupt(p, FECTL);
    } else if (interrupts(IECTL)) {
        interrupt(p, IECTL);
    } else if (*half(CCMD + 4) & GO) {
        invalidate_by_ccmd();
    } else if (*half(IOTLB + 4) & GO) {
        invalidate_by_iotlb();
    } else if (queue_runs()) {
        next_descriptor(p);
    } else if (p->reg_valid) {
        use_register(p);
    } else if (p->req_valid) {
        begin(p);
    }
}

void dut_eval(struct ports *p) {
    static bool clk;
    bool rises = p->clk && !clk;
    clk = p->clk;
    if (!rises) {
        return;
    }
    p->reg_ready = p->rsp_valid = false;
    if (!p->rst_n) {
        power_on(p);
    } else {
        switch (u.state) {
        case IDLE: idle(p); break;
        case ASK: ask(p); break;
        case WAIT: wait(p); break;
        case ROOT: root(p); break;
        case CONTEXT: context(p); break;
        case LEVEL: level(p); break;
        case DESCRIPTOR: descriptor(p); break;
        case WAITED: waited(); break;
        }
    }
    p->idle = u.state == IDLE && !interrupts(FECTL) && !interrupts(IECTL) && !queue_runs()
        && !((*half(CCMD + 4) | *half(IOTLB + 4)) & GO) && !p->reg_ready && !p->rsp_valid;
}
