package org.iommuref.spec.unit.call;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.SystemMemory;
import org.iommuref.spec.unit.BusRequest;
import org.iommuref.spec.unit.BusUnit;
import org.iommuref.spec.unit.TranslationCompletion;

/**
 * A Java unit with the memory that it and its devices reach.
 *
 * <p>Between two calls the unit comes to rest: whoever calls it from outside sees the command given
 * and the command done, and what lies between belongs to the unit. Only a page request that was
 * {@link DeviceCall.SendPageRequest sent} is under way until the next call that the unit has to
 * work on. A unit that does not come to rest within {@link #MOST_MOVES} moves is a {@link
 * UnrestException}.
 */
public final class UnitSeam {

  /** The moves that one call may cost. */
  public static final int MOST_MOVES = 20_000;

  private final BusUnit unit;
  private final Memory memory;
  private final Map<Integer, Integer> held = new HashMap<>();
  private final Queue<SentMessage> sent = new ArrayDeque<>();

  /** A unit at rest. */
  public UnitSeam(BusUnit unit, Memory memory) {
    this.unit = unit;
    this.memory = memory;
  }

  BusUnit unit() {
    return unit;
  }

  Memory memory() {
    return memory;
  }

  /**
   * Lets that range of memory take no atomic access from now on, and all other memory take them.
   *
   * @throws UnsupportedOperationException if all of the memory takes them always
   */
  void refuseAtomics(long address, long bytes) {
    if (!(memory instanceof SystemMemory choosy)) {
      throw new UnsupportedOperationException("this memory takes atomic accesses everywhere");
    }
    choosy.refuseAtomics(address, bytes);
  }

  /** Lets the unit come to rest. */
  void settle() {
    boolean moved = true;
    for (int moves = 0; moved; ) {
      moved = false;
      for (int machine = 0; machine < unit.machines(); machine++) {
        if (unit.enabled(machine)) {
          if (++moves > MOST_MOVES) {
            throw new UnrestException(
                "the unit does not come to rest: " + unit.machineName(machine) + " goes on");
          }
          unit.advance(machine);
          moved = true;
        }
      }
    }
    unit.outbox().stream().map(SentMessage::of).forEach(sent::add);
  }

  private int take(BusRequest request) {
    int slot = unit.request(request);
    if (slot < 0) {
      throw new IllegalStateException("the unit has no slot for a request");
    }
    return slot;
  }

  AccessOutcome access(BusRequest request) {
    int slot = take(request);
    settle();
    return answer(slot);
  }

  private AccessOutcome answer(int slot) {
    AccessOutcome outcome = unit.answer(slot);
    if (outcome == null) {
      throw new UnrestException("a unit at rest has not answered a request");
    }
    return outcome;
  }

  TranslationCompletion translate(BusRequest request) {
    int slot = take(request);
    settle();
    TranslationCompletion completion = unit.completion(slot);
    if (completion == null) {
      throw new UnrestException("a unit at rest has not answered a translation request");
    }
    return completion;
  }

  /** Starts an access that is translated but takes no effect yet. */
  void start(int number, BusRequest request) {
    int slot = take(request);
    unit.hold(slot);
    held.put(number, slot);
    settle();
  }

  /** Lets such an access take effect. */
  AccessOutcome finish(int number) {
    Integer slot = held.remove(number);
    if (slot == null) {
      throw new IllegalStateException("no access " + number + " was started");
    }
    unit.release(slot);
    settle();
    return answer(slot);
  }

  /** The oldest message that was not taken yet. */
  SentMessage message() {
    SentMessage next = sent.poll();
    return next == null ? SentMessage.NOTHING : next;
  }
}
