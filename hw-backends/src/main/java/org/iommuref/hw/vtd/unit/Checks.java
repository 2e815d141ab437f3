package org.iommuref.hw.vtd.unit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.jspecify.annotations.Nullable;

/**
 * Conditions in the order in which a unit looks at them; the first that holds gives the reason.
 *
 * <p>They are a list, which can be read, printed and changed; how it is gone through is in {@link
 * InlinedChecks}.
 */
public abstract class Checks {

  private static final String COPIED = "InlinedChecks.class";

  private final Content content;

  /** What is checked, and the conditions. */
  record Content(String subject, List<Check> inOrder) {

    /** Copies the list. */
    Content {
      inOrder = List.copyOf(inOrder);
    }

    /** The condition at a place; behind the last, one that never holds. */
    Check.Test test(int place) {
      return place < inOrder.size()
          ? inOrder.get(place).test()
          : (request, low, high, unit) -> false;
    }
  }

  Checks(Content content) {
    this.content = content;
  }

  static Checks of(String subject, Check... inOrder) {
    return of(subject, List.of(inOrder));
  }

  private static Checks of(String subject, List<Check> inOrder) {
    Content content = new Content(subject, inOrder);
    try (InputStream copied = Checks.class.getResourceAsStream(COPIED)) {
      return (Checks)
          MethodHandles.lookup()
              .defineHiddenClassWithClassData(
                  Objects.requireNonNull(copied, COPIED).readAllBytes(), content, true)
              .lookupClass()
              .getDeclaredConstructor()
              .newInstance();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no list for " + subject, e);
    }
  }

  /** What is checked. */
  public String subject() {
    return content.subject();
  }

  /** The conditions. */
  public List<Check> inOrder() {
    return content.inOrder();
  }

  /** The reason for which the request is refused, or null if every check passes. */
  abstract @Nullable FaultReason refusal(
      DmaRequest request, long low, long high, VtdConfiguration unit);

  /** The list without one of its conditions. */
  public Checks without(int index) {
    List<Check> rest = new ArrayList<>(inOrder());
    rest.remove(index);
    return of(subject(), rest);
  }

  /** The list with another condition in place of one. */
  public Checks with(int index, Check other) {
    List<Check> all = new ArrayList<>(inOrder());
    all.set(index, other);
    return of(subject(), all);
  }

  /** The list with a condition in front. */
  public Checks startingWith(Check first) {
    List<Check> all = new ArrayList<>(inOrder());
    all.add(0, first);
    return of(subject(), all);
  }

  /** The list with a condition and the next one exchanged. */
  public Checks swapped(int index) {
    List<Check> all = new ArrayList<>(inOrder());
    Collections.swap(all, index, index + 1);
    return of(subject(), all);
  }
}
