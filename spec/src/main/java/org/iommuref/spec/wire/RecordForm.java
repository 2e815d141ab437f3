package org.iommuref.spec.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.iommufd.Caller;
import org.jspecify.annotations.Nullable;

/**
 * The form of a record: an object with a member for each component, named in snake case.
 *
 * <p>A component that may be null is left out when it is. A {@link DeviceAccess} or a {@link
 * Caller} inside an operation is written in line, so that the operation reads as others do.
 */
final class RecordForm<T extends Record> implements Form<T> {

  private static final Set<Class<?>> IN_LINE = Set.of(DeviceAccess.class, Caller.class);

  private final Constructor<T> constructor;
  private final List<Member<?>> members;

  RecordForm(Class<T> type) {
    RecordComponent[] components = type.getRecordComponents();
    this.members = Arrays.stream(components).<Member<?>>map(Member::of).toList();
    try {
      this.constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("a record without its constructor: " + type, e);
    }
  }

  @Override
  public ObjectNode write(T value) {
    ObjectNode object = Json.object();
    writeInto(object, value);
    return object;
  }

  @Override
  public T read(JsonNode json, String place) {
    if (json instanceof ObjectNode object) {
      return readFrom(object, place);
    }
    throw WireException.expected(place, "an object", json);
  }

  /** Adds the members of the record to an object. */
  void writeInto(ObjectNode object, T value) {
    members.forEach(member -> member.writeInto(object, value));
  }

  /** Reads the record's members; others are left alone. */
  T readFrom(ObjectNode object, String place) {
    @Nullable Object[] arguments =
        members.stream().map(member -> member.readFrom(object, place)).toArray();
    return construct(arguments, place);
  }

  /** The names of the record's members, those of records in line included. */
  Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    members.forEach(member -> names.addAll(member.names()));
    return names;
  }

  /** A record whose components are all null or 0: it serves to ask a class for its op name. */
  T blank() {
    @Nullable Object[] nothing =
        Arrays.stream(constructor.getParameterTypes()).map(RecordForm::zero).toArray();
    return construct(nothing, constructor.getName());
  }

  private static @Nullable Object zero(Class<?> type) {
    if (type == long.class) {
      return 0L;
    }
    if (type == int.class) {
      return 0;
    }
    return type == boolean.class ? false : null;
  }

  private T construct(@Nullable Object[] arguments, String place) {
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw WireException.at(place, Objects.toString(refused.getMessage(), "out of range"));
      }
      throw new IllegalStateException("a record cannot be made: " + constructor, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a public record cannot be made: " + constructor, e);
    }
  }

  /** One component: its name in JSON, its form, and where its value comes from. */
  private record Member<C>(
      String name, Form<C> form, Method accessor, boolean nullable, boolean inLine) {

    static Member<?> of(RecordComponent component) {
      return new Member<>(
          snakeCase(component.getName()),
          Forms.of(component.getGenericType()),
          component.getAccessor(),
          component.getAnnotatedType().isAnnotationPresent(Nullable.class),
          IN_LINE.contains(component.getType()));
    }

    void writeInto(ObjectNode object, Record owner) {
      C value = valueIn(owner);
      if (value == null) {
        return;
      }
      JsonNode json = form.write(value);
      if (inLine) {
        object.setAll((ObjectNode) json);
      } else {
        object.set(name, json);
      }
    }

    @Nullable C readFrom(ObjectNode object, String place) {
      if (inLine) {
        return form.read(object, place);
      }
      JsonNode json = object.get(name);
      if (json != null && !(nullable && json.isNull())) {
        return form.read(json, place + "." + name);
      }
      if (nullable) {
        return null;
      }
      throw WireException.at(place, "\"" + name + "\" is missing");
    }

    Set<String> names() {
      return inLine && form instanceof RecordForm<?> record ? record.names() : Set.of(name);
    }

    @SuppressWarnings("unchecked") // the accessor of this component yields what its form writes
    private @Nullable C valueIn(Record owner) {
      try {
        return (C) accessor.invoke(owner);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a public record cannot be read: " + accessor, e);
      }
    }

    private static String snakeCase(String name) {
      return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
  }
}
