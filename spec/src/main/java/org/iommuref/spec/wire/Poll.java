package org.iommuref.spec.wire;

import org.iommuref.spec.errno.Result.Done;

/**
 * Gives the child a turn: hardware that moves by itself may move, and nothing that a driver could
 * see changes. The cheapest round trip there is.
 */
public record Poll() implements Control<Done> {

  @Override
  public String op() {
    return "poll";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }
}
