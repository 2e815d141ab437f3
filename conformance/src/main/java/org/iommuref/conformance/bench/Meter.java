package org.iommuref.conformance.bench;

import java.util.Optional;
import java.util.ServiceLoader;
import org.iommuref.spec.spi.TranslationKind;

/** Runs a thing over and over and says how often a second; found by ServiceLoader. */
public interface Meter {

  /** The work of the calibration: multiplications, each of which waits for the last. */
  int MULTIPLICATIONS = 100;

  /**
   * What was measured of one thing.
   *
   * @param median how often a second
   * @param least in the slowest of some equal periods
   * @param most in the fastest
   */
  record Speed(double median, double least, double most) {}

  /**
   * How often the processor does a fixed amount of work, by which runs on machines that are busy,
   * or that differ, can be compared.
   *
   * @param quick so short, and in this process, that it shows that it runs and nothing else
   */
  Speed calibration(boolean quick);

  /** How often a unit translates requests of a kind. */
  Speed speed(String unit, TranslationKind kind, int devices, boolean quick);

  /** The one on the class path, if it was built. */
  static Optional<Meter> onClassPath() {
    return ServiceLoader.load(Meter.class).findFirst();
  }
}
