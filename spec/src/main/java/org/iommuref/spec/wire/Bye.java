package org.iommuref.spec.wire;

import org.iommuref.spec.errno.Result.Done;

/** The last request: the child replies and ends. */
public record Bye() implements Control<Done> {

  @Override
  public String op() {
    return "bye";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }
}
