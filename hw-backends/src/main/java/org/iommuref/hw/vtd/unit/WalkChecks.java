package org.iommuref.hw.vtd.unit;

import java.util.ArrayList;
import java.util.List;

/**
 * Every condition under which a walk refuses a request, in the order of the walk. Manual 7.1.3.
 *
 * @param request before anything is read; {@code low} is RTADDR as SRTP latched it
 * @param root on a root entry
 * @param context on a context entry
 * @param address on the address, once the context entry is known
 * @param entry on a second-stage entry
 * @param rights on the rights of all entries read so far
 * @param output on the address that a translation gives; {@code low} is the address
 */
public record WalkChecks(
    Checks request,
    Checks root,
    Checks context,
    Checks address,
    Checks entry,
    Checks rights,
    Checks output) {

  /** The lists in the order of the walk. */
  public List<Checks> all() {
    return List.of(request, root, context, address, entry, rights, output);
  }

  /** The same with another list in place of the one with its subject. */
  public WalkChecks with(Checks other) {
    List<Checks> lists = new ArrayList<>(all());
    lists.replaceAll(list -> list.subject().equals(other.subject()) ? other : list);
    return new WalkChecks(
        lists.get(0),
        lists.get(1),
        lists.get(2),
        lists.get(3),
        lists.get(4),
        lists.get(5),
        lists.get(6));
  }
}
