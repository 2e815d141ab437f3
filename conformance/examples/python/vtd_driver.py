#!/usr/bin/env python3
"""A small VT-d driver of its own, judged over a unit of the runner's.

    ./iommuref conform --target 'exec:python3 conformance/examples/python/vtd_driver.py'

Legacy mode with a second stage of four levels, page sizes up to 1 GiB, invalidation by the queue, or
with `--registers` by registers, and fault records; with `--caching-mode` over a unit that caches what
is not present. What is known of tables and registers is in `vtd_hardware.py`. To put a driver of yours
in their place keep `Runner` and `serve`, and let each `op_...` method of `Driver` call it: it needs no
more of the world than `Runner` has.
"""

import json
import sys

from vtd_hardware import (
    ADDRESS_BITS, DOMAIN, HOST_BITS, LARGE, LEVELS, PAGE, PASS_THROUGH, RIGHTS, TRANSLATE,
    Pages, Table, Unit, is_leaf, sizes, source_of, span)

FIRST_DOMAIN_ID = 2  # 0 tags what a unit in caching mode caches of absent entries


def hello(caching_mode):
    """What this driver makes of the unit that `architecture` names."""
    return {
        "name": "python-vtd-driver", "version": "1.0", "protocol": 1, "seam": 2, "role": "driver",
        "architecture": "vtd-caching-mode" if caching_mode else "vtd",
        "page_sizes": hex(sum(sizes())), "address_bits": ADDRESS_BITS, "max_pasids": 0,
        "unit": ["VTD", "TRANSLATION_CACHE", "LARGE_PAGES", "WRITE_ONLY_PAGES", "IDENTITY",
                 "ZERO_LENGTH_READS", "DRAIN"] + ["CACHING_MODE"] * caching_mode,
        "stimulus": ["TWO_UNITS", "SHARED_GROUP", "FAILING_ATTACH"],
        "ram": "runner", "memory": {"base": "0x100000000", "size": "0x200000000"},
        "window": 1, "line_limit": 65536,
    }


class Failure(Exception):
    """The call fails: an errno name, and what was done before."""

    def __init__(self, errno, partial=None):
        self.errno, self.partial = errno, partial


class Runner:
    """What software sees of the machine: memory, and the registers of units."""

    def __init__(self):
        self.asked = 0

    def ask(self, **request):
        self.asked += 1
        say({"id": self.asked, **request})
        return json.loads(sys.stdin.readline())["ok"]  # with a window of 1 the next line is it

    def read(self, address):
        return int(self.ask(op="mem.read", address=hex(address)), 16)

    def write(self, address, value):
        self.ask(op="mem.write", address=hex(address), value=hex(value))

    def register(self, unit, offset, width):
        return int(self.ask(op="mmio.read", unit=unit, offset=offset, width=width), 16)

    def set_register(self, unit, offset, width, value):
        self.ask(op="mmio.write", unit=unit, offset=offset, width=width, value=hex(value))


class Domain:
    def __init__(self, kind, identifier, table):
        self.kind, self.id, self.table = kind, identifier, table
        self.devices = set()


class Gather:
    """What was unmapped and not yet synced."""

    def __init__(self):
        self.start, self.end, self.tables = 1 << 64, 0, []


class Driver:
    """The implementation: replace it by yours. What a method returns is the `ok` of the reply."""

    over = False

    def __init__(self, by_registers, caching_mode):
        self.by_registers, self.caching_mode = by_registers, caching_mode

    def op_hello(self, **_):
        return hello(self.caching_mode)

    def op_reset(self, topology, **_):
        runner = Runner()
        self.pages = Pages(runner)
        self.unit_of = {one["rid"]: one["unit"] for one in topology["devices"]}
        self.units = [Unit(runner, self.pages, number, self.by_registers)
                      for number in range(1 + max(self.unit_of.values(), default=0))]
        self.attached = {}  # device -> domain, or None before its first attach
        self.domains, self.gathers, self.failing = {}, {}, {}

    def op_poll(self):
        pass

    def op_bye(self):
        self.over = True

    def op_probe(self, device):
        if device not in self.unit_of:
            raise Failure("ENODEV")
        self.attached[device] = None

    def op_release(self, device):
        self.detach(device)
        del self.attached[device]

    def op_domain_alloc(self, domain, type):
        if domain in self.domains:
            raise Failure("EEXIST")
        taken = {one.id for one in self.domains.values()}
        identifier = min(set(range(FIRST_DOMAIN_ID, len(taken) + FIRST_DOMAIN_ID + 1)) - taken)
        table = Table(self.pages) if type == "paging" else None
        self.domains[domain] = Domain(type, identifier, table)

    def op_domain_free(self, domain):
        freed = self.find(domain)
        if freed.devices:
            raise Failure("EBUSY")
        del self.domains[domain]
        if freed.table:
            self.pages.give_back(freed.table.tables(freed.table.root, LEVELS)[0])

    def op_attach(self, device, domain, **_):
        if device not in self.attached:
            raise Failure("ENODEV")
        next = self.find(domain)
        if device in self.failing:
            raise Failure(self.failing.pop(device))
        self.detach(device)
        self.attached[device] = next
        next.devices.add(device)
        if next.kind == "blocked":
            return
        kind, root = (TRANSLATE, next.table.root) if next.table else (PASS_THROUGH, 0)
        self.units[self.unit_of[device]].set_context(source_of(device), kind, root, next.id)

    def op_fail_next_attach(self, device, errno):
        self.failing[device] = errno

    def detach(self, device):
        if device not in self.attached:
            raise Failure("ENODEV")
        old, self.attached[device] = self.attached[device], None
        if old is None:
            return
        if old.kind != "blocked":
            self.units[self.unit_of[device]].clear_context(source_of(device), old.id)
        old.devices.remove(device)

    def find(self, domain):
        if domain not in self.domains:
            raise Failure("EINVAL")
        return self.domains[domain]

    def units_of(self, domain):
        return [self.units[each] for each in {self.unit_of[device] for device in domain.devices}]

    def op_map(self, domain, iova, paddr, page_size, count, prot):
        into, size = self.find(domain), page_size * count
        if not into.table or prot not in RIGHTS or page_size not in sizes() or not count:
            raise Failure("EINVAL")
        if iova + size > 1 << ADDRESS_BITS or paddr + size > 1 << HOST_BITS:
            raise Failure("ERANGE")
        if (iova | paddr) % page_size:
            raise Failure("EINVAL")
        level = 1 + sizes().index(page_size)
        for done in range(0, size, page_size):
            at = into.table.entry(iova + done, level, make=True)
            if at is None or not self.vacate(into, iova + done, at, level):
                raise Failure("EADDRINUSE", partial=hex(done))
            self.pages.write(at, paddr + done | RIGHTS[prot] | LARGE * (level > 1))
        return hex(size)

    def vacate(self, domain, iova, at, level):
        """Whether an entry is free now: one that leads to tables in which nothing is mapped is freed."""
        value = self.pages.read(at)
        if not value:
            return True
        if is_leaf(value, level) or domain.table.tables(value & -PAGE, level - 1)[1]:
            return False
        tables = domain.table.unlink(iova, iova + span(level))
        for unit in self.units_of(domain):
            unit.forget_range(domain.id, iova, iova + span(level), False)
        self.pages.give_back(tables)
        return True

    def op_sync_map(self, domain, iova, size):
        mapped = self.find(domain)
        for unit in self.units_of(mapped):
            if unit.caching_mode and size:
                unit.forget_range(mapped.id, iova, iova + size, False)

    def op_unmap(self, domain, iova, page_size, count, gather):
        table, removed = self.find(domain).table, 0
        while table and removed < page_size * count and (leaf := table.leaf(iova + removed)):
            at, level = leaf
            if (iova + removed) % span(level):
                break
            self.pages.write(at, 0)
            removed += span(level)
        if removed:
            kept = self.gathers.setdefault(gather, Gather())
            kept.start, kept.end = min(kept.start, iova), max(kept.end, iova + removed)
            kept.tables += table.unlink(iova, iova + removed)
        return hex(removed)

    def op_sync(self, domain, gather):
        synced, kept = self.find(domain), self.gathers.pop(gather, None)
        if not kept:
            return
        for unit in self.units_of(synced):
            unit.forget_range(synced.id, kept.start, kept.end, not kept.tables)
        self.pages.give_back(kept.tables)

    def op_flush_all(self, domain):
        flushed = self.find(domain)
        for unit in self.units_of(flushed):
            unit.forget_translations(DOMAIN, flushed.id)

    def op_iova_to_phys(self, domain, iova):
        asked = self.find(domain)
        if asked.kind == "identity":
            return hex(iova)
        leaf = asked.table.leaf(iova) if asked.table else None
        if not leaf:
            return "0x0"
        at, level = leaf
        return hex(self.pages.read(at) & (1 << HOST_BITS) - span(level) | iova % span(level))

    def op_faults(self):
        records, overflow = [], False
        for unit in self.units:
            more, lost = unit.faults()
            records, overflow = records + more, overflow or lost
        return {"records": records, "overflow": overflow}


def decode(value):  # 64-bit numbers travel as hex strings
    return int(value, 16) if isinstance(value, str) and value.startswith("0x") else value


def say(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()  # without this the runner waits for ever


def serve(driver):
    while not driver.over and (line := sys.stdin.readline()):
        request = json.loads(line)
        reply, op = {"id": request.pop("id")}, request.pop("op")
        operation = getattr(driver, "op_" + op.replace(".", "_"), None)
        try:
            if operation is None:
                raise ValueError("no " + op)
            value = operation(**{member: decode(text) for member, text in request.items()})
            reply["ok"] = {} if value is None else value
        except Failure as failure:
            reply["err"] = failure.errno
            if failure.partial is not None:
                reply["partial"] = failure.partial
        except ValueError as reason:
            reply["unsupported"] = str(reason)
        say(reply)


if __name__ == "__main__":
    serve(Driver("--registers" in sys.argv, "--caching-mode" in sys.argv))
