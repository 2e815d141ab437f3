package org.iommuref.conformance.cli;

/** How a command ends. */
final class ExitCode {

  static final int CONFORMANT = 0;
  static final int NOT_CONFORMANT = 1;
  static final int UNVERIFIED = 2;
  static final int USAGE = 64;
  static final int BROKEN = 70;

  private ExitCode() {}
}
