package org.iommuref.conformance.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.iommuref.spec.access.Rid;
import org.jspecify.annotations.Nullable;

/**
 * The way of a failing access from its device to memory, as a drawing: each table that it passes
 * with the entry that it meets there, and at the end what was seen beside what was allowed.
 *
 * <p>Of an architecture whose tables are not known here, the domain stands for all of them.
 */
final class TableWalk {

  private static final String VTD = "vtd";
  private static final int PAGE_BITS = 12;
  private static final int LEVEL_BITS = 9;

  private final JsonNode claims;
  private final JsonNode steps;
  private final JsonNode access;
  private final long iova;

  /** One station: where it is, the entry there, and what is to be said of it. */
  record Box(String place, String entry, String remark) {}

  private TableWalk(JsonNode claims, JsonNode steps, JsonNode access) {
    this.claims = claims;
    this.steps = steps;
    this.access = access;
    this.iova = hex(access.path("iova"));
  }

  /** The stations; none if the step that fails is no access. */
  static List<Box> of(JsonNode claims, JsonNode failure) {
    JsonNode steps = failure.path("steps");
    JsonNode last = steps.path(steps.size() - 1).path("request");
    return last.path("op").asText().equals("access")
        ? new TableWalk(claims, steps, last).boxes()
        : List.of();
  }

  private List<Box> boxes() {
    List<Box> boxes = new ArrayList<>();
    Rid rid = Rid.parse(access.path("rid").asText());
    String pasid = access.has("pasid") ? "pasid " + access.path("pasid").asInt() + ", " : "";
    String kind = access.path("kind").asText().replace('_', ' ');
    boxes.add(
        new Box("device " + rid, kind + " 0x" + Long.toHexString(iova), pasid + "untranslated"));
    String domain = domain();
    if (!claims.path("architecture").asText().equals(VTD)) {
      boxes.add(new Box("domain", domain, "its tables"));
      boxes.add(new Box("page", "0x" + Long.toHexString(iova & -pageSize()), history()));
      return boxes;
    }
    boxes.add(new Box("root table", String.format(Locale.ROOT, "bus 0x%02x", rid.bus()), ""));
    boxes.add(
        new Box("context table", String.format(Locale.ROOT, "entry 0x%02x", rid.devfn()), domain));
    int levels = (claims.path("address_bits").asInt() - PAGE_BITS + LEVEL_BITS - 1) / LEVEL_BITS;
    int leaf = (Long.numberOfTrailingZeros(pageSize()) - PAGE_BITS) / LEVEL_BITS + 1;
    for (int level = levels; level >= leaf; level--) {
      int shift = PAGE_BITS + (level - 1) * LEVEL_BITS;
      long index = iova >>> shift & ((1 << LEVEL_BITS) - 1);
      boxes.add(
          new Box(
              "level " + level,
              String.format(Locale.ROOT, "entry %d", index),
              level == leaf ? history() : ""));
    }
    return boxes;
  }

  /** The domain that the requester was attached to last. */
  private String domain() {
    String domain = "no domain";
    for (JsonNode step : steps) {
      JsonNode request = step.path("request");
      boolean same = !request.has("device") || request.path("device").equals(access.path("rid"));
      boolean ofPasid = request.path("pasid").equals(access.path("pasid"));
      String op = request.path("op").asText();
      boolean attaches = op.contains("attach") || op.contains("replace") || op.equals("pasid.set");
      if (attaches && same && ofPasid && request.has("domain")) {
        domain = "domain " + request.path("domain").asInt();
      }
    }
    return domain;
  }

  /** What was done to the page, by the numbers of the steps. */
  private String history() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      JsonNode step = steps.path(i);
      JsonNode request = step.path("request");
      String op = request.path("op").asText();
      boolean syncs = op.equals("sync") || op.equals("flush_all");
      if ((isMapOrUnmap(op) && covers(request, removed(step))) || (syncs && !lines.isEmpty())) {
        lines.add(i + 1 + " " + op.replace("core.", ""));
      }
    }
    return lines.isEmpty() ? "never mapped" : String.join(", ", lines);
  }

  private static boolean isMapOrUnmap(String op) {
    return op.equals("map")
        || op.equals("unmap")
        || op.equals("core.map")
        || op.equals("core.unmap");
  }

  private boolean covers(JsonNode request) {
    return covers(request, 0);
  }

  private boolean covers(JsonNode request, long atLeast) {
    long size = Math.max(size(request), atLeast);
    return Long.compareUnsigned(iova - hex(request.path("iova")), size) < 0;
  }

  /** What an unmap says it removed: more than it was asked for, where it met a large page. */
  private static long removed(JsonNode step) {
    String answer = step.path("answer").asText();
    boolean unmaps = step.path("request").path("op").asText().endsWith("unmap");
    return unmaps && answer.matches("0x[0-9a-f]{1,15}") ? hex(step.path("answer")) : 0;
  }

  private static long size(JsonNode request) {
    return request.has("size")
        ? hex(request.path("size"))
        : hex(request.path("page_size")) * hex(request.path("count"));
  }

  /** The size of the last page that was mapped there, or else the smallest. */
  private long pageSize() {
    long smallest = Long.lowestOneBit(hex(claims.path("page_sizes")));
    long size = smallest;
    for (JsonNode step : steps) {
      JsonNode request = step.path("request");
      if (request.path("op").asText().equals("map") && covers(request)) {
        size = hex(request.path("page_size"));
      } else if (request.path("op").asText().equals("core.map") && covers(request)) {
        size = largestInside(request, smallest);
      }
    }
    return size;
  }

  /** The core takes the largest page that lies inside the range and is aligned on both sides. */
  private long largestInside(JsonNode map, long smallest) {
    long sizes = hex(claims.path("page_sizes"));
    long start = hex(map.path("iova"));
    long apart = start ^ hex(map.path("paddr"));
    long largest = smallest;
    for (long size = smallest; size != 0; size <<= 1) {
      long page = iova & -size;
      boolean inside =
          Long.compareUnsigned(page - start, size(map)) < 0
              && Long.compareUnsigned(page - start + size, size(map)) <= 0;
      if ((sizes & size) != 0 && inside && (apart & (size - 1)) == 0) {
        largest = size;
      }
    }
    return largest;
  }

  private static long hex(@Nullable JsonNode text) {
    return text == null || text.isMissingNode()
        ? 0
        : Long.parseUnsignedLong(text.asText().substring(2), 16);
  }
}
