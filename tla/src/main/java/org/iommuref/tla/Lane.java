package org.iommuref.tla;

import java.util.List;

/**
 * One kind of actor in a model: software, a device, the unit.
 *
 * @param title what stands over its columns
 * @param actors the actors in the configs, a column each; empty if there is only one
 * @param actions the actions that these actors take
 */
public record Lane(String title, List<String> actors, List<String> actions) {

  /** Copies the lists. */
  public Lane {
    actors = List.copyOf(actors);
    actions = List.copyOf(actions);
  }
}
