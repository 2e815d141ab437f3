package org.iommuref.spec.wire;

import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.spi.Topology;

/**
 * Puts everything into the state after power-on, memory included. It is a barrier: the runner sends
 * nothing behind it until the reply has come.
 *
 * @param topology the devices that there are from now on; none is probed
 * @param caches how caches should behave, for a child that has the choice
 * @param seed of whatever the child decides at random
 */
public record Reset(Topology topology, CachePolicy caches, long seed) implements Control<Done> {

  @Override
  public String op() {
    return "reset";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }
}
