package org.iommuref.conformance.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.ClauseDefinition;
import org.iommuref.spec.clause.ClauseId;

/**
 * {@code report.json}: the source of everything else that a run writes.
 *
 * <p>It holds no time, host, path or version of Java. Schema: {@code report.schema.json}.
 */
public final class ReportJson {

  private static final int FORMAT = 1;

  private final Catalogue catalogue;

  /** Clauses are quoted from this catalogue. */
  public ReportJson(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** The report as JSON. */
  public ObjectNode write(RunReport run) {
    ObjectNode json = object();
    json.put("format", FORMAT);
    json.set("settings", settings(run.settings()));
    json.put("exit", run.exitCode());
    json.set("clauses", clauses(run));
    ArrayNode targets = json.putArray("targets");
    for (int i = 0; i < run.targets().size(); i++) {
      targets.add(target(run, i));
    }
    return json;
  }

  private static ObjectNode settings(RunReport.Settings settings) {
    ObjectNode json = object();
    json.put("seam", settings.seam());
    json.set("clauses", texts(settings.clauses()));
    json.put("seed", Long.toString(settings.seed()));
    json.put("cases", settings.cases());
    json.put("caches", settings.caches().name().toLowerCase(Locale.ROOT));
    return json.put("validate", settings.validate());
  }

  /** Every clause that has a verdict, as the catalogue states it. */
  private ObjectNode clauses(RunReport run) {
    Set<ClauseId> judged = new TreeSet<>();
    for (TargetResult target : run.targets()) {
      if (target instanceof TargetResult.Judged one) {
        one.report().verdicts().forEach(verdict -> judged.add(verdict.clause()));
      }
    }
    ObjectNode json = object();
    judged.forEach(id -> json.set(id.toString(), clause(catalogue.cited(id.toString()))));
    return json;
  }

  private static ObjectNode clause(ClauseDefinition clause) {
    ObjectNode json = object();
    json.put("level", clause.level().keyword());
    json.put("title", clause.title());
    json.put("statement", clause.statement());
    json.put("intent", clause.intent());
    ArrayNode origins = json.putArray("origin");
    clause
        .origins()
        .forEach(
            origin -> origins.addObject().put("source", origin.source()).put("at", origin.at()));
    json.set("needs", texts(clause.needs().stream().map(Capability::name).toList()));
    return json.put("check", clause.check().word());
  }

  private static ObjectNode target(RunReport run, int index) {
    TargetResult result = run.targets().get(index);
    ObjectNode json = object().put("target", result.target());
    if (result instanceof TargetResult.Judged judged) {
      judged(json, run, index, judged);
    } else if (result instanceof TargetResult.NotJudged not) {
      json.put("problem", not.problem());
    }
    return json.put("exit", result.exitCode());
  }

  private static void judged(
      ObjectNode json, RunReport run, int index, TargetResult.Judged judged) {
    Report report = judged.report();
    json.put("title", report.title());
    json.set("claims", claims(report.hwInfo()));
    json.put("cases", report.cases());
    json.put("operations", report.operations());
    ObjectNode counts = json.putObject("counts");
    for (Verdict verdict : Verdict.values()) {
      counts.put(verdict.word(), report.count(verdict));
    }
    ArrayNode verdicts = json.putArray("verdicts");
    report.verdicts().forEach(verdict -> verdicts.add(verdict(verdict)));
    ArrayNode failures = json.putArray("failures");
    for (Failure failure : report.failures()) {
      ObjectNode written = new FailureFile(failure, run.settings().validate()).write();
      failures.add(written.put("replay", run.replayFile(index, failure)));
    }
    ArrayNode known = json.putArray("known");
    judged.known().forEach(entry -> known.add(known(entry, report)));
    json.set("harness_errors", texts(report.harnessErrors()));
  }

  private static ObjectNode claims(HwInfo claims) {
    ObjectNode json = object();
    json.put("architecture", claims.architecture());
    json.put("page_sizes", "0x" + Long.toHexString(claims.pageSizes()));
    json.put("address_bits", claims.addressBits());
    json.put("max_pasids", claims.maxPasids());
    json.set("unit", texts(claims.unit().stream().map(Capability::name).toList()));
    json.set("stimulus", texts(claims.stimulus().stream().map(Capability::name).toList()));
    return json;
  }

  private static ObjectNode verdict(ClauseVerdict verdict) {
    ObjectNode json = object();
    json.put("clause", verdict.clause().toString());
    json.put("verdict", verdict.verdict().word());
    json.put("reason", verdict.reason());
    json.put("cases", verdict.cases());
    ObjectNode witnesses = json.putObject("witnesses");
    witnesses.put("must_succeed", verdict.witnesses().mustSucceed());
    witnesses.put("must_fault", verdict.witnesses().mustFault());
    witnesses.put("stale_used", verdict.witnesses().staleUsed());
    witnesses.put("may", verdict.witnesses().may());
    ArrayNode failing = json.putArray("failing");
    verdict.failing().forEach(one -> failing.add(failing(one)));
    return json;
  }

  private static ObjectNode failing(FailingCase one) {
    ObjectNode json = object().put("case", one.name()).put("extent", one.extent());
    ArrayNode checks = json.putArray("checks");
    for (FailingCase.Check check : one.checks()) {
      ObjectNode written = checks.addObject().put("step", check.step()).put("call", check.call());
      written.put("expected", check.expected()).put("seen", check.seen());
    }
    return json;
  }

  private static ObjectNode known(KnownFailure entry, Report report) {
    ObjectNode json = object();
    json.put("clause", entry.clause().toString());
    json.put("seen", entry.seen());
    json.put("says", entry.says());
    json.put("source", entry.source());
    json.put("confidence", entry.confidence());
    return json.put("problem", entry.problem(report).orElse(""));
  }

  private static ArrayNode texts(Collection<String> texts) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    texts.forEach(array::add);
    return array;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
