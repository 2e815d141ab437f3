package org.iommuref.tla.tlc;

import java.nio.file.Path;
import java.util.List;

/**
 * What one run of TLC is given.
 *
 * @param module the root module's file; modules beside it are found
 * @param config the config's file
 * @param libraries further folders with modules
 * @param workers threads of TLC, at least 1
 * @param heapMegabytes the largest heap of its JVM
 * @param brief whether it is over before thorough compilation of the JVM's code pays
 * @param coverage whether to count how often each action is taken
 * @param deadlock whether a state without a successor is a violation
 * @param behaviours how many random behaviours of at most 100 states are tried, always the same
 *     ones; 0 to look at every state instead
 */
public record TlcRun(
    Path module,
    Path config,
    List<Path> libraries,
    int workers,
    int heapMegabytes,
    boolean brief,
    boolean coverage,
    boolean deadlock,
    int behaviours) {

  /** Copies the list. */
  public TlcRun {
    libraries = List.copyOf(libraries);
  }

  /** A run that looks at every state. */
  public TlcRun(
      Path module,
      Path config,
      List<Path> libraries,
      int workers,
      int heapMegabytes,
      boolean brief,
      boolean coverage,
      boolean deadlock) {
    this(module, config, libraries, workers, heapMegabytes, brief, coverage, deadlock, 0);
  }
}
