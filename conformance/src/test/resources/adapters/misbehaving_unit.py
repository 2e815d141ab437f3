#!/usr/bin/env python3
"""The example unit with one thing wrong: misbehaving_unit.py MODE [FILE].

Harness:
  unsupported     says so to every access of a device   hang            stops answering at one
  die             exits at one, with a traceback        kill-once       SIGKILL at one, unless FILE exists
  noise           prints a line before its reply        wrong-id        repeats another id for it
  wrong-value     an access yields a number             unknown-event   tells what no unit sends
  own-ram         asks for memory though it has its own no-registers    cannot read registers
  riscv           is of another architecture            keep-state      a reset changes nothing
  die-at-reset    exits at the second reset             claims-more     claims what it does not take
Translation:
  block-all       refuses every access                  never-cache     claims a cache and has none
  next-page       translates to the page behind
"""

import os
import pathlib
import signal
import sys

CONFORMANCE = next(p for p in pathlib.Path(__file__).resolve().parents if p.name == "conformance")
sys.path.insert(0, str(CONFORMANCE / "examples" / "python"))
sys.dont_write_bytecode = True

import vtd_unit  # noqa: E402

MODE = sys.argv[1]
FILE = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None


class Unit(vtd_unit.Unit):
    def translate(self, source, pasid, address, kind):
        if MODE == "never-cache":
            self.iotlb, self.contexts = {}, {}
        address = super().translate(source, pasid, address, kind)
        return address + vtd_unit.PAGE if MODE == "next-page" else address


class Misbehaving(vtd_unit.Adapter):
    resets = 0

    def op_reset(self, **rest):
        self.resets += 1
        if MODE == "die-at-reset" and self.resets == 2:
            sys.exit(4)
        if MODE != "keep-state" or self.resets == 1:
            self.unit = Unit(vtd_unit.Bus())

    def op_unit_reg_read(self, **arguments):
        if MODE == "no-registers":
            raise ValueError("no registers yet")
        return super().op_unit_reg_read(**arguments)

    def op_unit_mem_write(self, **_):
        """Of a unit with memory of its own alone."""

    def op_unit_dma(self, **arguments):
        if MODE == "unsupported":
            raise ValueError("nothing is")
        if MODE == "hang":
            signal.pause()
        if MODE == "die":
            raise RuntimeError("the clock stands still")
        if MODE == "kill-once" and not FILE.exists():
            FILE.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if MODE == "noise":
            print("debug: an access", flush=True)
        if MODE == "unknown-event":
            self.unit.bus.ask(op="nmi")
        value = super().op_unit_dma(**arguments)
        if MODE == "block-all":
            return {"outcome": "blocked"}
        return "0x0" if MODE == "wrong-value" else value


def say(message):
    if MODE == "wrong-id" and "outcome" in (message.get("ok") or ()):
        message["id"] += 1
    honest(message)


honest, vtd_unit.say = vtd_unit.say, say

if __name__ == "__main__":
    if MODE == "own-ram":
        vtd_unit.HELLO["ram"] = "target"
    if MODE == "claims-more":
        vtd_unit.HELLO["stimulus"] += ["NON_ATOMIC_MEMORY", "PAGE_REQUESTS_UNDER_WAY"]
    if MODE == "riscv":
        vtd_unit.HELLO["architecture"] = "riscv"
    vtd_unit.serve(Misbehaving())
