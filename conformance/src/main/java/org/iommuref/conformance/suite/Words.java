package org.iommuref.conformance.suite;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.FaultLog;
import org.iommuref.spec.operation.Access;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.jspecify.annotations.Nullable;

/** Operations and replies in the words of a report. */
public final class Words {

  private Words() {}

  /** One operation: its name and arguments. */
  public static String of(Operation<?> operation) {
    if (operation instanceof Access access) {
      return of(access.access());
    }
    List<String> words = new ArrayList<>(List.of(operation.op()));
    for (RecordComponent component : operation.getClass().getRecordComponents()) {
      Object value = valueOf(component, operation);
      if (value != null) {
        words.add(word(component.getName(), value));
      }
    }
    return String.join("  ", words);
  }

  private static String of(DeviceAccess access) {
    String pasid = access.pasid() == null ? "" : "  " + access.pasid();
    return access.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')
        + "  "
        + access.rid()
        + pasid
        + "  iova "
        + access.iova();
  }

  private static String word(String name, Object value) {
    if (value instanceof Long bytes) {
      return name + " 0x" + Long.toHexString(bytes);
    }
    if (value instanceof DeviceAccess access) {
      return of(access);
    }
    String text = value.toString();
    return text.startsWith(name + " ") ? text : name + " " + text;
  }

  private static @Nullable Object valueOf(RecordComponent component, Operation<?> operation) {
    try {
      return component.getAccessor().invoke(operation);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the components of " + operation.getClass(), e);
    }
  }

  /** One reply. */
  public static String of(Reply<?> reply) {
    if (reply instanceof Reply.Ok<?> ok) {
      return value(ok.value());
    }
    if (reply instanceof Reply.Err<?> err) {
      return err.partial() == null
          ? err.errno().name()
          : err.errno() + " after " + value(err.partial());
    }
    if (reply instanceof Reply.Unsupported<?> unsupported) {
      return "unsupported: " + unsupported.reason();
    }
    Reply.Lost<?> lost = (Reply.Lost<?>) reply;
    return lost.loss().name().toLowerCase(Locale.ROOT) + ": " + lost.detail();
  }

  private static String value(@Nullable Object value) {
    if (value instanceof Long bytes) {
      return "0x" + Long.toHexString(bytes);
    }
    if (value instanceof FaultLog log) {
      List<String> records = new ArrayList<>();
      log.records()
          .forEach(
              r ->
                  records.add(
                      (r.write() ? "write " : "read ")
                          + r.page()
                          + " by "
                          + r.rid()
                          + (r.pasid() == null ? "" : " " + r.pasid())
                          + " reason 0x"
                          + Integer.toHexString(r.reason())));
      String all = records.isEmpty() ? "no record" : String.join(", ", records);
      return log.overflow() ? all + ", overflow" : all;
    }
    return value instanceof Enum<?> done
        ? done.name().toLowerCase(Locale.ROOT)
        : String.valueOf(value);
  }
}
