package org.iommuref.conformance.compare;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.iommuref.conformance.compare.Known.Kind;

/** What the generator knows of one process: the descriptors that it has. */
final class Actor {

  private final int process;
  private final List<OpenContext> contexts = new ArrayList<>();
  private final List<ContextObjects> used = new ArrayList<>();
  private final Map<Kind, List<Integer>> files = new EnumMap<>(Kind.class);

  /** A descriptor of a context. */
  record OpenContext(int fd, ContextObjects objects) {}

  /** A process by its number in the program. */
  Actor(int process) {
    this.process = process;
  }

  int process() {
    return process;
  }

  List<OpenContext> contexts() {
    return contexts;
  }

  void open(OpenContext context) {
    contexts.add(context);
    used.add(context.objects());
  }

  /**
   * Whether its address space may go. What is charged to one that is gone is not compared, so one
   * to which contexts charge stays.
   */
  boolean mayLeaveMemory() {
    return used.stream().noneMatch(ContextObjects::isChargedByAddressSpace);
  }

  /** Descriptors of files of memory, of events, or of shared buffers. */
  List<Integer> files(Kind kind) {
    return Objects.requireNonNull(files.computeIfAbsent(kind, k -> new ArrayList<>()));
  }

  /** A child that has the same descriptors. */
  Actor forked(int child) {
    Actor actor = new Actor(child);
    actor.contexts.addAll(contexts);
    actor.used.addAll(used);
    files.forEach((kind, list) -> actor.files(kind).addAll(list));
    return actor;
  }

  /** What execve leaves: files that were opened, not those that iommufd made. */
  void execute() {
    files(Kind.EVENT_FILE).clear();
    files(Kind.DMABUF).clear();
    files(Kind.ACCESS).clear();
    files(Kind.PINNING_ACCESS).clear();
  }
}
