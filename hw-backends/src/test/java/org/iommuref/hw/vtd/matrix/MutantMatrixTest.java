package org.iommuref.hw.vtd.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.iommuref.hw.vtd.layout.ContextEntry;
import org.iommuref.hw.vtd.layout.Field;
import org.iommuref.hw.vtd.layout.FirstStageEntry;
import org.iommuref.hw.vtd.layout.InterruptEntry;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.Layout;
import org.iommuref.hw.vtd.layout.PasidDescriptor;
import org.iommuref.hw.vtd.layout.PasidDirectoryEntry;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.hw.vtd.layout.PostedDescriptor;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.hw.vtd.layout.RootEntry;
import org.iommuref.hw.vtd.layout.ScalableContextEntry;
import org.iommuref.hw.vtd.layout.ScalableRootEntry;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.Check;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.spec.spi.MutantCell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that the layouts declare is missing, and each mutant names a clause that has cases. */
class MutantMatrixTest {

  private static final List<MutantCell> CELLS = MutantMatrix.cells();

  /** What a cell's subject begins with, and the layout that it is about. */
  private record Structure(String subject, Layout layout) {
    @Override
    public String toString() {
      return subject;
    }
  }

  static Stream<Structure> structures() {
    return Stream.of(
        new Structure("root entry", RootEntry.LAYOUT),
        new Structure("context entry", ContextEntry.LAYOUT),
        new Structure("second-stage table entry, legacy", SecondStageEntry.LAYOUT),
        new Structure("second-stage leaf, legacy", SecondStageEntry.LAYOUT),
        new Structure("lower half of a root entry", ScalableRootEntry.HALF),
        new Structure("upper half of a root entry", ScalableRootEntry.HALF),
        new Structure("scalable-mode context entry", ScalableContextEntry.LAYOUT),
        new Structure("PASID directory entry", PasidDirectoryEntry.LAYOUT),
        new Structure("PASID entry", PasidEntry.LAYOUT),
        new Structure("first-stage table entry", FirstStageEntry.LAYOUT),
        new Structure("first-stage leaf", FirstStageEntry.LAYOUT),
        new Structure("second-stage table entry, scalable", SecondStageEntry.LAYOUT),
        new Structure("second-stage leaf, scalable", SecondStageEntry.LAYOUT),
        new Structure("remapped interrupt entry", InterruptEntry.REMAPPED),
        new Structure("posted interrupt entry", InterruptEntry.POSTED),
        new Structure("posted-interrupt descriptor", PostedDescriptor.LAYOUT),
        new Structure("context-cache invalidate, legacy", InvalidationDescriptor.CONTEXT),
        new Structure("context-cache invalidate, scalable", InvalidationDescriptor.CONTEXT),
        new Structure("IOTLB invalidate, legacy", InvalidationDescriptor.IOTLB),
        new Structure("IOTLB invalidate, scalable", InvalidationDescriptor.IOTLB),
        new Structure("device-TLB invalidate", InvalidationDescriptor.DEVICE_TLB),
        new Structure("interrupt entry cache invalidate", InvalidationDescriptor.INTERRUPT),
        new Structure("invalidation wait", InvalidationDescriptor.WAIT),
        new Structure("PASID IOTLB invalidate", PasidDescriptor.IOTLB),
        new Structure("PASID cache invalidate", PasidDescriptor.PASID_CACHE),
        new Structure("PASID device-TLB invalidate", PasidDescriptor.DEVICE_TLB),
        new Structure("page group response", PasidDescriptor.RESPONSE));
  }

  private static Set<String> partsOf(String subject) {
    return CELLS.stream()
        .filter(cell -> cell.subject().equals(subject))
        .map(MutantCell::part)
        .collect(Collectors.toSet());
  }

  private static String range(Field field) {
    return field.toString().substring(field.name().length() + 1);
  }

  @ParameterizedTest
  @MethodSource("structures")
  void field_ofAStructure_hasACell(Structure structure) {
    Set<String> parts = partsOf(structure.subject());

    for (Field field : structure.layout().fields()) {
      boolean order = field.name().equals("G") || field.name().equals("TYPE");
      assertThat(parts)
          .as(structure + " " + field)
          .anyMatch(part -> part.contains(field + " ") || (order && part.endsWith("nothing done")));
    }
  }

  @ParameterizedTest
  @MethodSource("structures")
  void reservedBits_ofAStructure_haveACell(Structure structure) {
    Set<String> parts = partsOf(structure.subject());

    for (Field run : ReservedRuns.of(structure.layout())) {
      assertThat(parts).contains("reserved " + range(run) + " not seen");
    }
  }

  @Test
  void field_ofARegister_hasACell() {
    for (Register register : Register.values()) {
      if (register != Register.FRCD) {
        for (Field field : register.layout().fields()) {
          assertThat(partsOf(register.name()))
              .as(register + " " + field)
              .anyMatch(part -> part.startsWith(field + " "));
        }
      }
    }
  }

  @Test
  void mutants_nameClausesThatHaveCases() {
    Catalogue catalogue = Catalogue.load();

    for (Mutant mutant : MutantMatrix.mutants()) {
      assertThat(mutant.violates())
          .as(mutant.name())
          .allMatch(clause -> catalogue.cited(clause.toString()).check() == Check.TESTED);
    }
  }

  @Test
  void cells_haveNamesOfTheirOwn() {
    Set<String> seen = new HashSet<>();

    assertThat(CELLS).allMatch(cell -> seen.add(cell.group() + cell.subject() + cell.part()));
    assertThat(MutantMatrix.mutants())
        .extracting(Mutant::name)
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[a-z]+(-[a-z0-9]+)+"));
  }
}
