package org.iommuref.conformance.process;

import java.nio.file.Path;
import java.time.Duration;
import org.iommuref.conformance.target.Layer;
import org.iommuref.conformance.target.SessionConfig;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.wire.RamOwner;

/** The commands of the adapters that tests run, and what tests grant them. */
public final class Adapters {

  /** For replies that come: a machine that is busy, or stands still for a minute, fails no test. */
  public static final Duration LONG = Duration.ofMinutes(10);

  /** For replies that never come. */
  public static final Duration SHORT = Duration.ofSeconds(1);

  private static final Path RESOURCES = Path.of("src", "test", "resources", "adapters");

  private Adapters() {}

  /** The example adapter. */
  public static String example() {
    return python(Path.of("examples", "python", "adapter.py"));
  }

  /** The example unit. */
  public static String unitExample() {
    return python(Path.of("examples", "python", "vtd_unit.py"));
  }

  /** The example driver. */
  public static String driverExample(String options) {
    return python(Path.of("examples", "python", "vtd_driver.py")) + ' ' + options;
  }

  /** The example unit with one thing wrong. */
  public static String misbehavingUnit(String mode) {
    return python(RESOURCES.resolve("misbehaving_unit.py")) + ' ' + mode;
  }

  /** The example adapter with one thing wrong. */
  public static String misbehaving(String mode) {
    return python(RESOURCES.resolve("misbehaving.py")) + ' ' + mode;
  }

  /** The same; the file tells it that it has misbehaved already. */
  public static String misbehaving(String mode, Path file) {
    return misbehaving(mode) + " '" + file + '\'';
  }

  /** The example adapter on the runner's memory. */
  public static String runnerRam() {
    return python(RESOURCES.resolve("runner_ram.py"));
  }

  /** An adapter in Java that serves the ideal backend. */
  public static String ideal() {
    return java(BackendServer.class);
  }

  /** An adapter in Java that serves iommufd over the mock driver. */
  public static String mock() {
    return java(IommufdServer.class);
  }

  /** The same, but it ends in each ioctl of that number. */
  static String mockThatEndsIn(int command) {
    return mock() + ' ' + command;
  }

  /** An adapter in Java that serves a unit of ours on that end's memory. */
  public static String unit(String name, RamOwner ram) {
    return java(UnitServer.class) + ' ' + name + ' ' + ram;
  }

  /** An adapter in Java that drives units of a target of ours. */
  public static String driver(String units) {
    return java(DriverServer.class) + ' ' + units;
  }

  private static String java(Class<?> main) {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return quote(Path.of(System.getProperty("java.home"), "bin", "java").toString())
        + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "
        + quote(classPath)
        + ' '
        + main.getName();
  }

  /** One device, or what the topology says. */
  public static SessionConfig config(Topology topology) {
    return new SessionConfig(topology, CachePolicy.ADVERSARIAL, 7, Layer.BACKEND);
  }

  /** The standard options with long deadlines. */
  public static ProcessOptions patient() {
    return ProcessOptions.standard().withDeadlines(LONG, LONG);
  }

  private static String python(Path script) {
    return "python3 " + quote(script.toAbsolutePath().toString());
  }

  private static String quote(String word) {
    return '\'' + word + '\'';
  }
}
