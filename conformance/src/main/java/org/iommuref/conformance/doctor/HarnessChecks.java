package org.iommuref.conformance.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.iommuref.conformance.process.ProcessOptions;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.wire.Bye;
import org.iommuref.spec.wire.Introduction;
import org.iommuref.spec.wire.Json;
import org.iommuref.spec.wire.Poll;
import org.iommuref.spec.wire.Reset;

/**
 * How a child keeps up the conversation. A check begins with a child that has said hello and has
 * answered the checks before, or with a fresh one.
 */
final class HarnessChecks {

  private static final Reset RESET = new Reset(Topology.oneDevice(), CachePolicy.REALISTIC, 0);
  private static final int AT_ONCE = 8;
  private static final int ROUND_TRIPS = 21;
  private static final Duration SLOW = Duration.ofMillis(10);

  private final ProcessOptions options;
  private final SampleCalls samples;
  private final Findings findings;

  HarnessChecks(ProcessOptions options, SampleCalls samples, Findings findings) {
    this.options = options;
    this.samples = samples;
    this.findings = findings;
  }

  /** One question to a child. */
  interface Check {

    void ask(Dialogue child, Introduction said);
  }

  /** All checks, in the order in which an author would mend what they find. */
  List<Check> all() {
    return List.of(
        this::resets,
        this::unknownOperation,
        this::continuesAfterErr,
        this::order,
        this::pace,
        this::farewell);
  }

  private void resets(Dialogue child, Introduction said) {
    String op = samples.making().op();
    if (answers(child, RESET, "reset") && answers(child, samples.making(), op)) {
      if (answers(child, RESET, "a second reset")) {
        ObjectNode again = child.ask(samples.making());
        if (again == null) {
          silent(child, op + " after a second reset");
        } else if (again.has("err")) {
          findings.problem(
              "A reset leaves something behind: "
                  + samples.madeInWords()
                  + " again ("
                  + again.path("err").asText()
                  + ").");
        } else {
          findings.fine("Two resets: each puts it into the state after power-on.");
        }
      }
    }
  }

  private void unknownOperation(Dialogue child, Introduction said) {
    child.sendUnknown("no.such.operation");
    ObjectNode reply = child.receive(options.deadline());
    if (reply == null && !child.hasEnded()) {
      silent(child, "an operation that it does not know");
    } else if (reply == null) {
      findings.problem(
          "An operation that it does not know is too much for it: it "
              + child.silence()
              + ". It should answer unsupported and go on.");
    } else if (!reply.has("unsupported")) {
      findings.problem(
          "It answers an operation that it does not know with "
              + Json.shorten(reply.toString())
              + " instead of unsupported.");
    } else if (answers(child, new Poll(), "poll after an unsupported operation")) {
      findings.fine("An operation that it does not know: it says unsupported and goes on.");
    }
  }

  private void continuesAfterErr(Dialogue child, Introduction said) {
    if (!answers(child, RESET, "reset")) {
      return;
    }
    ObjectNode failed = child.ask(samples.failing());
    if (failed == null) {
      silent(child, samples.failingInWords());
    } else if (failed.has("ok")) {
      findings.note(samples.shouldHaveFailed());
    } else if (child.ask(new Poll()) == null) {
      findings.problem(
          "After a reply with err it answers nothing more; later requests must still run.");
    } else {
      findings.fine("After an err it goes on.");
    }
  }

  private void order(Dialogue child, Introduction said) {
    int many = Math.min(Math.min(said.window(), options.window()), AT_ONCE);
    if (many < 2 || !answers(child, RESET, "reset")) {
      return;
    }
    List<Long> sent = child.sendTogether(Collections.nCopies(many, new Poll()));
    List<Long> answered = new ArrayList<>();
    for (ObjectNode reply = child.receive(options.deadline());
        reply != null;
        reply = answered.size() < many ? child.receive(options.deadline()) : null) {
      answered.add(reply.path("id").asLong(-1));
    }
    if (answered.size() < many) {
      findings.problem(
          "It announces a window of %d, but of %d requests sent at once it answers %d: what arrives together must be read line by line."
              .formatted(said.window(), many, answered.size()));
    } else if (!answered.equals(sent)) {
      findings.problem(
          "It answers out of order: ids " + sent + " were sent, " + answered + " came back.");
    } else {
      findings.fine(many + " requests at once: all answered, in order.");
    }
  }

  private void pace(Dialogue child, Introduction said) {
    long[] nanos = new long[ROUND_TRIPS];
    for (int i = 0; i < ROUND_TRIPS; i++) {
      nanos[i] = child.roundTrip(new Poll());
      if (nanos[i] < 0) {
        silent(child, "poll");
        return;
      }
    }
    Arrays.sort(nanos);
    Duration median = Duration.ofNanos(nanos[ROUND_TRIPS / 2]);
    if (median.compareTo(SLOW) > 0) {
      findings.problem(
          "It is slow: a poll takes %d ms (median of %d), and the suite makes some 100,000 requests."
              .formatted(median.toMillis(), ROUND_TRIPS));
    }
  }

  private void farewell(Dialogue child, Introduction said) {
    if (!answers(child, new Bye(), "bye")) {
      return;
    }
    OptionalInt code = child.awaitExit();
    if (code.isEmpty()) {
      findings.problem("It stays after bye, and has to be killed.");
    } else if (code.getAsInt() != 0) {
      findings.note("After bye it ends with exit code " + code.getAsInt() + ".");
    } else {
      findings.fine("After bye it ends.");
    }
  }

  /** Whether there was an {@code ok}; else the reason is a finding. */
  private boolean answers(Dialogue child, Operation<?> operation, String called) {
    ObjectNode reply = child.ask(operation);
    if (reply == null) {
      silent(child, called);
      return false;
    }
    if (!reply.has("ok")) {
      findings.problem(
          "It answers " + called + " with " + Json.shorten(reply.toString()) + " instead of ok.");
      return false;
    }
    return true;
  }

  /** Tells a reply that was never flushed from one that was never made. */
  private void silent(Dialogue child, String called) {
    String silence = child.silence();
    if (!child.hasEnded()) {
      child.endInput();
      if (child.receive(options.deadline()) != null) {
        findings.problem(
            "Its reply to "
                + called
                + " came only when its stdin was closed: it does not flush stdout after each"
                + " line.");
        return;
      }
    }
    findings.problem("It does not answer " + called + ": it " + silence + ".");
  }
}
