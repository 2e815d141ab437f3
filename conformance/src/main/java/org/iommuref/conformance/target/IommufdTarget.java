package org.iommuref.conformance.target;

import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.spi.IommufdProvider;

/** An implementation of seam 3 of this process; each session has a kernel of its own. */
public final class IommufdTarget implements Target {

  private final String name;
  private final String title;
  private final IommufdProvider provider;

  /** The implementation under its own name. */
  public static IommufdTarget of(IommufdProvider provider) {
    return new IommufdTarget(provider.name(), provider.title(), provider);
  }

  /** The implementation under another name. */
  static IommufdTarget of(String name, String title, IommufdProvider provider) {
    return new IommufdTarget(name, title, provider);
  }

  private IommufdTarget(String name, String title, IommufdProvider provider) {
    this.name = name;
    this.title = title;
    this.provider = provider;
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
    return provider.hwInfo();
  }

  /** Programs bring their own memory. */
  @Override
  public DataMemory dataMemory() {
    return new DataMemory(0, 0);
  }

  @Override
  public boolean losesAlike() {
    return true;
  }

  @Override
  public Session open(SessionConfig config) {
    return new ProgramSession(
        processes -> provider.start(processes, config.topology(), config.seed()));
  }
}
