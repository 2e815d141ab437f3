#!/usr/bin/env python3
"""An adapter for iommuref: a small IOMMU of its own behind the messages of seam 2.

    ./iommuref conform --target 'exec:python3 conformance/examples/python/adapter.py'

Copy this file, keep `answer` and `main`, and let each `op_...` method call your implementation. The
parameters of a method are the members of the request; what it returns is the `ok` of the reply.
"""

import json
import os
import sys
from collections import namedtuple

PAGE_SIZES = (1 << 12, 1 << 21)
ADDRESS_BITS, PHYSICAL_BITS = 48, 52
FAULT_RECORDS = 16
NOT_TRANSLATED = 1  # the one reason that this unit gives in a fault record

# The rights that a mapping must have; a zero-length read is content with any mapping.
NEEDS = {"read": "r", "write": "w", "atomic": "rw", "execute": "r", "zero_length_read": ""}

# Claim what is there and nothing else: a claim that is refused later is a failure.
HELLO = {
    "name": "python-example", "version": "1.0", "protocol": 1, "seam": 2, "role": "backend",
    "architecture": "neutral", "max_pasids": 0,
    "page_sizes": hex(sum(PAGE_SIZES)), "address_bits": ADDRESS_BITS,
    "unit": ["TRANSLATION_CACHE", "LARGE_PAGES", "WRITE_ONLY_PAGES", "IDENTITY", "FAULT_RECORDS",
             "FAULT_OVERFLOW", "ZERO_LENGTH_READS"],
    "stimulus": ["TWO_DEVICES", "SHARED_GROUP", "FAILING_ATTACH", "STIMULUS_ATOMIC",
                 "STIMULUS_ZERO_LENGTH_READ"],
    "ram": "target", "memory": {"base": "0x100000000", "size": "0x200000000"},
    "window": 64, "line_limit": 65536,
}

Page = namedtuple("Page", "paddr size prot")
Cached = namedtuple("Cached", "domain paddr prot")


class Failure(Exception):
    """The call failed: an errno name, and what was done before, where the call defines it."""

    def __init__(self, errno, partial=None):
        self.errno, self.partial = errno, partial


class Domain:
    def __init__(self, kind):
        self.kind, self.pages = kind, {}  # the pages by their first IOVA

    def lookup(self, iova):
        """The page that holds iova, and the offset in it; or None."""
        for size in PAGE_SIZES:
            page = self.pages.get(iova & -size)
            if page and iova % size < page.size:
                return page, iova % size
        return None

    def occupied(self, iova, size):
        return any(self.lookup(at) for at in range(iova, iova + size, PAGE_SIZES[0]))


class Iommu:
    """The implementation: replace it by yours."""

    over = False

    def op_hello(self, **_):
        return HELLO

    def op_reset(self, topology, **_):
        """Everything as after power-on."""
        if any(device["unit"] != 0 for device in topology["devices"]):
            raise NotImplementedError("there is one unit")  # becomes `unsupported`
        self.present = {device["rid"] for device in topology["devices"]}
        self.attached = {}  # device -> number of its domain, None before the first attach
        self.domains = {}
        self.memory = {}  # address -> 8 bytes
        self.cache = {}  # (device, IOVA of a 4 KiB page) -> Cached; it never evicts by itself
        self.gathers = {}  # number -> ranges unmapped and not yet synced
        self.faults, self.overflow = [], False
        self.failing = {}  # device -> errno of its next attach

    def op_poll(self):
        """Nothing moves here by itself."""

    def op_bye(self):
        self.over = True

    def op_probe(self, device):
        if device not in self.present:
            raise Failure("ENODEV")
        self.attached[device] = None

    def op_release(self, device):
        self.attached.pop(device, None)
        self.forget_device(device)

    def op_domain_alloc(self, domain, type):
        if domain in self.domains:
            raise Failure("EEXIST")
        self.domains[domain] = Domain(type)

    def op_domain_free(self, domain):
        self.find(domain)
        if domain in self.attached.values():
            raise Failure("EBUSY")
        del self.domains[domain]

    def op_attach(self, device, domain, old=None):
        if device not in self.attached:
            raise Failure("ENODEV")
        self.find(domain)
        if device in self.failing:
            raise Failure(self.failing.pop(device))
        self.attached[device] = domain
        self.forget_device(device)  # its cached translations are those of the old domain

    def op_fail_next_attach(self, device, errno):
        self.failing[device] = errno

    def find(self, domain):
        if domain not in self.domains:
            raise Failure("EINVAL")
        return self.domains[domain]

    def op_map(self, domain, iova, paddr, page_size, count, prot):
        space, size = self.find(domain), page_size * count
        if space.kind != "paging" or page_size not in PAGE_SIZES or size == 0 or prot == "":
            raise Failure("EINVAL")
        if (iova | paddr) % page_size:
            raise Failure("EINVAL")
        if iova + size > 1 << ADDRESS_BITS or paddr + size > 1 << PHYSICAL_BITS:
            raise Failure("ERANGE")
        for done in range(0, size, page_size):
            if space.occupied(iova + done, page_size):
                raise Failure("EADDRINUSE", partial=hex(done))
            space.pages[iova + done] = Page(paddr + done, page_size, prot)
        return hex(size)

    def op_sync_map(self, domain, iova, size):
        self.find(domain)  # a refusal is never cached, so there is nothing to do

    def op_unmap(self, domain, iova, page_size, count, gather):
        pages, removed = self.find(domain).pages, 0
        while removed < page_size * count and iova + removed in pages:
            removed += pages.pop(iova + removed).size
        self.gathers.setdefault(gather, []).append((iova, iova + removed))
        return hex(removed)

    def op_sync(self, domain, gather):
        for first, end in self.gathers.pop(gather, []):
            self.invalidate(domain, first, end)

    def op_flush_all(self, domain):
        self.invalidate(domain, 0, 1 << 64)

    def op_iova_to_phys(self, domain, iova):
        space = self.find(domain)
        if space.kind == "identity":
            return hex(iova)
        page, offset = space.lookup(iova) or (None, 0)
        return hex(page.paddr + offset if page else 0)

    def op_access(self, rid, iova, kind, value, pasid=None):
        address = self.translate(rid, iova, NEEDS[kind])
        if address is None:
            self.record(rid, iova, kind)
            return {"outcome": "blocked"}
        before = self.memory.get(address, 0) if "r" in NEEDS[kind] else 0
        if "w" in NEEDS[kind]:
            self.memory[address] = (before + value) % (1 << 64)  # an atomic adds
        return {"outcome": "completed", "data": hex(before)}

    def translate(self, rid, iova, needs):
        number = self.attached.get(rid)
        space = self.domains.get(number)
        if space is None or space.kind == "blocked":
            return None
        if space.kind == "identity":
            return iova
        offset = iova % PAGE_SIZES[0]
        key = rid, iova - offset
        if key not in self.cache and (found := space.lookup(iova - offset)):
            page, start = found
            self.cache[key] = Cached(number, page.paddr + start, page.prot)
        entry = self.cache.get(key)
        return entry.paddr + offset if entry and set(needs) <= set(entry.prot) else None

    def record(self, rid, iova, kind):
        if len(self.faults) == FAULT_RECORDS:
            self.overflow = True
            return
        page, write = hex(iova & -PAGE_SIZES[0]), kind == "write"
        self.faults.append({"rid": rid, "page": page, "write": write, "reason": NOT_TRANSLATED})

    def op_faults(self):
        log = {"records": self.faults, "overflow": self.overflow}
        self.faults, self.overflow = [], False
        return log

    def forget_device(self, device):
        self.cache = {key: entry for key, entry in self.cache.items() if key[0] != device}

    def invalidate(self, domain, first, end):
        for key, entry in list(self.cache.items()):
            if entry.domain == domain and first <= key[1] < end:
                del self.cache[key]

    def op_mem_read(self, address):
        return hex(self.memory.get(address, 0))

    def op_mem_write(self, address, value):
        self.memory[address] = value


def decode(value):  # 64-bit numbers travel as hex strings
    return int(value, 16) if isinstance(value, str) and value.startswith("0x") else value


def answer(iommu, line):
    """The reply to one request. Whatever goes wrong, there is one, and it repeats the id."""
    request = json.loads(line)
    reply, op = {"id": request.pop("id")}, request.pop("op")
    try:
        operation = getattr(iommu, "op_" + op.replace(".", "_"), None)
        if operation is None:
            raise NotImplementedError("no " + op)
        value = operation(**{member: decode(text) for member, text in request.items()})
        reply["ok"] = {} if value is None else value
    except Failure as failure:
        reply["err"] = failure.errno
        if failure.partial is not None:
            reply["partial"] = failure.partial
    except NotImplementedError as reason:
        reply["unsupported"] = str(reason)
    return json.dumps(reply) + "\n"


def main():
    iommu, rest = Iommu(), b""
    while not iommu.over and (chunk := os.read(0, 1 << 16)):  # as many requests as have come
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            sys.stdout.write(answer(iommu, line))
        sys.stdout.flush()  # without this the runner waits for ever


if __name__ == "__main__":
    main()
