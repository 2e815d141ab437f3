"""What a driver of VT-d in legacy mode knows of its hardware: tables in memory, and registers.

Beside `vtd_driver.py`, and written from the manual as that is: chapters 3.4 to 3.7 and 9 for the tables,
6.5 for invalidation, 7 for faults, 11.4 for the registers.
"""

PAGE = 1 << 12
LEVELS = 4
ADDRESS_BITS, HOST_BITS = 48, 52  # that a table takes, and that its entries can hold
TABLES = 0x1000_0000  # pages for tables and queues from here on, away from `memory` of the hello

# Offsets of registers, in bytes.
CAP, ECAP, GCMD, GSTS, RTADDR, CCMD = 0x08, 0x10, 0x18, 0x1C, 0x20, 0x28
FSTS, IQT, IQA = 0x34, 0x88, 0x90

TE, SRTP, QIE = 1 << 31, 1 << 30, 1 << 26  # of GCMD and GSTS
PFO, PPF, IQE = 1 << 0, 1 << 1, 1 << 4  # of FSTS
F = 1 << 63  # of the upper half of a fault record
GO = 1 << 63  # of CCMD (ICC) and of the IOTLB register (IVT): set by software, cleared when done
GLOBAL, DOMAIN, DEVICE, PAGES = 1, 2, 3, 3  # granularities of context cache and IOTLB
CONTEXT_CACHE, IOTLB, WAIT = 1, 2, 5  # kinds of descriptors
STATUS_WRITE = 1 << 5  # of a wait descriptor
TRANSLATE, PASS_THROUGH = 0 << 2, 2 << 2  # TT of a context entry
FOUR_LEVELS = 2  # AW of a context entry
PRESENT = 1
LARGE = 1 << 7  # of a second-stage entry
RIGHTS = {"r": 1, "w": 2, "rw": 3}

PATIENCE = 1000  # reads of a register or of a status before a unit counts as dead


def bits(value, high, low):
    return value >> low & (1 << high - low + 1) - 1


def sizes():
    return [PAGE << 9 * level for level in range(3)]


class Pages:
    """Pages for tables, all zero, and what this driver has written there: it need not ask again."""

    def __init__(self, runner):
        self.runner, self.next, self.free, self.words = runner, TABLES, [], {}

    def take(self):
        if self.free:
            return self.free.pop()
        self.next += PAGE
        return self.next - PAGE

    def give_back(self, pages):
        for page in pages:
            for address in range(page, page + PAGE, 8):
                if self.read(address):
                    self.write(address, 0)
            self.free.append(page)

    def read(self, address):
        return self.words.get(address, 0)

    def write(self, address, value):
        self.words[address] = value
        self.runner.write(address, value)


class Table:
    """A second stage. Level 1 has pages of 4 KiB; an entry of each level above has 512 times more."""

    def __init__(self, pages):
        self.pages, self.root = pages, pages.take()

    def entry(self, iova, level, make=False):
        """Where the entry of a level lies for an address; None if no table leads there."""
        table = self.root
        for above in range(LEVELS, level, -1):
            at = table + 8 * (iova // span(above) % 512)
            value = self.pages.read(at)
            if not value and make:
                value = self.pages.take() | RIGHTS["rw"]
                self.pages.write(at, value)
            if not value or is_leaf(value, above):
                return None
            table = value & -PAGE
        return table + 8 * (iova // span(level) % 512)

    def leaf(self, iova):
        """Entry and level that map an address; None if it is not mapped."""
        for level in range(LEVELS, 0, -1) if iova < 1 << ADDRESS_BITS else ():
            at = self.entry(iova, level)
            if at is not None and is_leaf(self.pages.read(at), level):
                return at, level
        return None

    def tables(self, page, level):
        """A table and those below it, and whether anything is mapped in them."""
        pages, mapped = [page], False
        for address in range(page, page + PAGE, 8):
            value = self.pages.read(address)
            if is_leaf(value, level):
                mapped = True
            elif value:
                below, more = self.tables(value & -PAGE, level - 1)
                pages, mapped = pages + below, mapped or more
        return pages, mapped

    def unlink(self, start, end):
        """Takes out the tables that serve nothing but a range. Their pages."""
        pages = []
        for level in range(LEVELS, 1, -1):
            for iova in range(-(-start // span(level)) * span(level), end, span(level)):
                at = self.entry(iova, level) if iova + span(level) <= end else None
                value = self.pages.read(at) if at is not None else 0
                if value and not is_leaf(value, level):
                    self.pages.write(at, 0)
                    pages += self.tables(value & -PAGE, level - 1)[0]
        return pages


def span(level):
    """The bytes that an entry of a level covers."""
    return PAGE << 9 * (level - 1)


def is_leaf(value, level):
    return value != 0 and (level == 1 or value & LARGE != 0)


class Unit:
    """One unit, with its root table and its queue."""

    def __init__(self, runner, pages, number, by_registers):
        self.runner, self.pages, self.number = runner, pages, number
        self.by_registers, self.waits = by_registers, 0
        self.capabilities, extended = self.read(CAP, 8), self.read(ECAP, 8)
        if not bits(self.capabilities, 12, 8) & 1 << FOUR_LEVELS or bits(self.capabilities, 4, 4):
            raise ValueError("a unit without four levels, or whose write buffer is flushed by hand")
        self.caching_mode = bits(self.capabilities, 7, 7) == 1
        self.iotlb = 16 * bits(extended, 17, 8)
        self.root, self.enabled = pages.take(), 0
        if not by_registers:
            self.queue, self.answer, self.tail = pages.take(), pages.take(), 0
            self.write(IQT, 8, 0)
            self.write(IQA, 8, self.queue)
            self.command(QIE)
        self.write(RTADDR, 8, self.root)
        self.command(SRTP)
        self.forget_contexts(GLOBAL)
        self.forget_translations(GLOBAL)
        self.command(TE)

    def read(self, offset, width):
        return self.runner.register(self.number, offset, width)

    def write(self, offset, width, value):
        self.runner.set_register(self.number, offset, width, value)

    def until(self, done, what):
        for _ in range(PATIENCE):
            if done():
                return
        raise TimeoutError(f"unit {self.number} does not {what}")

    def command(self, bit):
        self.write(GCMD, 4, self.enabled | bit)
        self.until(lambda: self.read(GSTS, 4) & bit, f"take command {bit:#x}")
        self.enabled |= bit & ~SRTP  # a command of one shot is not given again

    # Context entries.

    def context(self, source):
        """Where the entry of a requester lies."""
        return (self.pages.read(self.root + 16 * (source >> 8)) & -PAGE) + 16 * (source & 0xFF)

    def set_context(self, source, kind, table, domain_id):
        """Makes an entry present that was not: its upper half first, the bit that counts last."""
        root = self.root + 16 * (source >> 8)
        if not self.pages.read(root):
            self.pages.write(root, self.pages.take() | PRESENT)
        at = self.context(source)
        self.pages.write(at + 8, domain_id << 8 | FOUR_LEVELS)
        self.pages.write(at, table | kind | PRESENT)
        if self.caching_mode:
            self.forget_contexts(DEVICE, 0, source)
            self.forget_translations(DOMAIN, domain_id)

    def clear_context(self, source, domain_id):
        self.pages.write(self.context(source), 0)
        self.forget_contexts(DEVICE, domain_id, source)
        self.forget_translations(DOMAIN, domain_id)

    # Invalidation.

    def forget_contexts(self, scope, domain_id=0, source=0):
        if self.by_registers:
            self.invalidate(CCMD, scope << 61 | source << 16 | domain_id)
        else:
            self.submit(CONTEXT_CACHE | scope << 4 | domain_id << 16 | source << 32, 0)

    def forget_range(self, domain_id, start, end, leaves_alone):
        """Forgets the smallest naturally aligned range that holds [start, end)."""
        order = ((start ^ end - 1) >> 12).bit_length()
        if not bits(self.capabilities, 39, 39) or order > bits(self.capabilities, 53, 48):
            self.forget_translations(DOMAIN, domain_id)
            return
        first = start & -(PAGE << order)
        self.forget_translations(PAGES, domain_id, first | leaves_alone << 6 | order)

    def forget_translations(self, scope, domain_id=0, where=0):
        drain = bits(self.capabilities, 55, 54)  # DRD and DWD, asked for as DR and DW
        if self.by_registers:
            self.write(self.iotlb, 8, where)
            self.invalidate(self.iotlb + 8, scope << 60 | drain << 48 | domain_id << 32)
        else:
            self.submit(IOTLB | scope << 4 | drain << 6 | domain_id << 16, where)

    def invalidate(self, register, value):
        self.write(register, 8, GO | value)
        self.until(lambda: not self.read(register, 8) & GO, "invalidate")

    def submit(self, low, high):
        """A descriptor, and one that waits for it."""
        self.waits += 1
        wait = WAIT | STATUS_WRITE | bits(self.waits, 31, 0) << 32
        for words in ((low, high), (wait, self.answer)):
            for half, word in enumerate(words):
                self.pages.write(self.queue + self.tail + 8 * half, word)
            self.tail = (self.tail + 16) % PAGE
        self.write(IQT, 8, self.tail)
        self.until(self.waited, "come to the end of its queue")

    def waited(self):
        if bits(self.runner.read(self.answer), 31, 0) == bits(self.waits, 31, 0):
            return True
        if self.read(FSTS, 4) & IQE:
            raise RuntimeError(f"unit {self.number} refuses a descriptor")
        return False

    # Faults.

    def faults(self):
        """The records in the order of their making, cleared; and whether some were lost."""
        records, status = [], self.read(FSTS, 4)
        at, count = 16 * bits(self.capabilities, 33, 24), bits(self.capabilities, 47, 40) + 1
        number = bits(status, 15, 8)
        while status & PPF and len(records) < count:
            register = at + 16 * number
            high = self.read(register + 8, 8)
            if not high & F:
                break
            low = self.read(register, 8)
            self.write(register + 12, 4, F >> 32)
            records.append({
                "rid": rid_of(bits(high, 15, 0)), "page": hex(low & -PAGE), "reason": bits(high, 39, 32),
                "write": not bits(high, 62, 62) or bits(high, 28, 28) == 1})
            number = (number + 1) % count
        overflow = self.read(FSTS, 4) & PFO != 0
        if overflow:
            self.write(FSTS, 4, PFO)
        return records, overflow


def rid_of(source):
    return f"{source >> 8:02x}:{source >> 3 & 0x1F:02x}.{source & 7}"


def source_of(rid):
    return int(rid[:2], 16) << 8 | int(rid[3:5], 16) << 3 | int(rid[6:])
