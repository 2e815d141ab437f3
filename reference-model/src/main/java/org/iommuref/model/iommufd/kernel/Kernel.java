package org.iommuref.model.iommufd.kernel;

import java.util.List;
import java.util.Optional;
import org.iommuref.model.core.Core;
import org.iommuref.model.iommufd.file.Files;
import org.iommuref.model.iommufd.shared.Lifetime;
import org.iommuref.model.iommufd.shared.Shared;
import org.iommuref.spec.backend.BackendExtension;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Steps;

/** The kernel around iommufd: one for all open files. */
public final class Kernel {

  private final Processes processes;
  private final Steps steps;
  private final Core core;
  private final IommuBackend backend;
  private final Allocations allocations;
  private final CheckLists checks;
  private final List<BackendExtension> plugged;
  private final Accounting accounting;
  private final Footprint footprint;
  private final Files files;
  private final Warnings warnings = new Warnings();
  private int lastDomain;

  /**
   * A kernel in which no file is open.
   *
   * @param processes user memory, files and limits
   * @param steps locks, choices and waits
   * @param footprint who hears of accesses to shared state
   * @param core the IOMMU core
   * @param backend the driver under it
   * @param allocations what fails to allocate
   * @param checks the lists of checks in force
   * @param plugged what stands in for the driver where it lacks a subject, as devices to bind
   */
  public Kernel(
      Processes processes,
      Steps steps,
      Footprint footprint,
      Core core,
      IommuBackend backend,
      Allocations allocations,
      CheckLists checks,
      List<BackendExtension> plugged) {
    this.processes = processes;
    this.steps = steps;
    this.footprint = footprint;
    this.core = core;
    this.backend = backend;
    this.allocations = allocations;
    this.checks = checks;
    this.plugged = List.copyOf(plugged);
    this.accounting = new Accounting(processes, shared(new Lifetime("the accounts")));
    this.files = new Files(shared(new Lifetime("the open files")));
  }

  /** User memory, files and limits. */
  public Processes processes() {
    return processes;
  }

  /** Locks, choices and waits. */
  public Steps steps() {
    return steps;
  }

  /** The IOMMU core. */
  public Core core() {
    return core;
  }

  /** The driver under the core. */
  public IommuBackend backend() {
    return backend;
  }

  /**
   * A subject that not every driver has: the driver's own, else what stands in for it, or empty.
   */
  public <E extends BackendExtension> Optional<E> extension(Class<E> type) {
    Optional<E> own = backend.extension(type);
    return own.isPresent()
        ? own
        : plugged.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  /** Whether the allocation named, or the point named, fails now. */
  public boolean fails(String what) {
    return allocations.fails(what);
  }

  /** The lists of checks in force. */
  public CheckLists checks() {
    return checks;
  }

  /** The counts of pinned pages. */
  public Accounting accounting() {
    return accounting;
  }

  /** The open files. */
  public Files files() {
    return files;
  }

  /** The warnings so far. */
  public Warnings warnings() {
    return warnings;
  }

  /** A name for a domain that no living domain has. */
  public DomainId newDomain() {
    return new DomainId(++lastDomain);
  }

  /** A free mutex. */
  public Mutex mutex(String name) {
    return new Mutex(steps, name);
  }

  /** A free spinlock. */
  public Spinlock spinlock(String name) {
    return new Spinlock(steps, name);
  }

  /** State of something that lives so long. */
  public Shared shared(Lifetime lifetime) {
    return new Shared(steps, footprint, lifetime);
  }

  /** A free reader-writer semaphore. */
  public RwSemaphore rwSemaphore(String name) {
    return new RwSemaphore(steps, name);
  }
}
