package org.iommuref.model.mutant;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.spi.Mutant;
import org.jspecify.annotations.Nullable;

/** PASIDs that are wrong: mixed up with each other, with the RID, with other devices. */
final class WrongPasids {

  private WrongPasids() {}

  static List<Mutant> mutants() {
    return List.of(
        IdealMutants.mutant(
            "pasid-ignored",
            "an access with a PASID is translated as one without",
            "PASID-001 PASID-003",
            Ignored::new),
        IdealMutants.mutant(
            "unset-pasid-uses-rid",
            "an access with an unset PASID is translated by the domain of the RID",
            "PASID-003",
            FallsBack::new),
        IdealMutants.mutant(
            "no-pasid-is-a-pasid",
            "an access without a PASID is translated by the domain of PASID 1",
            "PASID-002",
            NoneIsOne::new),
        IdealMutants.mutant(
            "pasid-of-all-devices",
            "a PASID is set for every device",
            "PASID-014",
            AllDevices::new),
        IdealMutants.mutant(
            "removed-pasid-stays", "a removed PASID goes on translating", "PASID-004", Stays::new),
        IdealMutants.mutant(
            "removal-takes-all",
            "the removal of a PASID takes the others along",
            "PASID-015",
            TakesAll::new),
        IdealMutants.mutant(
            "pasid-replace-ignored",
            "a PASID stays in its first domain",
            "PASID-005",
            ReplaceIgnored::new),
        IdealMutants.mutant(
            "attach-drops-pasids",
            "an attach of the RID drops the PASIDs",
            "PASID-013",
            AttachDrops::new),
        IdealMutants.mutant(
            "pasid-shares-no-domain",
            "a PASID is not set to the domain of a RID",
            "PASID-016",
            SharesNone::new),
        IdealMutants.mutant(
            "failed-pasid-replace-drops",
            "a failed replace leaves the PASID unset",
            "PASID-012",
            FailedDrops::new));
  }

  /** Drops the PASID of an access. */
  private static final class Ignored extends Forwarding {

    Ignored(IommuBackend backend) {
      super(backend);
    }

    @Override
    public AccessOutcome access(DeviceAccess access) {
      return super.access(withoutPasid(access));
    }
  }

  /** Tries the RID's domain for a PASID that is not set. */
  private static final class FallsBack extends Forwarding {
    private final Map<Rid, Set<Pasid>> set = new HashMap<>();

    FallsBack(IommuBackend backend) {
      super(backend);
    }

    @Override
    public Result<Done> setPasid(Rid device, Pasid pasid, DomainId domain, @Nullable DomainId old) {
      Result<Done> result = super.setPasid(device, pasid, domain, old);
      if (result.isOk()) {
        set.computeIfAbsent(device, rid -> new HashSet<>()).add(pasid);
      }
      return result;
    }

    @Override
    public void removePasid(Rid device, Pasid pasid, DomainId old) {
      set.getOrDefault(device, new HashSet<>()).remove(pasid);
      super.removePasid(device, pasid, old);
    }

    @Override
    public AccessOutcome access(DeviceAccess access) {
      Pasid pasid = access.pasid();
      boolean unset = pasid != null && !set.getOrDefault(access.rid(), Set.of()).contains(pasid);
      return super.access(unset ? withoutPasid(access) : access);
    }
  }

  /** Gives an access without a PASID the number 1 if that is set. */
  private static final class NoneIsOne extends Forwarding {
    private static final Pasid ONE = new Pasid(1);

    private final Set<Rid> devices = new HashSet<>();

    NoneIsOne(IommuBackend backend) {
      super(backend);
    }

    @Override
    public Result<Done> setPasid(Rid device, Pasid pasid, DomainId domain, @Nullable DomainId old) {
      Result<Done> result = super.setPasid(device, pasid, domain, old);
      if (result.isOk() && pasid.equals(ONE)) {
        devices.add(device);
      }
      return result;
    }

    @Override
    public void removePasid(Rid device, Pasid pasid, DomainId old) {
      super.removePasid(device, pasid, old);
      if (pasid.equals(ONE)) {
        devices.remove(device);
      }
    }

    @Override
    public AccessOutcome access(DeviceAccess access) {
      boolean mixedUp = access.pasid() == null && devices.contains(access.rid());
      return super.access(mixedUp ? access.with(ONE) : access);
    }
  }

  /** Sets and forgets no device. */
  private static final class AllDevices extends Forwarding {
    private final Set<Rid> devices = new TreeSet<>();

    AllDevices(IommuBackend backend) {
      super(backend);
    }

    @Override
    public Result<Done> probe(Rid device) {
      devices.add(device);
      return super.probe(device);
    }

    @Override
    public Result<Done> setPasid(Rid device, Pasid pasid, DomainId domain, @Nullable DomainId old) {
      Result<Done> result = super.setPasid(device, pasid, domain, old);
      if (result.isOk()) {
        devices.forEach(other -> super.setPasid(other, pasid, domain, old));
      }
      return result;
    }
  }

  /** Removes nothing. */
  private static final class Stays extends Forwarding {
    Stays(IommuBackend backend) {
      super(backend);
    }

    @Override
    public void removePasid(Rid device, Pasid pasid, DomainId old) {
      // the PASID stays set
    }
  }

  /** Removes every PASID of the device. */
  private static final class TakesAll extends Forwarding {
    private final Map<Rid, Set<Pasid>> set = new HashMap<>();

    TakesAll(IommuBackend backend) {
      super(backend);
    }

    @Override
    public Result<Done> setPasid(Rid device, Pasid pasid, DomainId domain, @Nullable DomainId old) {
      Result<Done> result = super.setPasid(device, pasid, domain, old);
      if (result.isOk()) {
        set.computeIfAbsent(device, rid -> new TreeSet<>()).add(pasid);
      }
      return result;
    }

    @Override
    public void removePasid(Rid device, Pasid pasid, DomainId old) {
      set.getOrDefault(device, Set.of(pasid))
          .forEach(other -> super.removePasid(device, other, old));
    }
  }

  /** Sets a PASID that is unset, and no other. */
  private static final class ReplaceIgnored extends Forwarding {

    ReplaceIgnored(IommuBackend backend) {
      super(backend);
    }

    @Override
    public Result<Done> setPasid(Rid device, Pasid pasid, DomainId domain, @Nullable DomainId old) {
      return old == null ? super.setPasid(device, pasid, domain, old) : Result.done();
    }
  }

  /** Removes the PASIDs of a device whose RID moves. */
  private static final class AttachDrops extends Forwarding {
    private final Map<Rid, Map<Pasid, DomainId>> set = new HashMap<>();

    AttachDrops(IommuBackend backend) {
      super(backend);
    }

    @Override
    public Result<Done> setPasid(Rid device, Pasid pasid, DomainId domain, @Nullable DomainId old) {
      Result<Done> result = super.setPasid(device, pasid, domain, old);
      if (result.isOk()) {
        set.computeIfAbsent(device, rid -> new TreeMap<>()).put(pasid, domain);
      }
      return result;
    }

    @Override
    public Result<Done> attach(Rid device, DomainId domain, @Nullable DomainId old) {
      set.getOrDefault(device, Map.of())
          .forEach((pasid, set) -> super.removePasid(device, pasid, set));
      return super.attach(device, domain, old);
    }
  }

  /** Refuses for a PASID the domain that a RID has. */
  private static final class SharesNone extends Forwarding {
    private final Map<Rid, DomainId> domains = new HashMap<>();

    SharesNone(IommuBackend backend) {
      super(backend);
    }

    @Override
    public Result<Done> attach(Rid device, DomainId domain, @Nullable DomainId old) {
      Result<Done> attached = super.attach(device, domain, old);
      if (attached.isOk()) {
        domains.put(device, domain);
      }
      return attached;
    }

    @Override
    public Result<Done> setPasid(Rid device, Pasid pasid, DomainId domain, @Nullable DomainId old) {
      return domains.containsValue(domain)
          ? Result.err(Errno.EINVAL)
          : super.setPasid(device, pasid, domain, old);
    }
  }

  /** Removes the PASID on an error. */
  private static final class FailedDrops extends Forwarding {

    FailedDrops(IommuBackend backend) {
      super(backend);
    }

    @Override
    public Result<Done> setPasid(Rid device, Pasid pasid, DomainId domain, @Nullable DomainId old) {
      Result<Done> result = super.setPasid(device, pasid, domain, old);
      if (!result.isOk() && old != null) {
        super.removePasid(device, pasid, old);
      }
      return result;
    }
  }

  private static DeviceAccess withoutPasid(DeviceAccess access) {
    return new DeviceAccess(access.rid(), null, access.iova(), access.kind(), access.value());
  }
}
