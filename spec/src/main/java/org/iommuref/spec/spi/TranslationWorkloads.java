package org.iommuref.spec.spi;

import org.iommuref.spec.step.Footprint;

/** Brings what {@code bench translate} measures of one architecture; found by ServiceLoader. */
public interface TranslationWorkloads {

  /** The pages that each device has mapped. */
  int PAGES_OF_DEVICE = 4096;

  /** The architecture. */
  String name();

  /**
   * A unit whose requests are all of one kind, ready for the first.
   *
   * @param devices how many there are, up to 256; where there are several, each request comes from
   *     another than the one before
   * @param footprint hears of every access to memory
   */
  TranslationWorkload open(TranslationKind kind, int devices, Footprint footprint);
}
