package org.iommuref.conformance.cases;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.iommuref.conformance.cases.Draft.Requester;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.operation.AllocateNested;
import org.iommuref.spec.operation.AllocatePaging;
import org.iommuref.spec.operation.FreeDomain;

/**
 * Writes out what a sequence has of a user's table: one table on one domain, with up to three
 * domains for it.
 */
final class GuestSteps {

  /** The domain beneath. */
  static final DomainId PARENT = new DomainId(3);

  private static final int FIRST_NESTED = 4;
  private static final int MOST_NESTED = 3;
  private static final DomainId NEVER_MADE = new DomainId(8);
  private static final int WIDTH = 48;
  private static final int UNKNOWN_FLAG = 2;
  private static final int FIRST_DATA_PAGE = 5;
  private static final int DATA_PAGES = 4;
  private static final int ADDRESSES = 5;

  private final Draft draft;
  private final Pages pages;
  private final boolean hasPasids;
  private final Set<Integer> nested = new TreeSet<>();
  private final Set<Integer> unmapped = new HashSet<>();

  /** The page of data to which an address leads in the first table, as far as was written. */
  private final Map<Long, Integer> leads = new TreeMap<>();

  /** {@code hasPasids} if nested domains can be those of PASIDs. */
  GuestSteps(Draft draft, Pages pages, boolean hasPasids) {
    this.draft = draft;
    this.pages = pages;
    this.hasPasids = hasPasids;
  }

  /** The domain beneath, the table, and the first domain for it, with a device in it. */
  void begin(boolean tracksDirty) {
    draft.add(new AllocatePaging(PARENT, draft.device(0), true, tracksDirty));
    table(FIRST_NESTED).filling().forEach(draft::add);
    leads.put(GuestTable.ADDRESS, 0);
    leads.put(GuestTable.ADDRESS + Scene.PAGE, 1);
    nested.add(FIRST_NESTED);
    draft.attach(draft.device(0), new DomainId(FIRST_NESTED));
  }

  private GuestTable table(int domain) {
    return new GuestTable(pages, PARENT.value(), domain);
  }

  private GuestTable table(Intention one) {
    return table(domain(one).value());
  }

  private DomainId domain(Intention one) {
    List<Integer> all = List.copyOf(nested);
    return new DomainId(all.isEmpty() ? FIRST_NESTED : all.get(one.which() % all.size()));
  }

  private Set<DomainId> domains() {
    Set<DomainId> all = new HashSet<>();
    nested.forEach(number -> all.add(new DomainId(number)));
    return all;
  }

  /** Whether a requester is in a domain of the table. */
  boolean has(Requester requester) {
    DomainId domain = draft.domainOf(requester);
    return domain != null && nested.contains(domain.value());
  }

  /** An address that the table may translate. */
  static long address(Intention one) {
    return GuestTable.ADDRESS + one.where() % ADDRESSES * Scene.PAGE;
  }

  /** The user changes an entry of its table. */
  void entry(Intention one) {
    GuestTable table = table(FIRST_NESTED);
    int data = one.much() % DATA_PAGES;
    leads.put(address(one), data);
    draft.add(
        switch (one.much() % 9) {
          case 0, 1, 2, 3 -> table.leaf(address(one), data);
          case 4 -> table.readOnly(address(one), data);
          case 5 -> table.nothing(address(one));
          case 6 -> table.leafOfOtherTable(address(one), data);
          case 7 -> table.otherTable();
          default -> table.firstTable();
        });
  }

  /** The user changes what has just been used, mostly, and invalidates it, which shows then. */
  void invalidate(Intention one) {
    if (nested.isEmpty()) {
      return;
    }
    boolean shows = one.which() % 3 != 0;
    if (shows) {
      everybodyReads(one);
      entry(one);
    }
    order(one);
    if (shows) {
      everybodyReads(one);
    }
  }

  private void everybodyReads(Intention one) {
    Iova iova = new Iova(address(one));
    draft.in(domains()).forEach(who -> draft.add(who.read(iova)));
  }

  /** An invalidation of a page, of pages with what is above them, or of everything. */
  private void order(Intention one) {
    GuestTable table = table(one);
    long address = address(one);
    byte[] page = GuestTable.order(address, 1, 1);
    draft.add(
        switch (one.much() % 8) {
          case 0, 1 -> table.invalidate(address, 1);
          case 2 -> table.invalidate(address, 2);
          case 3, 4 -> table.invalidateTables(GuestTable.ADDRESS, ADDRESSES);
          case 5 -> table.invalidateAll();
          case 6 -> table.invalidate(List.of(page, GuestTable.order(0, -1, 0)));
          default -> table.invalidate(List.of(page, GuestTable.order(address, 1, UNKNOWN_FLAG)));
        });
  }

  /** An access of whoever is in a domain of the table; of somebody else if nobody is. */
  void access(Intention one) {
    List<Requester> there = draft.in(domains());
    Requester who =
        there.isEmpty()
            ? new Requester(draft.present(one.which()), null)
            : there.get(one.which() % there.size());
    Iova iova = Draft.within(new Iova(address(one)), one);
    draft.add(one.much() % 3 == 0 ? who.write(iova, draft.value()) : who.read(iova));
  }

  /** A write of somebody who is in a domain of the table, to an address that leads to data. */
  void write(Intention one) {
    List<Long> all = List.copyOf(leads.keySet());
    Iova iova = new Iova(all.get(one.where() % all.size()));
    draft.in(domains()).stream()
        .findFirst()
        .ifPresent(who -> draft.add(who.write(iova, draft.value())));
  }

  /** A device or a PASID comes to a domain of the table, or to the one beneath. */
  void attach(Intention one) {
    DomainId next = one.much() % 8 == 0 || nested.isEmpty() ? PARENT : domain(one);
    Rid device = draft.device(one.much());
    if (hasPasids && one.much() % 3 == 0) {
      draft.setPasid(device, Draft.pasid(one.where()), next);
    } else {
      draft.attach(device, next);
    }
  }

  /** One more domain for the table, or one less; or one on a domain that is no parent. */
  void allocateOrFree(Intention one) {
    DomainId some = domain(one);
    if (one.much() % 6 == 0) {
      AllocateNested good = table(NEVER_MADE.value()).again(NEVER_MADE.value(), WIDTH);
      draft.add(
          new AllocateNested(NEVER_MADE, good.device(), new DomainId(1), good.type(), good.data()));
    } else if (nested.size() >= MOST_NESTED || (one.much() % 3 == 0 && !nested.isEmpty())) {
      free(one.much() % 2 == 0 ? some : unused(some));
    } else {
      int number = FIRST_NESTED;
      while (nested.contains(number)) {
        number++;
      }
      draft.add(table(number).again(number, WIDTH));
      nested.add(number);
    }
  }

  /** It is refused while the domain is in use. */
  private void free(DomainId domain) {
    draft.add(new FreeDomain(domain));
    if (!draft.isInUse(domain)) {
      nested.remove(domain.value());
    }
  }

  private DomainId unused(DomainId otherwise) {
    return nested.stream()
        .map(DomainId::new)
        .filter(domain -> !draft.isInUse(domain))
        .findFirst()
        .orElse(otherwise);
  }

  /** A page of the user is taken from beneath, seldom one of its table, or given back. */
  void page(Intention one) {
    int data = leads.getOrDefault(address(one), one.which() % DATA_PAGES);
    int number = one.much() % 5 == 0 ? one.where() % FIRST_DATA_PAGE : FIRST_DATA_PAGE + data;
    GuestTable table = table(FIRST_NESTED);
    if (!unmapped.isEmpty() && one.much() % 2 == 0) {
      int back = unmapped.contains(number) ? number : unmapped.iterator().next();
      unmapped.remove(back);
      table.mapping(back).forEach(draft::add);
    } else if (unmapped.add(number)) {
      everybodyReads(one);
      draft.add(table.unmapping(number));
      if (one.much() % 3 != 0) {
        draft.sync(PARENT);
      }
    }
    everybodyReads(one);
  }
}
