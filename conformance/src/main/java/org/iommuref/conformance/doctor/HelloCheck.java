package org.iommuref.conformance.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Comparator;
import org.iommuref.conformance.process.MessageSchemas;
import org.iommuref.conformance.process.ProcessOptions;
import org.iommuref.conformance.spelling.Spelling;
import org.iommuref.conformance.target.UnitClaims;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.wire.Hello;
import org.iommuref.spec.wire.Introduction;
import org.iommuref.spec.wire.Json;
import org.iommuref.spec.wire.MessageCodec;
import org.iommuref.spec.wire.WireException;
import org.jspecify.annotations.Nullable;

/** Whether a child introduces itself, and whether what it says fits together. */
final class HelloCheck {

  private static final int ALIKE = 4;

  private final ProcessOptions options;
  private final int seam;
  private final Findings findings;

  HelloCheck(ProcessOptions options, int seam, Findings findings) {
    this.options = options;
    this.seam = seam;
    this.findings = findings;
  }

  /** Says hello. Returns what the child said, or null if it is no valid hello. */
  @Nullable Introduction greet(Dialogue dialogue) {
    Hello hello = new Hello(Hello.PROTOCOL, seam, options.window(), options.lineLimit());
    long id = dialogue.send(hello);
    ObjectNode reply = dialogue.receive(options.startDeadline());
    if (reply == null) {
      explainSilence(dialogue);
      return null;
    }
    if (reply.path("id").asLong(-1) != id) {
      findings.problem(
          "Its hello has the id " + reply.path("id") + " instead of " + id + ", the request's.");
    }
    return read(dialogue, reply, hello);
  }

  private void explainSilence(Dialogue dialogue) {
    String silence = dialogue.silence();
    if (dialogue.hasEnded()) {
      findings.problem("It " + silence + ", before it said hello.");
      return;
    }
    dialogue.endInput();
    if (dialogue.receive(options.deadline()) != null) {
      findings.problem(
          "Its hello came only when its stdin was closed: it does not flush stdout after each"
              + " line.");
    } else if (dialogue.hasEnded()) {
      findings.problem("It never says hello: it " + silence + " and ended with its stdin.");
    } else {
      findings.problem(
          "It never says hello: it " + silence + ", and does not end when its stdin is closed.");
    }
  }

  private @Nullable Introduction read(Dialogue dialogue, ObjectNode reply, Hello hello) {
    int before = findings.problems();
    for (String problem : new MessageSchemas().problemsOfReply(hello.op(), reply)) {
      if (!problem.startsWith("$.ok.unit[") && !problem.startsWith("$.ok.stimulus[")) {
        findings.problem("Its hello: " + problem.replace("$.ok: ", "") + ".");
      }
    }
    names(reply.at("/ok/unit"), "unit", Capability.Kind.UNIT);
    names(reply.at("/ok/stimulus"), "stimulus", Capability.Kind.STIMULUS);
    try {
      if (MessageCodec.readReply(reply, hello) instanceof Reply.Ok<Introduction> ok) {
        if (ok.value().seam() != seam) {
          findings.problem(
              "It is of seam " + ok.value().seam() + ", and was asked for seam " + seam + ".");
          return null;
        }
        dialogue.said(ok.value());
        consistent(ok.value());
        return ok.value();
      }
      findings.problem("It answers hello without ok: " + Json.shorten(reply.toString()));
    } catch (WireException e) {
      if (findings.problems() == before) {
        findings.problem("Its hello is not taken: " + e.getMessage() + ".");
      }
    }
    return null;
  }

  private void names(JsonNode names, String list, Capability.Kind kind) {
    for (JsonNode name : names) {
      String said = name.asText();
      Capability nearest =
          Arrays.stream(Capability.values())
              .min(Comparator.comparingInt(c -> Spelling.distance(c.name(), said)))
              .orElseThrow();
      String place = "Its hello: \"" + list + "\" has " + said + ", which ";
      if (!nearest.name().equals(said)) {
        String hint =
            Spelling.distance(nearest.name(), said) <= ALIKE ? "; is " + nearest + " meant?" : ".";
        findings.problem(place + "is no capability" + hint);
      } else if (nearest.kind() != kind) {
        findings.problem(place + "belongs in the other list.");
      }
    }
  }

  /** What is allowed, but may not be meant. */
  private void consistent(Introduction said) {
    if (said.seam() == Hello.UNIT_SEAM) {
      consistentUnit(said);
      return;
    }
    boolean large = said.unit().contains(Capability.LARGE_PAGES);
    if (large != (Long.bitCount(said.pageSizes()) > 1)) {
      findings.note(
          large
              ? "LARGE_PAGES is claimed, but \"page_sizes\" has one size."
              : "\"page_sizes\" has several sizes, but LARGE_PAGES is not claimed: large pages will"
                  + " not be judged.");
    }
    boolean pasid = said.unit().contains(Capability.PASID);
    if (pasid != said.maxPasids() > 1) {
      findings.note(
          pasid
              ? "PASID is claimed, but \"max_pasids\" leaves none."
              : "\"max_pasids\" is " + said.maxPasids() + ", but PASID is not claimed.");
    }
    if (seam == Hello.IOMMUFD_SEAM && !said.unit().contains(Capability.IOMMUFD)) {
      findings.note("IOMMUFD is not claimed, so that nothing of seam 3 will be judged.");
    }
    if (said.unit().contains(Capability.CORE)) {
      findings.note("CORE is claimed, but seam 2 has no operations of the IOMMU core.");
    }
    if (said.unit().isEmpty() && said.stimulus().isEmpty()) {
      findings.note("It claims no capability: only what every IOMMU does will be judged.");
    }
  }

  private void consistentUnit(Introduction said) {
    if (!UnitClaims.hasSuite(said.architecture())) {
      findings.problem("There is no suite at seam 1 for '" + said.architecture() + "'.");
    }
    for (Capability capability : said.unit()) {
      if (!UnitClaims.isTold(capability)) {
        findings.note(
            capability + " is claimed; of a unit its registers tell that, and hello is not asked.");
      }
    }
    if (!said.unit().contains(Capability.TRANSLATION_CACHE)) {
      findings.note("TRANSLATION_CACHE is not claimed: no cache has to be seen.");
    }
  }
}
