package org.iommuref.conformance.target;

import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.spi.Topology;

/**
 * What a session begins with: everything in its state after power-on.
 *
 * @param topology the devices
 * @param caches how caches of ours behave
 * @param seed of every choice that is left open; with {@link #PLAIN} each is the plain case
 * @param layer what it speaks to
 */
public record SessionConfig(Topology topology, CachePolicy caches, long seed, Layer layer) {

  /** The seed with which nothing is left to chance: caches use the oldest entry that is live. */
  public static final long PLAIN = 0;
}
