package org.iommuref.conformance.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.wire.Reset;

/**
 * What the runner keeps for a child: some requests of the suite end here, the child asks for it.
 */
public sealed interface Surroundings permits RunnerMemory, UnitSurroundings, DriverSurroundings {

  /** Whether the operation is executed here and does not travel. */
  boolean holds(Operation<?> operation);

  /** Executes such an operation. */
  <V> Reply<V> execute(Operation<V> operation);

  /**
   * Answers a request of the child.
   *
   * @throws org.iommuref.spec.wire.WireException if it asks for what is not here
   */
  ObjectNode answer(ObjectNode message);

  /** The same after a reset. */
  Surroundings afresh(Reset reset);
}
