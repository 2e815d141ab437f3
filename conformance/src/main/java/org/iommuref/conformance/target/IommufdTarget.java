package org.iommuref.conformance.target;

import java.util.function.Function;
import org.iommuref.conformance.program.Machine;
import org.iommuref.conformance.program.ModelMachine;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.spi.IommufdProvider;

/**
 * An implementation of seam 3, as programs on a machine find it; each session is a program of its
 * own.
 */
public final class IommufdTarget implements Target {

  private final String name;
  private final String title;
  private final HwInfo hwInfo;
  private final boolean losesAlike;
  private final Function<SessionConfig, Machine> machines;
  private final Runnable end;

  private IommufdTarget(
      String name,
      String title,
      HwInfo hwInfo,
      boolean losesAlike,
      Function<SessionConfig, Machine> machines,
      Runnable end) {
    this.name = name;
    this.title = title;
    this.hwInfo = hwInfo;
    this.losesAlike = losesAlike;
    this.machines = machines;
    this.end = end;
  }

  /** An implementation of this process under its own name; each session has a kernel of its own. */
  public static IommufdTarget of(IommufdProvider provider) {
    return of(provider.name(), provider.title(), provider);
  }

  /** The implementation under another name. */
  static IommufdTarget of(String name, String title, IommufdProvider provider) {
    return new IommufdTarget(
        name,
        title,
        provider.hwInfo(),
        true,
        config ->
            new ModelMachine(
                processes -> provider.start(processes, config.topology(), config.seed())),
        () -> {});
  }

  /**
   * Whatever runs on a machine that serves all sessions and ends with the target.
   *
   * @param hwInfo what it claims
   */
  public static IommufdTarget on(Machine machine, String name, String title, HwInfo hwInfo) {
    return new IommufdTarget(name, title, hwInfo, false, config -> machine, machine::close);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public HwInfo hwInfo() {
    return hwInfo;
  }

  @Override
  public int seam() {
    return Layer.IOMMUFD.seam();
  }

  /** Programs bring their own memory. */
  @Override
  public DataMemory dataMemory() {
    return new DataMemory(0, 0);
  }

  @Override
  public boolean losesAlike() {
    return losesAlike;
  }

  @Override
  public Session open(SessionConfig config) {
    return new ProgramSession(machines.apply(config));
  }

  @Override
  public void close() {
    end.run();
  }
}
