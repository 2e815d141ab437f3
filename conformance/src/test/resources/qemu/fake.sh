#!/bin/sh
# Speaks qtest on stdin and stdout as far as a test wants it: fake.sh MODE [what follows is ignored].
# memory: one word that a write changes.  dies, hangs, babbles, refuses: after the first reply.
mode=$1
word=0x0
if [ "$mode" = --version ]; then
  echo "QEMU emulator version 0.0 (fake)"
  exit 0
fi
while read -r command address value rest; do
  case $command in
    endianness) echo "OK little" ;;
    writeq)
      word=$value
      [ "$mode" = refuses ] && echo "FAIL no such address" || echo "OK"
      ;;
    readq)
      case $mode in
        dies)
          echo "fake.c:1: walk: Assertion \`level <= 4' failed." >&2
          exit 134
          ;;
        hangs) ;;
        babbles) echo "OK nothing that is a number" ;;
        *)
          echo "IRQ raise 3"
          echo "OK $word"
          ;;
      esac
      ;;
    readl) echo "OK 0x00000000fed90000" ;;
    *) echo "FAIL unknown command $command" ;;
  esac
done
