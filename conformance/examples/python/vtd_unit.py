#!/usr/bin/env python3
"""A small VT-d unit of its own behind the messages of seam 1, on the runner's memory.

    ./iommuref conform --seam 1 --target 'exec:python3 conformance/examples/python/vtd_unit.py'

Legacy mode with a second stage of four levels, a context cache and an IOTLB, fault recording, and
invalidation by the queue and by registers. To put an RTL model in its place keep `Bus` and `serve`,
drive your simulator in the `op_...` methods of `Adapter`, and reply when it has come to rest.
"""

import json
import sys

HOST_BITS = 46  # the width of host addresses
GUEST_BITS = 48
PAGE = 1 << 12
RECORDS = 4
FRO, IRO = 0x220, 0x200  # offsets of the fault recording and of the IOTLB registers
MAX_MASK = 18  # MAMV

# Offsets of registers, in bytes.
VER, CAP, ECAP, GCMD, GSTS, RTADDR, CCMD = 0x00, 0x08, 0x10, 0x18, 0x1C, 0x20, 0x28
FSTS, FECTL, FEDATA, FEADDR = 0x34, 0x38, 0x3C, 0x40
IQH, IQT, IQA, ICS, IECTL, IEDATA, IEADDR = 0x80, 0x88, 0x90, 0x9C, 0xA0, 0xA4, 0xA8
IVA, IOTLB = IRO, IRO + 8

TE, SRTP, QIE = 1 << 31, 1 << 30, 1 << 26  # of GCMD and GSTS
PFO, PPF, IQE = 1 << 0, 1 << 1, 1 << 4  # of FSTS
IM, IP = 1 << 31, 1 << 30  # of FECTL and IECTL
IWC = 1 << 0  # of ICS
F = 1 << 31  # of the last word of a fault record

CAPABILITIES = (
    6 | 1 << 10 | (GUEST_BITS - 1) << 16 | 1 << 22  # ND: 16 bits; SAGAW: 48 bits; MGAW; ZLR
    | (FRO >> 4) << 24 | 3 << 34 | 1 << 39  # FRO; SLLPS: 2 MiB and 1 GiB; PSI
    | (RECORDS - 1) << 40 | MAX_MASK << 48 | 3 << 54)  # NFR; MAMV; DWD and DRD
EXTENDED = 1 << 0 | 1 << 1 | 1 << 6 | (IRO >> 4) << 8  # C, QI, PT, IRO

READ, WRITE = 1, 2
NEEDS = {"read": READ, "execute": READ, "write": WRITE, "atomic": READ | WRITE}

HELLO = {
    "name": "python-vtd-unit", "version": "1.0", "protocol": 1, "seam": 1, "role": "unit",
    "architecture": "vtd", "page_sizes": "0x1000", "max_pasids": 0, "address_bits": HOST_BITS,
    "unit": ["TRANSLATION_CACHE"],  # what no register tells
    "stimulus": ["TWO_DEVICES", "ANY_REQUESTER", "STIMULUS_ATOMIC", "STIMULUS_PASID",
                 "STIMULUS_ZERO_LENGTH_READ"],
    "ram": "runner", "memory": {"base": "0x100000000", "size": "0x200000000"},
    "window": 1, "line_limit": 65536,
}


class Fault(Exception):
    def __init__(self, reason, silent=False):
        self.reason, self.silent = reason, silent


class Bus:
    """What the unit masters: memory, which the runner keeps, and messages."""

    def __init__(self):
        self.asked = 0

    def ask(self, **request):
        self.asked += 1
        say({"id": self.asked, **request})
        return json.loads(sys.stdin.readline())  # with a window of 1 the next line is the reply

    def read(self, address):
        """8 bytes, or None where there is no memory."""
        reply = self.ask(op="mem.read", address=hex(address))
        return int(reply["ok"], 16) if "ok" in reply else None

    def write(self, address, value):
        return "ok" in self.ask(op="mem.write", address=hex(address), value=hex(value))

    def write32(self, address, value):
        shift = 32 if address & 4 else 0
        kept = (self.read(address & -8) or 0) & ~(0xFFFFFFFF << shift)
        self.write(address & -8, kept | value << shift)

    def interrupt(self, address, data):
        self.ask(op="msi", address=hex(address), data=data)


def bits(value, high, low):
    return value >> low & (1 << high - low + 1) - 1


class Unit:
    """The implementation: replace it by yours."""

    def __init__(self, bus):
        self.bus = bus
        self.words = {FECTL: IM, IECTL: IM}  # registers as words of 32 bits, by their offset
        for offset, value in ((CAP, CAPABILITIES), (ECAP, EXTENDED)):
            self.words[offset], self.words[offset + 4] = bits(value, 31, 0), bits(value, 63, 32)
        self.words[VER] = 0x10
        self.root = 0  # RTADDR as it is in force
        self.next = 0  # the record that the next fault goes to
        self.contexts = {}  # source -> (domain, pass-through, table)
        self.iotlb = {}  # (domain, page) -> (first page of its range, bytes, output, rights)

    # Registers.

    def read(self, offset, width):
        if width == 8:
            return self.read(offset, 4) | self.read(offset + 4, 4) << 32
        return self.words.get(offset, 0)

    def write(self, offset, width, value):
        if width == 8:
            self.write(offset, 4, bits(value, 31, 0))
            self.write(offset + 4, 4, bits(value, 63, 32))
            return
        value = bits(value, 31, 0)
        if offset == GCMD:
            self.command(value)
        elif offset == FSTS:
            self.status(FSTS, clear=value & (PFO | IQE))
            self.fetch()
        elif offset == ICS:
            self.status(ICS, clear=value & IWC)
        elif offset in (FECTL, IECTL):
            self.mask(offset, value & IM)
        elif FRO <= offset < FRO + 16 * RECORDS:
            if offset % 16 == 12 and value & F:
                self.words[offset] = self.read(offset, 4) & ~F
                self.pending()
        elif offset == IQT:
            self.words[IQT] = value & 0x7FFF0
            self.fetch()
        elif offset == IQT + 4 or offset in (VER, CAP, CAP + 4, ECAP, ECAP + 4, GSTS, IQH, IQH + 4):
            pass  # read-only
        else:
            self.words[offset] = value
            if offset in (CCMD + 4, IOTLB + 4) and value & 1 << 31:
                self.invalidate_by_register(offset - 4)

    def command(self, value):
        status = self.read(GSTS, 4)
        if value & SRTP:
            self.root = self.read(RTADDR, 8)
            status |= SRTP
        if value & TE and not status & TE:
            self.next = 0
        if not value & QIE:
            self.words[IQH] = 0
        self.words[GSTS] = status & SRTP | value & (TE | QIE)
        self.fetch()

    # Events: a status register, and the interrupt that its first bit raises.

    def status(self, register, set=0, clear=0):
        before = self.read(register, 4)
        self.words[register] = (before | set) & ~clear
        control = FECTL if register == FSTS else IECTL
        events = PFO | PPF | IQE if register == FSTS else IWC
        if not self.words[register] & events:
            self.words[control] &= ~IP
        elif not before & events:
            self.words[control] |= IP
            self.mask(control, self.words[control] & IM)

    def mask(self, control, masked):
        pends = self.read(control, 4) & IP
        self.words[control] = masked | pends
        if pends and not masked:
            self.words[control] = 0
            address = self.read(control + 8, 8)  # FEADDR and IEADDR with their upper halves
            self.bus.interrupt(address, self.read(control + 4, 4))

    # Faults.

    def record(self, reason, source, address, kind):
        at = FRO + 16 * self.next
        if self.read(FSTS, 4) & PFO:
            return
        if self.read(at + 12, 4) & F:
            self.status(FSTS, set=PFO)
            return
        page = address & (1 << GUEST_BITS) - PAGE
        self.words[at], self.words[at + 4] = bits(page, 31, 0), bits(page, 63, 32)
        self.words[at + 8] = source | (kind == "atomic") << 28  # SID and T2
        self.words[at + 12] = F | (kind != "write") << 30 | reason  # F, T1 and FR
        if not self.read(FSTS, 4) & PPF:
            self.words[FSTS] = self.read(FSTS, 4) & ~0xFF00 | self.next << 8  # FRI
        self.next = (self.next + 1) % RECORDS
        self.pending()

    def pending(self):
        pends = any(self.read(FRO + 16 * n + 12, 4) & F for n in range(RECORDS))
        self.status(FSTS, **({"set": PPF} if pends else {"clear": PPF | 0xFF00}))

    # Translation.

    def dma(self, source, pasid, address, kind, value):
        """What an access of 8 bytes reads, or None if it is refused."""
        if self.read(GSTS, 4) & TE:
            try:
                address = self.translate(source, pasid, address, kind)
            except Fault as fault:
                if not fault.silent:
                    self.record(fault.reason, source, address, kind)
                return None
        if kind == "zero_length_read":
            return 0
        before = self.bus.read(address) if kind != "write" else 0
        if before is not None and kind in ("write", "atomic"):
            stored = value if kind == "write" else (before + value) % (1 << 64)
            return before if self.bus.write(address, stored) else None
        return before

    def translate(self, source, pasid, address, kind):
        if bits(self.root, 11, 10):
            raise Fault(0x30)  # TTM: there is legacy mode alone
        if pasid is not None:
            raise Fault(0x31)  # legacy mode knows no PASID
        if address >> 20 == 0xFEE:
            raise Fault(0x29)  # the interrupt range takes interrupts alone
        domain, passes, table, silent = self.context(source)
        try:
            if passes:
                if address >> HOST_BITS:
                    raise Fault(0x04)
                return address
            return self.second_stage(domain, table, address, kind)
        except Fault as fault:
            raise Fault(fault.reason, silent)

    def entry(self, address, unreadable, reason):
        """Both halves of a root or context entry that is present, and FPD of the latter."""
        low, high = self.bus.read(address), self.bus.read(address + 8)
        if low is None or high is None:
            raise Fault(unreadable)
        silent = reason == 0x02 and low & 2 != 0  # FPD
        if not low & 1:
            raise Fault(reason, silent)
        return low, high, silent

    def context(self, source):
        if source in self.contexts:
            return self.contexts[source]
        low, high, _ = self.entry((self.root & -PAGE) + 16 * (source >> 8), 0x08, 0x01)
        if low & 0xFFE or low >> HOST_BITS or high:
            raise Fault(0x0A)
        low, high, silent = self.entry((low & -PAGE) + 16 * (source & 0xFF), 0x09, 0x02)
        if low & 0xFF0 or low >> HOST_BITS or high & (1 << 7) or high >> 24:
            raise Fault(0x0B, silent)
        if bits(low, 3, 2) not in (0, 2) or bits(high, 2, 0) != 2:  # TT and AW
            raise Fault(0x03, silent)
        found = bits(high, 23, 8), bits(low, 3, 2) == 2, low & -PAGE, silent
        self.contexts[source] = found
        return found

    def second_stage(self, domain, table, address, kind):
        if address >> GUEST_BITS:
            raise Fault(0x04)
        key, need = (domain, address & -PAGE), NEEDS.get(kind, 0)
        cached = self.iotlb.get(key)
        if cached and cached[3] & need == need:
            return cached[2] + address % PAGE
        rights, level = READ | WRITE, 4
        while True:
            size = PAGE << 9 * (level - 1)
            entry = self.bus.read(table + 8 * (address // size % 512))
            if entry is None:
                raise Fault(0x03 if level == 4 else 0x07)
            rights &= entry
            if not entry & 3:
                raise Fault(0x05 if kind == "write" else 0x06)
            leaf = level == 1 or entry & 1 << 7
            output = entry & (1 << 52) - PAGE
            if entry & (1 << 62 | 1 << 11) or output >> HOST_BITS:
                raise Fault(0x0C)
            if leaf and (level > 3 or output % size):
                raise Fault(0x0C)
            if rights & need != need or not rights:
                raise Fault(0x05 if need & ~rights & WRITE and rights & READ else 0x06)
            if leaf:
                break
            table, level = output, level - 1
        page = output + address % size & -PAGE
        if page >> 20 == 0xFEE:
            raise Fault(0x0E)
        self.iotlb[key] = address & -size, size, page, rights
        return page + address % PAGE

    # Invalidation.

    def fetch(self):
        """Works through the queue until it is empty or has an error."""
        base, end = self.read(IQA, 8) & -PAGE, PAGE << bits(self.read(IQA, 4), 2, 0)
        while self.read(GSTS, 4) & QIE and not self.read(FSTS, 4) & IQE:
            head, tail = self.read(IQH, 4), self.read(IQT, 4)
            if head == tail:
                return
            low, high = self.bus.read(base + head), self.bus.read(base + head + 8)
            if tail >= end or low is None or high is None or not self.descriptor(low, high):
                self.status(FSTS, set=IQE)
                return
            self.words[IQH] = (head + 16) % end

    def descriptor(self, low, high):
        """Does what a descriptor asks for. False for one that is none."""
        kind, scope, domain = low & 0xE0F, bits(low, 5, 4), bits(low, 31, 16)
        if kind == 1 and scope and not (low & 0xFFC0 or low >> 50 or high):
            self.drop_contexts(scope, domain, bits(low, 47, 32), bits(low, 49, 48))
        elif kind == 2 and scope and not (low & 0xFF00 or low >> 32 or high & 0xF80):
            if scope == 3 and high & 0x3F > MAX_MASK:
                return False
            self.drop_translations(scope, domain, high)
        elif kind == 5 and not (low & 0xFFFFFF80 or high & 3):
            if low & 1 << 5:
                self.bus.write32(high, low >> 32)
            if low & 1 << 4:
                self.status(ICS, set=IWC)
        else:
            return False
        return True

    def drop_contexts(self, scope, domain, source, function_mask):
        masked = (0, 4, 6, 7)[function_mask]
        self.contexts = {
            each: found for each, found in self.contexts.items()
            if not (scope == 1 or scope == 2 and found[0] == domain
                    or scope == 3 and each & ~masked == source & ~masked)}

    def drop_translations(self, scope, domain, where):
        size = PAGE << (where & 0x3F)
        first = where & -size
        self.iotlb = {
            key: found for key, found in self.iotlb.items()
            if not (scope == 1 or key[0] == domain and (
                scope == 2 or found[0] < first + size and first < found[0] + found[1]))}

    def invalidate_by_register(self, register):
        """CCMD and IOTLB tell the granularity that was used: 0 of what was refused."""
        value, where = self.read(register, 8), self.read(IVA, 8)
        scope = bits(value, 62, 61) if register == CCMD else bits(value, 61, 60)
        if bits(self.root, 11, 10) or register == IOTLB and scope == 3 and where & 0x3F > MAX_MASK:
            scope = 0
        if register == CCMD:
            self.drop_contexts(scope, bits(value, 15, 0), bits(value, 31, 16), bits(value, 33, 32))
            value = value & ~(1 << 63 | 3 << 59) | scope << 59
        else:
            if scope:
                self.drop_translations(scope, bits(value, 47, 32), where)
            value = value & ~(1 << 63 | 3 << 57) | scope << 57
        self.words[register + 4] = value >> 32


class Adapter:
    """One method for each request; what it returns is the `ok` of the reply."""

    over = False

    def op_hello(self, **_):
        return HELLO

    def op_reset(self, **_):
        self.unit = Unit(Bus())

    def op_poll(self):
        pass

    def op_bye(self):
        self.over = True

    def op_unit_reg_read(self, offset, width):
        if width not in (4, 8):
            raise ValueError("a register is 4 or 8 bytes wide")
        return hex(self.unit.read(offset, width))

    def op_unit_reg_write(self, offset, width, value):
        self.unit.write(offset, width, int(value, 16))

    def op_unit_dma(self, rid, type, address, kind, value, privileged, pasid=None):
        if type != "untranslated":
            raise ValueError("no translated requests")
        bus, device, function = int(rid[:2], 16), int(rid[3:5], 16), int(rid[6:])
        source = bus << 8 | device << 3 | function
        data = self.unit.dma(source, pasid, int(address, 16), kind, int(value, 16))
        if data is None:
            return {"outcome": "blocked"}
        return {"outcome": "completed", "data": hex(data)}

    def op_unit_elapse(self, nanoseconds):
        pass


def say(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()  # without this the runner waits for ever


def serve(adapter):
    while not adapter.over and (line := sys.stdin.readline()):
        request = json.loads(line)
        reply, op = {"id": request.pop("id")}, request.pop("op")
        operation = getattr(adapter, "op_" + op.replace(".", "_"), None)
        try:
            if operation is None:
                raise ValueError("no " + op)
            value = operation(**request)
            reply["ok"] = {} if value is None else value
        except ValueError as reason:
            reply["unsupported"] = str(reason)
        say(reply)


if __name__ == "__main__":
    serve(Adapter())
