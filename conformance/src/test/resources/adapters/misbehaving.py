#!/usr/bin/env python3
"""The example adapter with one thing wrong: misbehaving.py MODE [FILE].

Harness:
  unsupported     says so to every operation            mute            never says hello
  hang            stops answering at an unmap           ends            exits before hello
  die             exits at an unmap, with a traceback   die-once        the same, unless FILE exists
  kill-once       SIGKILL at an unmap, unless FILE exists
  die-at-start    dies at an unmap, and when started    die-at-reset    exits at the second reset
                  again while FILE exists
  noise           prints a line before a map's reply    wrong-id        repeats another id for an access
  overlong        a map's reply is 2 MiB long           not-json        a map's reply is cut short
  not-utf8        a byte that is not UTF-8              extra-reply     answers a map twice
  unflushed       flushes nothing                       unflushed-later flushes hello and reset alone
  reorder         the last reply of a batch first       stop-after-err  no reply after an err
  deaf            stops reading after hello             loud            writes much to stderr
  slow            20 ms for each reply                  no-bye          stays after bye
  bad-hello       members missing and misspelt          old-protocol    speaks protocol 0
  wrong-value     an access yields a number             unknown-errno   an err that Linux does not have
  callback        asks for memory though it has its own changed-hello   another hello when FILE exists
  keep-state      a reset changes nothing               rude            crashes on an unknown operation
Translation:
  block-all       refuses every access                  never-cache     claims a cache and has none
  next-page       translates to the page behind         no-sync         forgets to invalidate
"""

import atexit
import json
import os
import pathlib
import signal
import sys
import time

CONFORMANCE = next(p for p in pathlib.Path(__file__).resolve().parents if p.name == "conformance")
sys.path.insert(0, str(CONFORMANCE / "examples" / "python"))
sys.dont_write_bytecode = True

import adapter  # noqa: E402

MODE = sys.argv[1]
FILE = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None


FLOW = ("hello", "reset", "poll", "bye")


class Silence(Exception):
    """No reply to this request."""


class Misbehaving(adapter.Iommu):
    resets = 0
    erred = False

    def op_reset(self, topology, **rest):
        self.resets += 1
        self.erred = False
        if MODE == "die-at-reset" and self.resets == 2:
            sys.exit(4)
        if MODE != "keep-state" or self.resets == 1:
            super().op_reset(topology, **rest)

    def op_unmap(self, **arguments):
        if MODE == "hang":
            signal.pause()
        if MODE in ("die", "die-at-start") or (MODE == "die-once" and not FILE.exists()):
            if FILE:
                FILE.touch()
            raise RuntimeError("the table is broken")
        if MODE == "kill-once" and not FILE.exists():
            FILE.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().op_unmap(**arguments)

    def op_access(self, **arguments):
        value = super().op_access(**arguments)
        if MODE == "block-all":
            self.record(arguments["rid"], arguments["iova"], arguments["kind"])
            return {"outcome": "blocked"}
        return "0x0" if MODE == "wrong-value" else value

    def translate(self, rid, iova, needs):
        address = super().translate(rid, iova, needs)
        if MODE == "never-cache":
            self.cache = {}
        return address + 4096 if MODE == "next-page" and address is not None else address

    def op_sync(self, **arguments):
        if MODE != "no-sync":
            super().op_sync(**arguments)


class Buffer:
    """Stdout as a runtime buffers it: what is not flushed comes when the process ends."""

    text = ""

    def say(self, text):
        self.text += text

    def flush(self):
        rest, self.text = self.text.encode(errors="surrogateescape"), ""
        while rest:
            rest = rest[os.write(1, rest) :]


out = Buffer()
atexit.register(out.flush)


def twisted(iommu, line):
    """The reply to a line, with whatever is wrong with it."""
    request = json.loads(line)
    op = request["op"]
    if iommu.erred:
        raise Silence
    if MODE == "unsupported" and op not in FLOW:
        return json.dumps({"id": request["id"], "unsupported": "nothing is"}) + "\n"
    if MODE == "unknown-errno" and op == "map":
        return json.dumps({"id": request["id"], "err": "EWRONG"}) + "\n"
    if MODE == "callback" and op == "map":
        out.say('{"id": 1, "op": "mem.read", "address": "0x0"}\n')
    if MODE == "rude" and not hasattr(iommu, "op_" + op.replace(".", "_")):
        raise KeyError(op)
    if MODE == "slow":
        time.sleep(0.02)
    if MODE == "loud":
        sys.stderr.write("debug: " + "x" * 50000 + "\n")
    reply = adapter.answer(iommu, line)
    if MODE == "stop-after-err" and '"err"' in reply:
        iommu.erred = True
    if MODE == "wrong-id" and op == "access":
        return reply.replace(f'"id": {request["id"]}', f'"id": {request["id"] + 1}')
    return misprinted(reply) if op == "map" else reply


def misprinted(reply):
    if MODE == "noise":
        return "debug: mapping a page\n" + reply
    if MODE == "overlong":
        return reply[:-2] + ', "pad": "' + "x" * (2 << 20) + '"}\n'
    if MODE == "not-json":
        return reply[:-3] + "\n"
    if MODE == "not-utf8":
        return reply[:-2] + ', "pad": "\udcff"}\n'
    if MODE == "extra-reply":
        return reply + reply
    return reply


def conversational(lines):
    return all(json.loads(line)["op"] in FLOW for line in lines)


def introduce():
    if MODE == "mute":
        while os.read(0, 1 << 16):
            pass
        sys.exit(0)
    if MODE == "ends" or (MODE == "die-at-start" and FILE and FILE.exists()):
        sys.stderr.write("no licence found\n")
        sys.exit(3)
    if MODE == "bad-hello":
        adapter.HELLO.pop("page_sizes")
        adapter.HELLO["unit"] = ["TRANSLATION_CASH"]
    if MODE == "old-protocol":
        adapter.HELLO["protocol"] = 0
    if MODE == "changed-hello" and FILE.exists():
        adapter.HELLO["address_bits"] = 39


def batches(iommu):
    rest = b""
    while not iommu.over and (chunk := os.read(0, 1 << 16)):
        *lines, rest = (rest + chunk).split(b"\n")
        yield lines


def answer_all(iommu, lines):
    replies = []
    for line in lines:
        try:
            replies.append(twisted(iommu, line))
        except Silence:
            continue
        if MODE != "reorder":
            out.say(replies.pop())
    out.say("".join(replies[-1:] + replies[:-1]))


def main():
    introduce()
    iommu = Misbehaving()
    if MODE == "changed-hello":
        iommu.op_unmap = lambda **_: (FILE.touch(), sys.exit(5))
    for lines in batches(iommu):
        answer_all(iommu, lines)
        if MODE != "unflushed" and (MODE != "unflushed-later" or conversational(lines)):
            out.flush()
        if MODE == "deaf":
            signal.pause()
    if MODE == "no-bye":
        signal.pause()


if __name__ == "__main__":
    main()
