package org.iommuref.hw.vtd.driver;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.FaultRecording;
import org.iommuref.hw.vtd.layout.FaultStatus;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.spec.access.FaultLog;
import org.iommuref.spec.access.FaultRecord;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory.Atom;

/**
 * The fault recording registers of one unit.
 *
 * <p>Read from the first that FSTS names, in the order of the ring, to the first that is clear;
 * each is cleared as it is read, the overflow bit after all of them, and recording goes on behind
 * the last. Manual 7.2.1; source: drivers/iommu/intel/dmar.c dmar_fault.
 */
public class FaultRegisters {

  private final UnitRegisters registers;

  /** The registers behind these. */
  public FaultRegisters(UnitRegisters registers) {
    this.registers = registers;
  }

  /** Reads and clears what the unit has recorded. */
  @Clause({"FREC-001", "FREC-008", "FREC-009", "FREC-010"})
  final FaultLog take() {
    long status = registers.read(Register.FSTS);
    List<FaultRecord> records = FaultStatus.PPF.isSet(status) ? takeFrom(first(status)) : List.of();
    boolean overflow = overflow(registers.read(Register.FSTS));
    if (overflow) {
      registers.write(Register.FSTS, FaultStatus.PFO.mask()); // FREC-008
    }
    return new FaultLog(records, overflow);
  }

  /** The first register that holds a fault, by FSTS. */
  protected int first(long status) {
    return (int) FaultStatus.FRI.get(status);
  }

  /** Whether faults were lost, by FSTS. */
  @Clause("FREC-006")
  protected boolean overflow(long status) {
    return FaultStatus.PFO.isSet(status);
  }

  private List<FaultRecord> takeFrom(int first) {
    int count = (int) registers.capability(Capability.NFR) + 1;
    List<FaultRecord> records = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      int index = (first + n) % count;
      long high = registers.readFaultRecord(index, 1);
      if (!FaultRecording.F.isSet(high)) {
        break;
      }
      long low = registers.readFaultRecord(index, 0);
      registers.clearFaultRecord(index);
      records.add(decode(new Atom(low, high)));
    }
    return records;
  }

  /** PP is reserved in units that take no PASIDs: what is in it says nothing. */
  private boolean namesPasid(Atom register) {
    return registers.extendedCapability(ExtendedCapability.PASID) != 0
        && FaultRecording.PP.isSet(register.high());
  }

  /** What a register holds. */
  @Clause({"FREC-002", "FREC-003", "FREC-004"})
  protected FaultRecord decode(Atom register) {
    boolean read =
        FaultRecording.T1.isSet(register.high()) && !FaultRecording.T2.isSet(register.high());
    return new FaultRecord(
        new Rid((int) FaultRecording.SID.get(register)),
        namesPasid(register) ? new Pasid((int) FaultRecording.PV.get(register)) : null,
        new Iova(FaultRecording.FI.address(register.low())),
        !read,
        (int) FaultRecording.FR.get(register));
  }
}
