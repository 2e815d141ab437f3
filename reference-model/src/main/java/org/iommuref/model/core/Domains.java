package org.iommuref.model.core;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.backend.SeveralDrivers;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.jspecify.annotations.Nullable;

/**
 * The domains of a core and their types.
 *
 * <p>Users name theirs with numbers from 0; default and blocking domains have negative numbers.
 */
public final class Domains {

  private final IommuBackend backend;
  private final Map<DomainId, DomainType> types = new HashMap<>();
  private final Set<DomainId> nested = new HashSet<>();

  /** The numbers of the drivers whose devices alone a domain is for. */
  private final Map<DomainId, Integer> drivers = new HashMap<>();

  private int lastOwn;

  Domains(IommuBackend backend) {
    this.backend = backend;
  }

  /** The type of a domain, or null if it is nested or none has that name. */
  public @Nullable DomainType typeOf(DomainId domain) {
    return types.get(domain);
  }

  /** How many there are of users. */
  int countOfUsers() {
    long own = types.keySet().stream().filter(domain -> domain.value() < 0).count();
    return types.size() + nested.size() - (int) own;
  }

  /** Whether the domain stands on another and has no mappings of its own. */
  public boolean isNested(DomainId domain) {
    return nested.contains(domain);
  }

  /** The name itself if a user can have meant a domain by it, else null. */
  @Nullable DomainId named(DomainId domain) {
    return domain.value() >= 0 && isKnown(domain) ? domain : null;
  }

  /** The same if the domain is of the driver of the group's devices too. */
  @Clause("GRP-008")
  @Nullable DomainId namedFor(@Nullable Group group, DomainId domain) {
    Integer driver = drivers.get(domain);
    boolean other =
        group != null
            && driver != null
            && group.members().stream().anyMatch(member -> driverOf(member.rid()) != driver);
    return other ? null : named(domain);
  }

  private int driverOf(Rid device) {
    return backend.extension(SeveralDrivers.class).map(each -> each.driverOf(device)).orElse(0);
  }

  /** Allocates a domain of a user: EEXIST, EINVAL for a negative number, or the driver's error. */
  Result<Done> allocate(DomainId domain, DomainType type) {
    if (domain.value() < 0) {
      return Result.err(Errno.EINVAL);
    }
    Result<Done> created = isKnown(domain) ? Result.err(Errno.EEXIST) : create(domain, type);
    if (created.isOk()) {
      drivers.put(domain, 0);
    }
    return created;
  }

  /** Notes a paging domain of a user that the driver makes by a way of its own. */
  Result<Done> allocate(DomainId domain, Rid device, Supplier<Result<Done>> made) {
    Result<Done> result = make(domain, made);
    if (result.isOk()) {
      types.put(domain, DomainType.PAGING);
      drivers.put(domain, driverOf(device));
    }
    return result;
  }

  /** Notes a nested domain of a user. */
  Result<Done> allocateNested(DomainId domain, Supplier<Result<Done>> made) {
    Result<Done> result = make(domain, made);
    if (result.isOk()) {
      nested.add(domain);
    }
    return result;
  }

  /**
   * Allocates a domain of the core's own, of {@code other} type if the driver does not have the one
   * wished.
   */
  Result<DomainId> allocateOwn(DomainType wished, DomainType other) {
    DomainId own = new DomainId(--lastOwn);
    Errno refused = create(own, wished).errno();
    if (refused == Errno.EOPNOTSUPP) {
      refused = create(own, other).errno();
    }
    return refused == null ? Result.ok(own) : Result.err(refused);
  }

  /** Frees a domain: EBUSY if the driver has it attached. */
  Result<Done> free(DomainId domain) {
    Result<Done> freed = backend.freeDomain(domain);
    if (freed.isOk()) {
      types.remove(domain);
      drivers.remove(domain);
      nested.remove(domain);
    }
    return freed;
  }

  private boolean isKnown(DomainId domain) {
    return types.containsKey(domain) || nested.contains(domain);
  }

  private Result<Done> make(DomainId domain, Supplier<Result<Done>> made) {
    if (domain.value() < 0) {
      return Result.err(Errno.EINVAL);
    }
    return isKnown(domain) ? Result.err(Errno.EEXIST) : made.get();
  }

  private Result<Done> create(DomainId domain, DomainType type) {
    Result<Done> created = backend.allocateDomain(domain, type);
    if (created.isOk()) {
      types.put(domain, type);
    }
    return created;
  }
}
