package org.iommuref.conformance.target;

import java.util.EnumSet;
import java.util.Set;
import org.iommuref.model.schedule.Sequential;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.memory.PagePool;
import org.iommuref.spec.memory.SystemMemory;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.spi.UnitProvider;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.unit.call.UnitSeam;

/**
 * A unit of this process without a driver: seam 1.
 *
 * <p>Each session has a unit and memory of its own; tables and data share the memory, and from 2^45
 * bytes on there is none. What the unit can do is read from its registers; any request can be
 * raised.
 */
public final class UnitTarget implements Target {

  private static final long MEMORY = 1L << 45;
  private static final long TABLES = 0x1000_0000L;
  private static final int TABLE_PAGES = 16;
  private static final DataMemory DATA = new DataMemory(1L << 32, 1L << 33);

  /** What devices of this process can raise. */
  private static final Set<Capability> STIMULUS =
      EnumSet.of(
          Capability.STIMULUS_PASID,
          Capability.STIMULUS_ATOMIC,
          Capability.STIMULUS_PRIVILEGED,
          Capability.STIMULUS_ZERO_LENGTH_READ,
          Capability.STIMULUS_ATS,
          Capability.STIMULUS_INTERRUPT,
          Capability.PAGE_REQUESTS,
          Capability.PAGE_REQUESTS_UNDER_WAY,
          Capability.NON_ATOMIC_MEMORY,
          Capability.ANY_REQUESTER,
          Capability.TWO_DEVICES);

  private final String name;
  private final UnitProvider provider;
  private final HwInfo hwInfo;

  private UnitTarget(String name, UnitProvider provider) {
    this.name = name;
    this.provider = provider;
    Set<Capability> told = EnumSet.of(Capability.DRAIN);
    told.addAll(provider.told());
    this.hwInfo =
        UnitClaims.of(
            provider.architecture(),
            provider.open(environment(CachePolicy.REALISTIC, SessionConfig.PLAIN)),
            told,
            STIMULUS);
  }

  /** The unit under its own name. */
  public static UnitTarget of(UnitProvider provider) {
    return new UnitTarget(provider.name(), provider);
  }

  /** The unit under another name. */
  static UnitTarget of(String name, UnitProvider provider) {
    return new UnitTarget(name, provider);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String title() {
    return provider.title();
  }

  @Override
  public HwInfo hwInfo() {
    return hwInfo;
  }

  @Override
  public int seam() {
    return Layer.UNIT.seam();
  }

  @Override
  public DataMemory dataMemory() {
    return DATA;
  }

  @Override
  public int hostAddressBits() {
    return provider.hostAddressBits();
  }

  @Override
  public boolean losesAlike() {
    return true;
  }

  @Override
  public Session open(SessionConfig config) {
    Environment environment = environment(config.caches(), config.seed());
    return new UnitSession(new UnitSeam(provider.open(environment), environment.memory()));
  }

  private static Environment environment(CachePolicy caches, long seed) {
    SystemMemory memory = SystemMemory.ofSize(MEMORY);
    return new Environment(
        Topology.twoDevices(),
        memory,
        new PagePool(memory, TABLES, TABLE_PAGES),
        seed == SessionConfig.PLAIN ? Sequential.plain() : Sequential.seeded(seed),
        Footprint.NONE,
        caches);
  }
}
