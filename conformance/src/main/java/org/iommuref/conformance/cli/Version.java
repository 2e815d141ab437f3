package org.iommuref.conformance.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest states, and the Java that runs it. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Main.class.getPackage().getImplementationVersion();
    return new String[] {
      "iommuref "
          + Objects.requireNonNullElse(version, "from unpacked classes")
          + ", Java "
          + Runtime.version()
    };
  }
}
