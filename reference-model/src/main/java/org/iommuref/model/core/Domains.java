package org.iommuref.model.core;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.IommuBackend;
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

  /** Allocates a domain of a user: EEXIST, EINVAL for a negative number, or the driver's error. */
  Result<Done> allocate(DomainId domain, DomainType type) {
    if (domain.value() < 0) {
      return Result.err(Errno.EINVAL);
    }
    return isKnown(domain) ? Result.err(Errno.EEXIST) : create(domain, type);
  }

  /** Notes a paging domain of a user that the driver makes by a way of its own. */
  Result<Done> allocate(DomainId domain, Supplier<Result<Done>> made) {
    Result<Done> result = make(domain, made);
    if (result.isOk()) {
      types.put(domain, DomainType.PAGING);
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
