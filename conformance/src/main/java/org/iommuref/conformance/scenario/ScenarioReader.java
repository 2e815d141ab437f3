package org.iommuref.conformance.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.iommuref.model.explore.StoreOrder;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.operation.BackendOperation;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.spi.RaceId;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.wire.OperationCodec;
import org.iommuref.spec.wire.WireException;
import org.jspecify.annotations.Nullable;

/** Reads one scenario and holds it to the catalogue and to itself. */
final class ScenarioReader {

  private static final Set<String> FIELDS =
      Set.of(
          "name",
          "title",
          "story",
          "origin",
          "races",
          "seam",
          "target",
          "needs",
          "topology",
          "allocations",
          "stores",
          "bound",
          "values",
          "set_up",
          "threads",
          "afterwards",
          "outcomes",
          "otherwise",
          "kills");
  private static final Pattern HEX = Pattern.compile("0x[0-9a-fA-F]{1,16}");

  private final Catalogue catalogue;
  private final YamlEntry file;
  private final Set<String> results = new HashSet<>();
  private final IommufdCallReader iommufd = new IommufdCallReader();
  private int seam = 2;

  private ScenarioReader(Catalogue catalogue, YamlEntry file) {
    this.catalogue = catalogue;
    this.file = file;
  }

  /**
   * The scenario that a file states.
   *
   * @param path as messages name it
   * @param name what the field {@code name} must say
   * @throws ScenarioException if the file is wrong anywhere
   */
  static ScenarioFile read(Catalogue catalogue, String path, String name, String yaml) {
    return new ScenarioReader(catalogue, YamlEntry.read(path, yaml)).scenario(name);
  }

  private ScenarioFile scenario(String name) {
    file.allowOnly(FIELDS);
    if (!file.text("name").equals(name)) {
      throw file.wrong("name", "the name must be that of the file, '" + name + "'");
    }
    seam = seam();
    Map<Long, String> values = file.has("values") || seam == 2 ? values() : Map.of();
    List<Call> setUp = calls(file, "set_up");
    if (!results.isEmpty()) {
      throw file.wrong("set_up", "the set-up has no results: no field 'as'");
    }
    List<CallThread> threads = threads();
    List<Call> afterwards = calls(file, "afterwards");
    return new ScenarioFile(
        name,
        file.text("title"),
        file.text("story"),
        file.origins(catalogue),
        races(),
        seam,
        file.text("target"),
        needs(),
        seam == 2 ? topology() : new Topology(List.of()),
        allocationsFail(),
        stores(),
        bound(),
        values,
        setUp,
        threads,
        afterwards,
        outcomes(),
        otherwise(),
        file.texts("kills"));
  }

  private List<RaceId> races() {
    try {
      return file.texts("races").stream().map(RaceId::parse).toList();
    } catch (IllegalArgumentException e) {
      throw file.wrong("races", String.valueOf(e.getMessage()));
    }
  }

  private int seam() {
    int said = file.has("seam") ? file.number("seam") : 2;
    if (said != 2 && said != 3) {
      throw file.wrong("seam", "a scenario is of seam 2 or 3, not " + said);
    }
    for (String field :
        said == 2 ? List.of("allocations") : List.of("needs", "topology", "stores")) {
      if (file.has(field)) {
        throw file.wrong(field, "a scenario of seam " + said + " has no field '" + field + "'");
      }
    }
    return said;
  }

  private boolean allocationsFail() {
    if (!file.has("allocations")) {
      return false;
    }
    if (!file.text("allocations").equals("chosen")) {
      throw file.wrong("allocations", "allocations are 'chosen' or the field is absent");
    }
    return true;
  }

  private StoreOrder stores() {
    if (!file.has("stores")) {
      return StoreOrder.SEQUENTIAL;
    }
    return StoreOrder.named(file.text("stores"))
        .orElseThrow(() -> file.wrong("stores", "stores are " + StoreOrder.words()));
  }

  private Set<Capability> needs() {
    Set<Capability> needs = EnumSet.noneOf(Capability.class);
    for (String name : file.texts("needs")) {
      needs.add(
          Arrays.stream(Capability.values())
              .filter(capability -> capability.name().equals(name))
              .findFirst()
              .orElseThrow(() -> file.wrong("needs", "unknown capability '" + name + "'")));
    }
    return needs;
  }

  private Topology topology() {
    List<Topology.Device> devices = new ArrayList<>();
    for (YamlEntry device : file.atLeastOne("topology")) {
      device.allowOnly(Set.of("rid", "unit", "group"));
      try {
        devices.add(
            new Topology.Device(
                Rid.parse(device.text("rid")),
                device.number("unit"),
                new GroupId(device.number("group"))));
      } catch (IllegalArgumentException e) {
        throw device.wrong("rid", String.valueOf(e.getMessage()));
      }
    }
    return new Topology(devices);
  }

  private Bound bound() {
    YamlEntry bound = file.entry("bound");
    bound.allowOnly(Set.of("preemptions", "choices", "most", "random"));
    Bound found =
        new Bound(
            bound.number("preemptions"),
            bound.number("choices"),
            bound.has("most") ? bound.number("most") : 0,
            bound.has("random") ? bound.number("random") : 0);
    if (Math.min(found.preemptions(), found.choices()) < 0
        || Math.min(found.most(), found.random()) < 0) {
      throw file.wrong("bound", "a bound is negative");
    }
    return found;
  }

  private Map<Long, String> values() {
    Map<Long, String> values = new LinkedHashMap<>();
    YamlEntry entry = file.entry("values");
    for (String name : entry.names()) {
      String text = entry.text(name);
      if (!HEX.matcher(text).matches()) {
        throw entry.wrong(name, "value '" + name + "' wants a hex string such as \"0xa\"");
      }
      if (values.put(Long.parseUnsignedLong(text.substring(2), 16), name) != null) {
        throw entry.wrong(name, "two values are " + text);
      }
    }
    return values;
  }

  private List<CallThread> threads() {
    List<CallThread> threads = new ArrayList<>();
    for (YamlEntry thread : file.atLeastOne("threads")) {
      thread.allowOnly(Set.of("name", "do"));
      String name = thread.text("name");
      if (threads.stream().anyMatch(known -> known.name().equals(name))) {
        throw thread.wrong("name", "two threads are called '" + name + "'");
      }
      List<Call> calls = calls(thread, "do");
      if (calls.stream().anyMatch(IommufdCall.TakeAway.class::isInstance)) {
        throw thread.wrong("do", "'absent' goes in the set-up");
      }
      threads.add(new CallThread(name, calls));
    }
    return threads;
  }

  private List<Call> calls(YamlEntry owner, String field) {
    return owner.entries(field).stream().map(this::call).toList();
  }

  private Call call(YamlEntry entry) {
    @Nullable String as = entry.has("as") ? entry.text("as") : null;
    Call call = seam == 2 ? onBackend(entry, as) : iommufd.read(entry, as);
    if (as != null && !results.add(as)) {
      throw entry.wrong("as", "two results are called '" + as + "'");
    }
    return call;
  }

  private static Call onBackend(YamlEntry entry, @Nullable String as) {
    Operation<?> operation;
    try {
      operation = OperationCodec.all().read(entry.jsonWithout("as"));
    } catch (WireException e) {
      throw entry.wrong("op", String.valueOf(e.getMessage()));
    }
    if (!(operation instanceof BackendOperation<?> call)) {
      throw entry.wrong("op", "'" + operation.op() + "' is no operation of seam 2");
    }
    return new Call.OnBackend(call, as);
  }

  private List<OutcomeRule> outcomes() {
    return file.atLeastOne("outcomes").stream().map(this::rule).toList();
  }

  private OutcomeRule rule(YamlEntry entry) {
    entry.allowOnly(Set.of("verdict", "when", "shows", "why"));
    OutcomeRule.Verdict verdict =
        Arrays.stream(OutcomeRule.Verdict.values())
            .filter(value -> word(value).equals(entry.text("verdict")))
            .findFirst()
            .orElseThrow(() -> entry.wrong("verdict", "verdict wants " + verdicts()));
    Map<String, String> when = new LinkedHashMap<>();
    YamlEntry wanted = entry.entry("when");
    for (String name : wanted.names()) {
      if (!results.contains(name)) {
        throw wanted.wrong(name, "no operation has the result '" + name + "'");
      }
      when.put(name, wanted.text(name));
    }
    List<ClauseId> shows = clauses(entry, "shows");
    if (verdict == OutcomeRule.Verdict.FORBIDDEN && shows.isEmpty()) {
      throw entry.wrong("shows", "a forbidden outcome wants the clauses that it violates");
    }
    return new OutcomeRule(verdict, when, shows, entry.text("why"));
  }

  private List<ClauseId> otherwise() {
    List<ClauseId> clauses = clauses(file, "otherwise");
    if (clauses.isEmpty()) {
      throw file.wrong("otherwise", "an outcome that is not listed wants clauses: 'otherwise'");
    }
    return clauses;
  }

  private List<ClauseId> clauses(YamlEntry entry, String field) {
    List<ClauseId> clauses = new ArrayList<>();
    for (String id : entry.texts(field)) {
      try {
        clauses.add(catalogue.cited(id).id());
      } catch (IllegalArgumentException e) {
        throw entry.wrong(field, String.valueOf(e.getMessage()));
      }
    }
    return clauses;
  }

  private static String word(OutcomeRule.Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }

  private static String verdicts() {
    return Arrays.stream(OutcomeRule.Verdict.values())
        .map(ScenarioReader::word)
        .collect(Collectors.joining(", "));
  }
}
