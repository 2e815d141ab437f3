#include "registers.h"

#include <string.h>

#include "caches.h"

static const uint64_t CAPABILITIES = 6 | 6 << 8 | 47 << 16 | 1 << 22 /* ND; SAGAW: 39 and 48; MGAW; ZLR */
    | (uint64_t)(FRCD >> 4) << 24 | 3ull << 34 | 1ull << 39          /* FRO; SLLPS: 2 MiB, 1 GiB; PSI */
    | (RECORDS - 1ull) << 40 | (uint64_t)MOST_ORDER << 48 | 3ull << 54; /* NFR; MAMV; DWD and DRD */
static const uint64_t EXTENDED = 1 | 1 << 1 | 1 << 6 | (IVA >> 4) << 8; /* C, QI, PT, IRO */

static uint32_t registers[REGISTERS / 4];
static uint64_t root;
static unsigned next_record;

void power_on_registers(void) {
    memset(registers, 0, sizeof registers);
    root = next_record = 0;
    *half(VER) = 0x10;
    *half(FECTL) = *half(IECTL) = IM;
    *half(CAP) = (uint32_t)CAPABILITIES;
    *half(CAP + 4) = (uint32_t)(CAPABILITIES >> 32);
    *half(ECAP) = (uint32_t)EXTENDED;
}

uint32_t *half(int offset) { return &registers[offset / 4]; }

uint64_t whole(int offset) { return *half(offset) | (uint64_t)*half(offset + 4) << 32; }

uint64_t root_in_force(void) { return root; }

void status(int offset, uint32_t set, uint32_t clear) {
    uint32_t events = offset == FSTS ? PFO | PPF | IQE : IWC;
    uint32_t before = *half(offset), after = (before | set) & ~clear;
    uint32_t *control = half(offset == FSTS ? FECTL : IECTL);
    *half(offset) = after;
    if (!(after & events)) {
        *control &= ~IP;
    } else if (!(before & events)) {
        *control |= IP;
    }
}

bool interrupts(int control) { return (*half(control) & (IM | IP)) == IP; }

static void pending(void) {
    bool pends = false;
    for (int n = 0; n < RECORDS; n++) {
        pends |= (*half(FRCD + 16 * n + 12) & GO) != 0;
    }
    status(FSTS, pends ? PPF : 0, pends ? 0 : PPF | FRI);
}

void record_fault(uint16_t source, uint64_t address, bool reads, bool writes, uint32_t reason) {
    int record = FRCD + 16 * (int)next_record;
    if (*half(FSTS) & PFO) {
        return;
    }
    if (*half(record + 12) & GO) {
        status(FSTS, PFO, 0);
        return;
    }
    *half(record) = (uint32_t)(address & ~(PAGE - 1));
    *half(record + 4) = (uint32_t)field(address, 47, 32);
    *half(record + 8) = source | (uint32_t)(reads && writes) << 28;        /* SID and T2 */
    *half(record + 12) = GO | (uint32_t)(reads || !writes) << 30 | reason; /* F, T1 and FR */
    if (!(*half(FSTS) & PPF)) {
        *half(FSTS) = (*half(FSTS) & ~FRI) | (BREAK == 4 ? 0 : next_record) << 8;
    }
    next_record = (next_record + 1) % RECORDS;
    pending();
}

static void command(uint32_t value) {
    uint32_t state = *half(GSTS) & SRTP;
    if (value & SRTP) {
        root = whole(RTADDR);
        state = SRTP;
    }
    if (!(value & QIE)) {
        *half(IQH) = 0;
    }
    if (!(value & TE)) {
        next_record = 0;
    }
    *half(GSTS) = state | (value & (TE | QIE));
}

void write_register(int offset, uint32_t value) {
    if (offset == GCMD) {
        command(value);
    } else if (offset == FSTS) {
        status(FSTS, 0, value & (PFO | IQE));
    } else if (offset == ICS) {
        status(ICS, 0, value & IWC);
    } else if (offset == FECTL || offset == IECTL) {
        *half(offset) = (*half(offset) & IP) | (value & IM);
    } else if (offset >= FRCD) {
        if (offset % 16 == 12 && value & GO) {
            *half(offset) &= ~GO;
            pending();
        }
    } else if (offset == IQT) {
        *half(IQT) = value & 0x7fff0;
    } else if (offset >= RTADDR && offset != IQT + 4 && offset != IQH && offset != IQH + 4) {
        *half(offset) = value; /* the others are read-only */
    }
}
