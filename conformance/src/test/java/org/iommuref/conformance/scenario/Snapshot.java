package org.iommuref.conformance.scenario;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Every field that can be reached from some objects, with what it holds. */
final class Snapshot {

  private static final Map<Class<?>, List<Field>> FIELDS = new HashMap<>();
  private static final List<String> NOT_LOOKED_INTO =
      List.of(
          "org.iommuref.model.explore.",
          "org.iommuref.model.schedule.",
          "org.iommuref.spec.memory.",
          SharedStateTest.class.getName(), // the way to steps leads through who takes snapshots
          "java.");

  private final Map<Place, String> values = new HashMap<>();
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> unread = new ArrayDeque<>();

  private record Place(Object owner, Field field) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Place place && place.owner == owner && place.field.equals(field);
    }

    @Override
    public int hashCode() {
      return 31 * System.identityHashCode(owner) + field.hashCode();
    }
  }

  private Snapshot() {}

  /** Of all that these objects reach. */
  static Snapshot of(Object... roots) {
    Snapshot snapshot = new Snapshot();
    snapshot.unread.addAll(Arrays.asList(roots));
    while (!snapshot.unread.isEmpty()) {
      snapshot.read(snapshot.unread.remove());
    }
    return snapshot;
  }

  /** The fields, as {@code Area.pages}, that hold something else than in an earlier one. */
  Set<String> changesSince(Snapshot earlier) {
    Set<String> changes = new TreeSet<>();
    values.forEach(
        (place, value) -> {
          String before = earlier.values.get(place);
          if (before != null && !before.equals(value)) {
            Field field = place.field();
            changes.add(field.getDeclaringClass().getSimpleName() + "." + field.getName());
          }
        });
    return changes;
  }

  private void read(Object owner) {
    String type = owner.getClass().getName();
    if (!seen.add(owner) || NOT_LOOKED_INTO.stream().anyMatch(type::startsWith)) {
      return;
    }
    for (Field field : FIELDS.computeIfAbsent(owner.getClass(), Snapshot::fields)) {
      try {
        values.put(new Place(owner, field), words(field.get(owner)));
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static List<Field> fields(Class<?> type) {
    List<Field> fields = new ArrayList<>();
    for (Class<?> each = type; each != Object.class && each != null; each = each.getSuperclass()) {
      for (Field field : each.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          field.setAccessible(true);
          fields.add(field);
        }
      }
    }
    return fields;
  }

  private String words(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, String> entries = new LinkedHashMap<>();
      map.forEach((key, held) -> entries.put(words(key), words(held)));
      boolean ordered = map instanceof SortedMap || map instanceof LinkedHashMap;
      return (ordered ? entries : new TreeMap<>(entries)).toString();
    }
    if (value instanceof Collection<?> all) {
      List<String> items = new ArrayList<>();
      all.forEach(item -> items.add(words(item)));
      if (all instanceof Set && !(all instanceof SortedSet) && !(all instanceof LinkedHashSet)) {
        Collections.sort(items);
      }
      return items.toString();
    }
    if (value instanceof Object[] array) {
      return words(Arrays.asList(array));
    }
    if (value instanceof Optional<?> optional) {
      return words(optional.orElse(null));
    }
    if (value == null || value instanceof Number || value instanceof BitSet) {
      return String.valueOf(value);
    }
    return value instanceof long[] longs ? Arrays.toString(longs) : name(value);
  }

  private String name(Object value) {
    if (value instanceof int[] ints) {
      return Arrays.toString(ints);
    }
    if (value instanceof Enum || value instanceof String || value instanceof Boolean) {
      return value.toString();
    }
    unread.add(value);
    return value.getClass().getName() + "@" + System.identityHashCode(value);
  }
}
