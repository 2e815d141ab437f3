#!/usr/bin/env python3
"""The example adapter without memory of its own: it reads and writes the runner's.

A request back has an id of its own and a reply like any other. With a window of 1 nothing but that
reply can be the next line, so there is nothing to put aside.
"""

import json
import pathlib
import sys

CONFORMANCE = next(p for p in pathlib.Path(__file__).resolve().parents if p.name == "conformance")
sys.path.insert(0, str(CONFORMANCE / "examples" / "python"))
sys.dont_write_bytecode = True

import adapter  # noqa: E402

adapter.HELLO.update({"name": "runner-ram", "ram": "runner", "window": 1})


class RunnerMemory:
    """Looks like the dictionary that the example keeps its memory in."""

    asked = 0

    def ask(self, op, **arguments):
        self.asked += 1
        print(json.dumps({"id": self.asked, "op": op, **arguments}), flush=True)
        reply = json.loads(sys.stdin.readline())
        assert reply["id"] == self.asked, reply
        return reply["ok"]

    def get(self, address, _):
        return int(self.ask("mem.read", address=hex(address)), 16)

    def __setitem__(self, address, value):
        self.ask("mem.write", address=hex(address), value=hex(value))


class Iommu(adapter.Iommu):
    def op_reset(self, **arguments):
        super().op_reset(**arguments)
        self.memory = RunnerMemory()


def main():
    iommu = Iommu()
    while not iommu.over and (line := sys.stdin.readline()):
        sys.stdout.write(adapter.answer(iommu, line))
        sys.stdout.flush()


if __name__ == "__main__":
    main()
