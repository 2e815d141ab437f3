package org.iommuref.conformance.target;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;

/** One implementation between power-on and the end of a case. */
public interface Session extends AutoCloseable {

  /**
   * Executes an operation; whatever goes wrong on the other side is a reply, never an exception.
   */
  <V> Reply<V> execute(Operation<V> operation);

  /**
   * Executes operations in order and returns their replies in the same order; they may be
   * pipelined.
   */
  default List<Reply<?>> executeAll(List<? extends Operation<?>> operations) {
    List<Reply<?>> replies = new ArrayList<>(operations.size());
    for (Operation<?> operation : operations) {
      replies.add(execute(operation));
    }
    return replies;
  }

  /**
   * Ends what the case has begun while it can still be judged: a loss if the implementation is lost
   * by it.
   */
  default Reply<Done> end() {
    return Reply.ok(Done.DONE);
  }

  /** Ends the case. */
  @Override
  void close();
}
