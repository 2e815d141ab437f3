package org.iommuref.conformance.process;

import java.util.List;
import org.iommuref.conformance.target.Session;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.unit.call.UnitCall;

/** A session on a child process, from one {@code reset} to the next. */
final class ProcessSession implements Session {

  private final Conversation conversation;
  private boolean over;

  ProcessSession(Conversation conversation) {
    this.conversation = conversation;
  }

  @Override
  public <V> Reply<V> execute(Operation<V> operation) {
    requireOpen();
    return conversation.ask(asked(operation));
  }

  @Override
  public List<Reply<?>> executeAll(List<? extends Operation<?>> operations) {
    requireOpen();
    return conversation.askAll(operations.stream().map(ProcessSession::asked).toList());
  }

  /** What must come of a call is for whoever judges, and does not travel. */
  private static <V> Operation<V> asked(Operation<V> operation) {
    return operation instanceof UnitCall<V> call ? call.alone() : operation;
  }

  @Override
  public void close() {
    over = true;
  }

  private void requireOpen() {
    if (over) {
      throw new IllegalStateException("the session is over");
    }
  }
}
