package org.iommuref.model.schedule;

/**
 * The SplitMix64 generator of Steele, Lea and Flood (2014): 64 bits of state, the same numbers on
 * every JDK.
 */
public final class SplitMix64 {

  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  /** A generator whose numbers follow from {@code seed} alone. */
  public SplitMix64(long seed) {
    this.state = seed;
  }

  /** The generator of the run {@code index} of a series that has one seed. */
  public static SplitMix64 ofRun(long seed, long index) {
    return new SplitMix64(mix(seed + GOLDEN_GAMMA) ^ mix(index));
  }

  /** The next 64 bits. */
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** The next number from 0 to {@code n - 1}; {@code n} is positive. */
  public int nextInt(int n) {
    long high32 = nextLong() >>> 32;
    return (int) ((high32 * n) >>> 32);
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
