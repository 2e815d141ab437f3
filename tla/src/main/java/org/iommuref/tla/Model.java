package org.iommuref.tla;

import java.util.List;
import java.util.Optional;

/**
 * A model as its manifest describes it.
 *
 * @param name the module that holds it, and the folder that holds its files
 * @param title what it is about, in one line
 * @param modules its modules, without {@code .tla}
 * @param traceModule the module that judges traces, with a config of the same name; empty if it
 *     judges none
 * @param lanes who takes its actions, in the order of the columns of a drawing
 * @param configs in the order in which they are listed
 */
public record Model(
    String name,
    String title,
    List<String> modules,
    Optional<String> traceModule,
    List<Lane> lanes,
    List<ModelConfig> configs) {

  /** Copies the lists. */
  public Model {
    modules = List.copyOf(modules);
    lanes = List.copyOf(lanes);
    configs = List.copyOf(configs);
  }

  /** The names of its faults, in the order of the configs. */
  public List<String> faults() {
    return configs.stream().flatMap(config -> config.fault().stream()).distinct().toList();
  }
}
