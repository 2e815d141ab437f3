package org.iommuref.conformance.trace;

import java.util.Set;
import java.util.function.BiFunction;

/**
 * An argument of an action: its name in the model, and how it follows from a record.
 *
 * @param name as the trace module knows it
 * @param value an {@link Integer}, a {@link Boolean}, a {@link String} or a {@link Set} of these
 */
record Argument(String name, BiFunction<Line, Circumstances, Object> value) {

  /** The CPU whose step it is. */
  static final Argument CPU = new Argument("cpu", (line, at) -> line.cpu());

  /** The CPU whose descriptor the queue has fetched last. */
  static final Argument SUBMITTER = new Argument("cpu", (line, at) -> at.submitter(line));

  /** The slot of a device request. */
  static final Argument DMA = new Argument("dma", (line, at) -> (int) line.number("dma"));

  /** A page of the span. */
  static final Argument IOVA = new Argument("iova", (line, at) -> at.iova(line));

  /** A page of data or of a table. */
  static final Argument PAGE = page("page");

  /** The page that the step yielded. */
  static final Argument YIELDED_PAGE =
      new Argument("page", (line, at) -> Circumstances.address(line.yielded()));

  /** Whether cached pointers to tables stay. */
  static final Argument LEAF_ONLY = new Argument("leafOnly", (line, at) -> line.truth("leafOnly"));

  /** The page that a component of another name holds. */
  static Argument page(String component) {
    return new Argument("page", (line, at) -> Circumstances.address(line.number(component)));
  }

  /** The pages of the span that an invalidation names, by the component that names the domain. */
  static Argument scope(String domain) {
    return new Argument("iovas", (line, at) -> at.scope(line, domain));
  }
}
