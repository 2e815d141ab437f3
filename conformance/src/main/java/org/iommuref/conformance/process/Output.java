package org.iommuref.conformance.process;

/** What came from a child's stdout. */
public sealed interface Output {

  /** A line, without its end. */
  record Line(String text) implements Output {}

  /**
   * Something that is not a line of UTF-8 within the limit.
   *
   * @param problem what is wrong with it
   * @param text its beginning
   */
  record Broken(String problem, String text) implements Output {}

  /** The end of the stream; nothing follows. */
  record Ended() implements Output {}
}
