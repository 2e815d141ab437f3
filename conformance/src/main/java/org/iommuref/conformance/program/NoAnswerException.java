package org.iommuref.conformance.program;

import org.iommuref.spec.operation.Reply;

/** An implementation behind a process has not answered a call, or refuses it. */
public final class NoAnswerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Reply<?> reply;

  /** It has said this instead: a loss, or {@code unsupported}. */
  public NoAnswerException(Reply<?> reply) {
    super(reply.toString());
    this.reply = reply;
  }

  /** What came instead of an answer. */
  public Reply<?> reply() {
    return reply;
  }
}
