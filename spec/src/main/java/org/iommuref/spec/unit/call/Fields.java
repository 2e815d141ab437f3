package org.iommuref.spec.unit.call;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an answer as numbers, by name.
 *
 * <p>A number is {@link #VALUE}; an access is {@link #COMPLETED} (1 or 0) and {@link #DATA}; any
 * other answer has the components of its record: truth is 1 or 0, a word of a list is its place in
 * it, and what is absent is {@link #ABSENT}.
 */
public final class Fields {

  /** A plain number. */
  public static final String VALUE = "value";

  /** Whether an access was admitted. */
  public static final String COMPLETED = "completed";

  /** What an access that was admitted read. */
  public static final String DATA = "data";

  /** What is not there. */
  public static final long ABSENT = -1;

  private Fields() {}

  /** The fields of what a call yielded. */
  public static Map<String, Long> of(Object answer) {
    if (answer instanceof Long number) {
      return Map.of(VALUE, number);
    }
    if (answer instanceof AccessOutcome.Completed completed) {
      return Map.of(COMPLETED, 1L, DATA, completed.data());
    }
    if (answer instanceof AccessOutcome) {
      return Map.of(COMPLETED, 0L);
    }
    Map<String, Long> fields = new LinkedHashMap<>();
    if (answer instanceof Record) {
      for (RecordComponent component : answer.getClass().getRecordComponents()) {
        fields.put(component.getName(), number(component, answer));
      }
    }
    return fields;
  }

  private static long number(RecordComponent component, Object owner) {
    Object value;
    try {
      value = component.getAccessor().invoke(owner);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a public record cannot be read: " + component, e);
    }
    return number(value);
  }

  /** A component as a number. */
  static long number(@Nullable Object value) {
    if (value instanceof Number number) {
      return number.longValue();
    }
    if (value instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    if (value instanceof Enum<?> word) {
      return List.of(word.getDeclaringClass().getEnumConstants()).indexOf(word);
    }
    if (value instanceof Rid rid) {
      return rid.value();
    }
    return value instanceof Pasid pasid ? pasid.value() : ABSENT;
  }
}
