package org.iommuref.spec.spi;

import java.util.function.Predicate;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.iommufd.SteppedIommufd;

/** Brings an implementation of seam 3 to explore; found by ServiceLoader. */
public interface SteppedIommufdProvider {

  /** The name, as {@code --target} takes it. */
  String name();

  /**
   * A fresh one in which nothing is open.
   *
   * @param processes user memory, files and limits
   * @param environment the steps, and who hears of accesses to shared state; no device is there yet
   * @param fails whether an allocation, named in words, fails now
   */
  SteppedIommufd open(Processes processes, Environment environment, Predicate<String> fails);
}
