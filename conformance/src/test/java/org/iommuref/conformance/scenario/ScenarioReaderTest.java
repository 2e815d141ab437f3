package org.iommuref.conformance.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.iommuref.conformance.scenario.OutcomeRule.Verdict;
import org.iommuref.model.explore.StoreOrder;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.ClauseId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioReaderTest {

  private static final Catalogue CATALOGUE = Catalogue.load();

  private static final String GOOD =
      """
      name: small
      title: A small scenario
      story: Nothing races with anything.
      origin:
        - {source: linux, at: somewhere}
      target: vtd
      needs: [DRAIN]
      topology:
        - {rid: "01:00.0", unit: 0, group: 0}
      bound: {preemptions: 1, choices: 0}
      values: {old: "0xa"}
      set_up:
        - {op: domain.alloc, domain: 1, type: paging}
      threads:
        - name: cpu
          do:
            - {op: iova_to_phys, domain: 1, iova: "0x0", as: phys}
      outcomes:
        - {verdict: forbidden, when: {phys: old}, shows: [DOM-005], why: because}
      otherwise: [INV-001]
      kills: [some-mutant]
      """;

  @Test
  void read_file_saysWhatItSays() {
    ScenarioFile file = read(GOOD);
    assertThat(file.bound()).isEqualTo(new Bound(1, 0, 0, 0));
    assertThat(file.values()).isEqualTo(Map.of(10L, "old"));
    assertThat(file.threads().get(0).calls().get(0).as()).isEqualTo("phys");
    assertThat(file.results()).containsExactly("phys");
    assertThat(file.clauses())
        .containsExactly(ClauseId.parse("DOM-005"), ClauseId.parse("INV-001"));
    assertThat(file.outcomes())
        .containsExactly(
            new OutcomeRule(
                Verdict.FORBIDDEN,
                Map.of("phys", "old"),
                List.of(ClauseId.parse("DOM-005")),
                "because"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          name: small|name: other|1: the name must be that of the file, 'small'
          title: A small scenario|titel: x|2: unknown field 'titel'
          title: A small scenario|name: small|2: field 'name' given twice
          source: linux|source: minix|5: unknown source 'minix'
          needs: [DRAIN]|needs: [BRAIN]|7: unknown capability 'BRAIN'
          needs: [DRAIN]|needs: DRAIN|7: field 'needs' wants a list
          01:00.0|01-00.0|9: not a requester id (bb:dd.f): 01-00.0
          choices: 0|choices: few|10: field 'choices' wants a whole number, not 'few'
          choices: 0|choices: -1|10: a bound is negative
          {old: "0xa"}|{old: 10}|11: value 'old' wants a hex string such as "0xa"
          {old: "0xa"}|{old: "0xa", new: "0xA"}|11: two values are 0xA
          op: domain.alloc|op: domain.make|13: no operation is called "domain.make"
          op: domain.alloc, domain: 1|op: domain.alloc|13: domain.alloc: "domain" is missing
          type: paging|type: paging, as: x|13: the set-up has no results: no field 'as'
          op: iova_to_phys|op: iova_to_phys, colour: red|17: iova_to_phys: has no "colour"
          iova: "0x0"|iova: 0x0|17: a number of 64 bits is a hex string in quotes, not 0x0
          op: iova_to_phys, domain: 1, iova: "0x0"|op: bye|17: 'bye' is no operation of seam 2
          {phys: old}|{physical: old}|19: no operation has the result 'physical'
          verdict: forbidden|verdict: bad|19: verdict wants allowed, required, forbidden
          shows: [DOM-005]|shows: [DOM-999]|19: unknown clause DOM-999
          shows: [DOM-005], |``|19: a forbidden outcome wants the clauses that it violates
          why: because|reason: because|19: unknown field 'reason'
          [INV-001]|[]|20: an outcome that is not listed wants clauses: 'otherwise'
          kills: [some-mutant]|kills: [some-mutant|22: malformed YAML: expected ',' or ']', but got <stream end>
          """)
  void read_wrongFile_namesFileAndLine(String good, String bad, String problem) {
    assertThat(GOOD).contains(good);
    assertThatThrownBy(() -> read(GOOD.replace(good, bad)))
        .isInstanceOf(ScenarioException.class)
        .hasMessage("scenarios/small.yaml:" + problem);
  }

  private static final String IOMMUFD =
      """
      name: small
      title: A small scenario
      story: Nothing races with anything.
      origin:
        - {source: linux, at: somewhere}
      seam: 3
      target: mock
      allocations: chosen
      bound: {preemptions: 1, choices: 1}
      set_up:
        - {ioctl: IOMMU_IOAS_ALLOC, keep: {out_ioas_id: ioas}}
      threads:
        - name: mapping
          do:
            - {ioctl: IOMMU_IOAS_MAP, set: {ioas_id: ioas, iova: "0x1000"}, show: iova, as: map}
            - {read: iommu, length: 40, structure: iommu_hwpt_pgfault, keep: {cookie: c}, as: read}
      afterwards:
        - {write: iommu, structure: iommu_hwpt_page_response, set: {cookie: c}, as: answer}
        - {put: "0x200000", longs: ["0x1", 2]}
      outcomes:
        - {verdict: required, when: {map: done}, why: because}
      otherwise: [OBJ-050]
      """;

  @Test
  void read_fileOfSeam3_saysWhatItSays() {
    ScenarioFile file = read(IOMMUFD);
    assertThat(file.seam()).isEqualTo(3);
    assertThat(file.allocationsFail()).isTrue();
    IommufdCall.Ioctl map = (IommufdCall.Ioctl) file.threads().get(0).calls().get(0);
    assertThat(map.file()).isEqualTo("iommu");
    assertThat(map.command().number()).isEqualTo(0x3b85);
    assertThat(map.set())
        .containsExactly(Map.entry("ioas_id", "ioas"), Map.entry("iova", "0x1000"));
    assertThat(map.words()).isEqualTo("IOMMU_IOAS_MAP ioas_id ioas iova 0x1000");
    assertThat(file.afterwards().get(1)).isEqualTo(new IommufdCall.Put(0x200000, List.of(1L, 2L)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          seam: 3|seam: 4|6: a scenario is of seam 2 or 3, not 4
          allocations: chosen|allocations: never|8: allocations are 'chosen' or the field is absent
          allocations: chosen|needs: [DRAIN]|8: a scenario of seam 3 has no field 'needs'
          ioctl: IOMMU_IOAS_ALLOC|ioctl: IOMMU_IOAS_MAKE|11: there is no command IOMMU_IOAS_MAKE
          out_ioas_id: ioas|out_id: ioas|11: IOMMU_IOAS_ALLOC has no field 'out_id'
          {ioctl: IOMMU_IOAS_ALLOC, keep|{iocti: IOMMU_IOAS_ALLOC, keep|11: a call is one of ioctl, read, write, poll, close, mmap, munmap, get, put, absent, memfd
          {ioas_id: ioas|{ioas_id: other|15: no call before this one keeps 'other'
          {ioas_id: ioas|{ioas_id: 0xno|15: field 'ioas_id' wants a number, not '0xno'
          show: iova|show: colour|15: IOMMU_IOAS_MAP has no field 'colour'
          read: iommu|read: faults|16: no call before this one keeps 'faults'
          structure: iommu_hwpt_pgfault, ||16: field 'structure' says what the fields are of
          iommu_hwpt_page_response|iommu_answer|18: there is no structure iommu_answer
          longs: ["0x1", 2]|longs: ["0x1", 2], as: x|19: what a process writes has no result
          """)
  void read_wrongFileOfSeam3_namesFileAndLine(String good, String bad, String problem) {
    assertThat(IOMMUFD).contains(good);
    assertThatThrownBy(() -> read(IOMMUFD.replace(good, bad == null ? "" : bad)))
        .isInstanceOf(ScenarioException.class)
        .hasMessage("scenarios/small.yaml:" + problem);
  }

  @Test
  void read_orderOfStores_isSequentialUnlessSaid() {
    assertThat(read(GOOD).stores()).isEqualTo(StoreOrder.SEQUENTIAL);
    assertThat(read(GOOD + "stores: unordered\n").stores()).isEqualTo(StoreOrder.UNORDERED);
    assertThatThrownBy(() -> read(GOOD + "stores: weak\n"))
        .hasMessageEndingWith("stores are sequential, total, unordered");
  }

  @Test
  void read_noMapping_isRefused() {
    assertThatThrownBy(() -> read("- a\n"))
        .hasMessage("scenarios/small.yaml:1: a scenario is a mapping: name, title and so on");
    assertThatThrownBy(() -> read("name: small\n"))
        .hasMessage("scenarios/small.yaml:1: missing field 'values'");
  }

  private static ScenarioFile read(String yaml) {
    return ScenarioReader.read(CATALOGUE, "scenarios/small.yaml", "small", yaml);
  }
}
