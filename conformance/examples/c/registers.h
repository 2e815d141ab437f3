/* The registers of the unit of dut.c, and what comes of a write: commands, events, fault records. */
#ifndef REGISTERS_H
#define REGISTERS_H

#include <stdbool.h>
#include <stdint.h>

#define RECORDS 4
#define MOST_ORDER 18 /* MAMV */

/* Offsets of registers, in bytes. */
enum {
    VER = 0x00, CAP = 0x08, ECAP = 0x10, GCMD = 0x18, GSTS = 0x1c, RTADDR = 0x20, CCMD = 0x28,
    FSTS = 0x34, FECTL = 0x38, FEADDR = 0x40, IQH = 0x80, IQT = 0x88, IQA = 0x90, ICS = 0x9c, IECTL = 0xa0,
    IVA = 0x200, IOTLB = 0x208, FRCD = 0x220, REGISTERS = FRCD + 16 * RECORDS
};

#define TE (1u << 31)   /* of GCMD and GSTS */
#define SRTP (1u << 30)
#define QIE (1u << 26)
#define PFO (1u << 0)   /* of FSTS */
#define PPF (1u << 1)
#define IQE (1u << 4)
#define FRI 0xff00u
#define IM (1u << 31)   /* of FECTL and IECTL */
#define IP (1u << 30)
#define IWC (1u << 0)   /* of ICS */
#define GO (1u << 31)   /* of the upper halves of CCMD and IOTLB; F of a fault record */

static inline uint64_t field(uint64_t value, int high, int low) {
    return value >> low & ((2ull << (high - low)) - 1);
}

void power_on_registers(void);

/* 32 bits, by their offset; and 64. */
uint32_t *half(int offset);
uint64_t whole(int offset);

/* RTADDR as it was when it was last commanded to be. */
uint64_t root_in_force(void);

void write_register(int offset, uint32_t value);

/* Sets and clears bits of FSTS or ICS; the first event there raises an interrupt. */
void status(int offset, uint32_t set, uint32_t clear);

/* Whether FECTL or IECTL has an interrupt to send. */
bool interrupts(int control);

void record_fault(uint16_t source, uint64_t address, bool reads, bool writes, uint32_t reason);

#endif
