package org.iommuref.conformance.fuzz;

import java.util.Map;
import java.util.TreeMap;

/** How many ioctls were made, and how many of them reached their effect. */
public final class Tally {

  private final Map<String, Count> byCommand = new TreeMap<>();
  private final Count sensible = new Count();
  private final Count arbitrary = new Count();
  private final Count failing = new Count();

  /** Nothing yet. */
  public Tally() {}

  /** Calls, and those among them that succeeded. */
  public static final class Count {

    private long made;
    private long succeeded;

    private void add(boolean success) {
      made++;
      succeeded += success ? 1 : 0;
    }

    /** How many there were. */
    public long made() {
      return made;
    }

    /** How many of them succeeded. */
    public long succeeded() {
      return succeeded;
    }

    /** The share that succeeded, from 0 to 1. */
    public double share() {
      return made == 0 ? 0 : (double) succeeded / made;
    }
  }

  void add(String command, boolean isArbitrary, boolean isToFail, boolean success) {
    if (isArbitrary) {
      arbitrary.add(success);
      return;
    }
    (isToFail ? failing : sensible).add(success);
    byCommand.computeIfAbsent(command, name -> new Count()).add(success);
  }

  /** How many ioctls there were in all. */
  public long made() {
    return sensible.made + arbitrary.made + failing.made;
  }

  /** How many of all succeeded. */
  public long succeeded() {
    return sensible.succeeded + arbitrary.succeeded + failing.succeeded;
  }

  /** Calls of a program that makes sense. */
  public Count sensible() {
    return sensible;
  }

  /** Arbitrary bytes, commands, pointers and files. */
  public Count arbitrary() {
    return arbitrary;
  }

  /** Calls of a program that makes sense, under which an allocation was to fail. */
  public Count failing() {
    return failing;
  }

  /** The calls that make sense, by command, sorted by name. */
  public Map<String, Count> byCommand() {
    return byCommand;
  }
}
