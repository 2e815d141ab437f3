package org.iommuref.conformance.process;

import java.util.List;
import org.iommuref.conformance.target.Session;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;

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
    return conversation.ask(operation);
  }

  @Override
  public List<Reply<?>> executeAll(List<? extends Operation<?>> operations) {
    requireOpen();
    return conversation.askAll(operations);
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
