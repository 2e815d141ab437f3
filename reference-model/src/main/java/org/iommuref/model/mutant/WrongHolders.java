package org.iommuref.model.mutant;

import static org.iommuref.model.iommufd.object.Holder.ACCESS;
import static org.iommuref.model.iommufd.object.Holder.ATTACHMENT;
import static org.iommuref.model.iommufd.object.Holder.DRIVER;
import static org.iommuref.model.iommufd.object.Holder.FILE;
import static org.iommuref.model.iommufd.object.Holder.HW_QUEUE;
import static org.iommuref.model.iommufd.object.Holder.PAGE_TABLE;
import static org.iommuref.model.mutant.IommufdMutants.mutant;
import static org.iommuref.model.mutant.WrongSteps.forgetting;

import java.util.List;
import org.iommuref.model.iommufd.object.Holder;
import org.iommuref.model.iommufd.object.ObjectType;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.spi.Mutant;

/** References that are not counted. */
final class WrongHolders {

  private WrongHolders() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant(
            "table-without-ioas",
            "a page table does not hold its IOAS",
            forgetting(PAGE_TABLE, ObjectType.IOAS),
            "OBJ-020"),
        mutant(
            "nested-without-parent",
            "a nested page table does not hold its parent",
            forgetting(PAGE_TABLE, ObjectType.HWPT_PAGING),
            "OBJ-021"),
        mutant(
            "nested-without-unit",
            "a nested page table does not hold its virtual unit",
            forgetting(PAGE_TABLE, ObjectType.VIOMMU),
            "OBJ-022"),
        mutant(
            "table-without-fault-queue",
            "a page table does not hold its fault queue",
            forgetting(PAGE_TABLE, ObjectType.FAULT),
            "OBJ-023"),
        mutant(
            "unit-without-table",
            "a virtual unit does not hold its page table",
            forgetting(Holder.VIOMMU, ObjectType.HWPT_PAGING),
            "OBJ-024"),
        mutant(
            "virtual-device-without-unit",
            "a virtual device does not hold its unit",
            forgetting(Holder.VDEVICE, ObjectType.VIOMMU),
            "OBJ-025"),
        mutant(
            "event-queue-without-unit",
            "a queue of events does not hold its unit",
            forgetting(Holder.VEVENTQ, ObjectType.VIOMMU),
            "OBJ-026"),
        mutant(
            "hardware-queue-without-unit",
            "a hardware queue does not hold its unit",
            forgetting(HW_QUEUE, ObjectType.VIOMMU),
            "OBJ-027"),
        mutant(
            "access-without-ioas",
            "an access does not hold its IOAS",
            forgetting(ACCESS, ObjectType.IOAS),
            "OBJ-028"),
        mutant(
            "attachment-without-table",
            "an attached device does not hold its page table",
            forgetting(ATTACHMENT, ObjectType.HWPT_PAGING, ObjectType.HWPT_NESTED),
            "OBJ-029"),
        mutant(
            "file-without-fault-queue",
            "an open file does not hold its fault queue",
            forgetting(FILE, ObjectType.FAULT),
            "OBJ-030"),
        mutant(
            "file-without-event-queue",
            "an open file does not hold its queue of events",
            forgetting(FILE, ObjectType.VEVENTQ),
            "OBJ-031"),
        mutant(
            "driver-without-device",
            "a driver does not hold its device",
            forgetting(DRIVER, ObjectType.DEVICE),
            "OBJ-033"),
        mutant(
            "held-device-said-gone",
            "says of an object that somebody holds that it is gone",
            WrongCall.forgiving(
                "IOMMU_DESTROY", Errno.EBUSY), // the driver's hold hides the other's
            "OBJ-032"),
        mutant(
            "driver-without-access",
            "a driver does not hold its access",
            forgetting(DRIVER, ObjectType.ACCESS),
            "OBJ-034"));
  }
}
