package org.iommuref.conformance.cases.vtd;

import static org.iommuref.conformance.cases.vtd.VtdScene.IOVA;

import java.util.List;
import java.util.stream.Stream;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Clause;

/** Commands and plain registers. Manual 11.4. */
final class RegisterCases {

  private static final long A_TABLE = 0x12_3456_7000L;
  private static final long ANOTHER = 0x13_9abc_d000L;
  private static final long LOW = 0xffff_ffffL;

  private RegisterCases() {}

  static Stream<Case> all(VtdFacts facts) {
    return Stream.of(
        rootTable(facts),
        translationEnable(facts),
        status(facts),
        queueTurnedOff(facts),
        readOnly(facts),
        halves(facts, Registers.RTADDR, "RTADDR"),
        halves(facts, Registers.IQA, "IQA"));
  }

  /** A device that reads page 1, translation on. */
  private static VtdScene translating(String clause, String name, VtdFacts facts) {
    VtdScene scene = new VtdScene(clause, name, facts);
    LegacyTables tables = new LegacyTables(scene);
    tables.stage.map(IOVA, scene.page(1));
    tables.attach();
    return scene.tagged(1, 2).ready();
  }

  @Clause("VTD-027")
  private static Case rootTable(VtdFacts facts) {
    VtdScene scene = translating("VTD-027", "a root table that is not in force yet", facts);
    return scene
        .level(Registers.TE, true)
        .then()
        .write64(Registers.RTADDR, scene.page())
        .forgetAll()
        .reads(IOVA, 1)
        .command(Registers.SRTP)
        .forgetAll()
        .refuses(IOVA, 0x01)
        .end();
  }

  @Clause("VTD-028")
  private static Case translationEnable(VtdFacts facts) {
    VtdScene scene = translating("VTD-028", "translation off, on and off", facts);
    long untranslated = scene.page(2);
    return scene
        .then()
        .reads(untranslated, 2)
        .level(Registers.TE, true)
        .reads(IOVA, 1)
        .refuses(untranslated, 0x06)
        .level(Registers.TE, false)
        .reads(untranslated, 2)
        .end();
  }

  @Clause("VTD-029")
  private static Case status(VtdFacts facts) {
    return new VtdScene("VTD-029", "GSTS after each command", facts)
        .then()
        .expect32(Registers.GSTS, -1, 0)
        .ready()
        .level(Registers.TE, true)
        .expect32(Registers.GSTS, Registers.QIE | Registers.SRTP, Registers.QIE | Registers.SRTP)
        .level(Registers.TE, false)
        .expect32(Registers.GSTS, Registers.SRTP, Registers.SRTP)
        .level(Registers.QIE, false)
        .end();
  }

  @Clause("VTD-039")
  private static Case queueTurnedOff(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-039", "a queue that is turned off", facts).ready();
    return scene
        .expect64(Registers.IQH, -1, scene.queue().tail())
        .then()
        .level(Registers.QIE, false)
        .expect64(Registers.IQH, -1, 0)
        .end();
  }

  @Clause("VTD-040")
  private static Case readOnly(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-040", "writes to what is read-only", facts).then();
    for (int width : List.of(Integer.BYTES, Long.BYTES)) {
      scene.write(Registers.CAP, width, ~facts.cap());
      scene.write(Registers.ECAP, width, ~facts.ecap());
    }
    return scene
        .write32(Registers.VER, ~facts.version())
        .write32(Registers.GSTS, -1)
        .write64(Registers.IQH, -1)
        .write32(Registers.FSTS, Registers.PPF)
        .expect32(Registers.VER, LOW, facts.version())
        .expect64(Registers.CAP, -1, facts.cap())
        .expect64(Registers.ECAP, -1, facts.ecap())
        .expect32(Registers.GSTS, LOW, 0)
        .expect64(Registers.IQH, -1, 0)
        .expect32(Registers.FSTS, LOW, 0)
        .end();
  }

  @Clause("VTD-041")
  private static Case halves(VtdFacts facts, int offset, String name) {
    int upper = offset + Integer.BYTES;
    return new VtdScene("VTD-041", name + " whole and in halves", facts)
        .then()
        .write64(offset, A_TABLE)
        .expect64(offset, -1, A_TABLE)
        .expect32(offset, LOW, A_TABLE & LOW)
        .expect32(upper, LOW, A_TABLE >>> Integer.SIZE)
        .write32(offset, ANOTHER & LOW)
        .write32(upper, ANOTHER >>> Integer.SIZE)
        .expect64(offset, -1, ANOTHER)
        .end();
  }
}
