package org.iommuref.spec.spi;

import org.iommuref.spec.unit.Translation;

/** A unit with devices and tables, and requests of one kind without end. */
public interface TranslationWorkload {

  /** Does it once more; the {@link Translation}, of an invalidation 0. */
  long next();

  /** How many pages are mapped, for all devices together. */
  long pages();

  /** How many bytes the structures in memory take by which requests are translated. */
  long tableBytes();
}
