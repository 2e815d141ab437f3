package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Program.ANSWER;
import static org.iommuref.conformance.cases.iommufd.Program.FIXED;
import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.MEMORY;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/**
 * The structure of each command: its first version is taken, one byte less is not, and each field
 * lies where it should, or the call would not succeed.
 */
final class StructureCases implements ProgramCaseSet {

  private static final long VIRTUAL_UNIT = 0xdead_beefL;
  private static final long EVENTS = 0xbeef_beefL;
  private static final long NEST_PARENT = 1;
  private static final long DIRTY_TRACKING = 2;
  private static final int HUGE_PAGES = 1;
  private static final int GET = 1;

  @Override
  public List<Case> cases() {
    List<Case> all = new ArrayList<>();
    objects(all);
    mappings(all);
    pageTables(all);
    virtualUnits(all);
    return all;
  }

  /** A call with all fields set: as long as its first version, and a byte shorter. */
  private static Case structure(
      String clause,
      String command,
      int minimum,
      Consumer<Program> given,
      UnaryOperator<Ioctl> fields,
      Capability... needs) {
    Program program =
        Program.of(clause, command + " takes " + minimum + " bytes at the least").needs(needs);
    given.accept(program);
    program.then();
    fields.apply(program.ioctl(command)).size(minimum - 1).fails(Errno.EINVAL);
    return fields.apply(program.ioctl(command)).size(minimum).succeeds().end();
  }

  @Clause({"UAPI-022", "UAPI-023", "UAPI-030", "UAPI-031", "UAPI-037", "UAPI-041", "UAPI-044"})
  private static void objects(List<Case> all) {
    all.add(structure("UAPI-022", "IOMMU_DESTROY", 8, p -> p.ioas("a"), i -> i.id("id", "a")));
    all.add(structure("UAPI-023", "IOMMU_IOAS_ALLOC", 12, p -> {}, i -> i));
    all.add(
        structure(
            "UAPI-030",
            "IOMMU_OPTION",
            24,
            p -> p.ioas("a"),
            i -> i.set("option_id", HUGE_PAGES).set("op", GET).id("object_id", "a")));
    all.add(
        structure(
            "UAPI-031",
            "IOMMU_VFIO_IOAS",
            12,
            p -> p.ioas("a"),
            i -> i.id("ioas_id", "a").set("op", 1)));
    all.add(structure("UAPI-037", "IOMMU_FAULT_QUEUE_ALLOC", 16, p -> {}, i -> i));
    all.add(structure("UAPI-041", "IOMMU_IOAS_CHANGE_PROCESS", 8, p -> p.ioas("a"), i -> i));
    all.add(
        structure(
            "UAPI-044",
            "IOMMU_TEST_OP_MD_CHECK_REFS",
            68,
            p -> p.memory(1),
            i -> i.set("length", PAGE).set("uptr", MEMORY),
            Capability.BOUND_DEVICES));
  }

  @Clause({"UAPI-024", "UAPI-025", "UAPI-026", "UAPI-028", "UAPI-029", "UAPI-038"})
  private static void mappings(List<Case> all) {
    Consumer<Program> mapped = p -> p.memory(1).ioas("a").map("a", IOVA, 1).ioas("b");
    all.add(
        structure(
            "UAPI-024", "IOMMU_IOAS_ALLOW_IOVAS", 24, p -> p.ioas("a"), i -> i.id("ioas_id", "a")));
    all.add(
        structure(
            "UAPI-025",
            "IOMMU_IOAS_COPY",
            40,
            mapped,
            i ->
                i.set("flags", FIXED)
                    .id("dst_ioas_id", "b")
                    .id("src_ioas_id", "a")
                    .set("length", PAGE)
                    .set("dst_iova", IOVA + PAGE)
                    .set("src_iova", IOVA)
                    .gives("dst_iova", IOVA + PAGE)));
    all.add(
        structure(
            "UAPI-026",
            "IOMMU_IOAS_IOVA_RANGES",
            32,
            p -> p.ioas("a"),
            i -> i.id("ioas_id", "a").set("num_iovas", 8).set("allowed_iovas", ANSWER)));
    all.add(
        structure(
            "UAPI-028",
            "IOMMU_IOAS_MAP",
            40,
            p -> p.memory(1).ioas("a"),
            i ->
                i.set("flags", FIXED)
                    .id("ioas_id", "a")
                    .set("user_va", MEMORY)
                    .set("length", PAGE)
                    .set("iova", IOVA)));
    all.add(
        structure(
            "UAPI-029",
            "IOMMU_IOAS_UNMAP",
            24,
            mapped,
            i -> i.id("ioas_id", "a").set("iova", IOVA).set("length", PAGE)));
    all.add(
        structure(
            "UAPI-038",
            "IOMMU_IOAS_MAP_FILE",
            40,
            p -> p.file("f", 2 * PAGE).ioas("a"),
            i ->
                i.set("flags", FIXED)
                    .id("ioas_id", "a")
                    .id("fd", "f")
                    .set("start", PAGE)
                    .set("length", PAGE)
                    .set("iova", IOVA)));
  }

  private static Program withDevice(Program program) {
    return program.ioas("a").device("dev", "a");
  }

  private static Program withTable(Program program, long flags) {
    return withDevice(program)
        .ioctl("IOMMU_HWPT_ALLOC")
        .set("flags", flags)
        .id("dev_id", "dev")
        .id("pt_id", "a")
        .names("out_hwpt_id", "table")
        .succeeds();
  }

  @Clause({"UAPI-032", "UAPI-033", "UAPI-034", "UAPI-035", "UAPI-036"})
  private static void pageTables(List<Case> all) {
    all.add(
        structure(
            "UAPI-032",
            "IOMMU_HWPT_ALLOC",
            24,
            StructureCases::withDevice,
            i -> i.id("dev_id", "dev").id("pt_id", "a"),
            Capability.BOUND_DEVICES));
    all.add(
        structure(
            "UAPI-033",
            "IOMMU_GET_HW_INFO",
            32,
            StructureCases::withDevice,
            i -> i.id("dev_id", "dev"),
            Capability.BOUND_DEVICES));
    all.add(
        structure(
            "UAPI-034",
            "IOMMU_HWPT_SET_DIRTY_TRACKING",
            16,
            p -> withTable(p, DIRTY_TRACKING),
            i -> i.set("flags", 1).id("hwpt_id", "table"),
            Capability.DIRTY_TRACKING));
    all.add(
        structure(
            "UAPI-035",
            "IOMMU_HWPT_GET_DIRTY_BITMAP",
            48,
            p -> withTable(p, DIRTY_TRACKING),
            i ->
                i.id("hwpt_id", "table")
                    .set("iova", IOVA)
                    .set("length", PAGE)
                    .set("page_size", PAGE)
                    .set("data", ANSWER),
            Capability.DIRTY_TRACKING));
    all.add(
        structure(
            "UAPI-036",
            "IOMMU_HWPT_INVALIDATE",
            32,
            p ->
                withTable(p, NEST_PARENT)
                    .put32(Program.DATA, 0x1234, 0)
                    .ioctl("IOMMU_HWPT_ALLOC")
                    .id("dev_id", "dev")
                    .id("pt_id", "table")
                    .set("data_type", 0xdead)
                    .set("data_len", 8)
                    .set("data_uptr", Program.DATA)
                    .names("out_hwpt_id", "nested")
                    .succeeds()
                    .put32(Program.DATA, 1, 0),
            i ->
                i.id("hwpt_id", "nested")
                    .set("data_uptr", Program.DATA)
                    .set("data_type", VIRTUAL_UNIT)
                    .set("entry_len", 8)
                    .set("entry_num", 1),
            Capability.NESTING,
            Capability.MOCK));
  }

  private static Program withUnit(Program program) {
    return withTable(program, NEST_PARENT)
        .ioctl("IOMMU_VIOMMU_ALLOC")
        .set("type", VIRTUAL_UNIT)
        .id("dev_id", "dev")
        .id("hwpt_id", "table")
        .names("out_viommu_id", "unit")
        .succeeds();
  }

  @Clause({"UAPI-039", "UAPI-040", "UAPI-042", "UAPI-043"})
  private static void virtualUnits(List<Case> all) {
    all.add(
        structure(
            "UAPI-039",
            "IOMMU_VIOMMU_ALLOC",
            24,
            p -> withTable(p, NEST_PARENT),
            i -> i.set("type", VIRTUAL_UNIT).id("dev_id", "dev").id("hwpt_id", "table"),
            Capability.VIOMMU,
            Capability.MOCK));
    all.add(
        structure(
            "UAPI-040",
            "IOMMU_VDEVICE_ALLOC",
            24,
            StructureCases::withUnit,
            i -> i.id("viommu_id", "unit").id("dev_id", "dev").set("virt_id", 0x99),
            Capability.VIOMMU,
            Capability.MOCK));
    all.add(
        structure(
            "UAPI-042",
            "IOMMU_VEVENTQ_ALLOC",
            28,
            StructureCases::withUnit,
            i -> i.id("viommu_id", "unit").set("type", EVENTS).set("veventq_depth", 2),
            Capability.VIOMMU,
            Capability.MOCK));
    all.add(
        structure(
            "UAPI-043",
            "IOMMU_HW_QUEUE_ALLOC",
            40,
            p -> withUnit(p).memory(1).map("a", IOVA, 1),
            i ->
                i.id("viommu_id", "unit")
                    .set("type", VIRTUAL_UNIT)
                    .set("nesting_parent_iova", IOVA)
                    .set("length", PAGE),
            Capability.HW_QUEUE,
            Capability.MOCK));
  }
}
