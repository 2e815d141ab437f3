package org.iommuref.conformance.trace;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.iommuref.model.schedule.TracedStep;

/**
 * What a record alone does not say: which part of the address space is meant, the domain's tag, and
 * who wrote which descriptor.
 */
final class Circumstances {

  private static final long QUEUE_BYTES = 4096;
  private static final int EVERY_DOMAIN = 0;

  private final Span span;
  private final long domainTag;
  private final Map<Long, Integer> writers = new HashMap<>();
  private int submitter = -1;

  private Circumstances(Span span, long domainTag) {
    this.span = span;
    this.domainTag = domainTag;
  }

  /** At the beginning of a race, after a set-up that attached one domain. */
  static Circumstances after(List<TracedStep> setUp, Span span) {
    for (TracedStep step : setUp) {
      if (step.step().action().equals("TakeDomainId")) {
        return new Circumstances(span, new Line(step).yielded());
      }
    }
    throw new TraceException("the set-up attaches no domain: there is no TakeDomainId");
  }

  /** An address as a trace prints it. */
  static String address(long bytes) {
    return "0x" + Long.toHexString(bytes);
  }

  /** A CPU has written a descriptor: the queue is one page, so its place there is known. */
  void noteWriter(Line line) {
    writers.put(line.number("address") & (QUEUE_BYTES - 1), line.cpu());
  }

  /** The queue has fetched a descriptor. */
  void noteFetched(Line line) {
    Integer writer = writers.get(line.number("head"));
    if (writer == null) {
      throw new TraceException(line.traced() + ": no CPU has written a descriptor there");
    }
    submitter = writer;
  }

  int submitter(Line line) {
    if (submitter < 0) {
      throw new TraceException(line.traced() + " comes before a descriptor was fetched");
    }
    return submitter;
  }

  String iova(Line line) {
    long page = span.pageOf(line.number("iova"));
    if (page < 0) {
      throw new TraceException(line.traced() + " is about an address that the trace leaves out");
    }
    return address(page);
  }

  /** Nothing of the span if another domain is named. */
  Set<String> scope(Line line, String domainComponent) {
    long domain = line.number(domainComponent);
    Set<String> pages = new LinkedHashSet<>();
    if (domain == EVERY_DOMAIN || domain == domainTag) {
      span.within(line.number("iova"), line.number("size"))
          .forEach(page -> pages.add(address(page)));
    }
    return pages;
  }
}
