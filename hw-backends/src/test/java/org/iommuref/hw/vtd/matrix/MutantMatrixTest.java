package org.iommuref.hw.vtd.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final Pattern RUN = Pattern.compile("reserved ([0-9]+)(?::([0-9]+))? not seen");

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

  @ParameterizedTest
  @MethodSource("structures")
  void field_ofAStructure_hasACell(Structure structure) {
    Set<String> parts = partsOf(structure.subject());

    assertThat(structure.layout().fields())
        .as("fields of a " + structure + " that no cell takes wrongly")
        .filteredOn(field -> parts.stream().noneMatch(part -> isTakenWrongly(field, part)))
        .isEmpty();
  }

  /** An order that is not carried out stands for its type and granularity. */
  private static boolean isTakenWrongly(Field field, String part) {
    boolean order = field.name().equals("G") || field.name().equals("TYPE");
    return (part.contains(field + " ") && !part.endsWith(" by the update"))
        || (order && part.endsWith("nothing done"));
  }

  /** The bits that cells of reserved bits name, as {@code reserved 11:1 not seen} does. */
  private static BitSet reservedIn(Set<String> parts) {
    BitSet bits = new BitSet();
    for (String part : parts) {
      Matcher run = RUN.matcher(part);
      if (run.matches()) {
        int high = Integer.parseInt(run.group(1));
        int low = run.group(2) == null ? high : Integer.parseInt(run.group(2));
        bits.set(low, high + 1);
      }
    }
    return bits;
  }

  @ParameterizedTest
  @MethodSource("structures")
  void reservedBits_ofAStructure_haveACell(Structure structure) {
    Layout layout = structure.layout();
    BitSet odd = new BitSet();
    odd.set(0, layout.bits());
    layout.fields().forEach(field -> odd.clear(field.low(), field.high() + 1));
    odd.xor(reservedIn(partsOf(structure.subject())));

    assertThat(odd.stream().boxed())
        .as("bits of a %s that are reserved and in no cell, or the other way round", structure)
        .isEmpty();
  }

  @Test
  void field_ofARegister_hasACell() {
    for (Register register : Register.values()) {
      if (register != Register.FRCD) {
        Set<String> parts = partsOf(register.name());
        assertThat(register.layout().fields())
            .as("fields of " + register + " without a cell")
            .filteredOn(field -> parts.stream().noneMatch(part -> part.startsWith(field + " ")))
            .isEmpty();
      }
    }
  }

  @Test
  void mutants_nameClausesThatHaveCases() {
    Catalogue catalogue = Catalogue.load();

    for (Mutant mutant : MutantMatrix.mutants()) {
      assertThat(mutant.violates())
          .as("clauses of %s that have no case", mutant.name())
          .filteredOn(clause -> catalogue.cited(clause.toString()).check() != Check.TESTED)
          .isEmpty();
    }
  }

  @Test
  void cells_haveNamesOfTheirOwn() {
    assertThat(CELLS)
        .extracting(cell -> cell.group() + ": " + cell.subject() + ": " + cell.part())
        .doesNotHaveDuplicates();
    assertThat(MutantMatrix.mutants()).extracting(Mutant::name).doesNotHaveDuplicates();
    assertThat(MutantMatrix.mutants())
        .extracting(Mutant::name)
        .filteredOn(name -> !name.matches("[a-z]+(-[a-z0-9]+)+"))
        .as("names that are more than words and dashes")
        .isEmpty();
  }
}
