package org.iommuref.model.iommufd;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.ProcessId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChangeProcessTest {

  private static final long PAGE = 4096;

  private final Bed bed = new Bed();

  @AfterEach
  void nothingIsLeft() {
    bed.close();
  }

  private @Nullable Errno change(Caller caller) {
    return bed.call(caller, bed.file, 0x3b92, Struct.of(8)).errno();
  }

  private void mapFile(int ioas, long iova) {
    int file = bed.processes.memoryFile(bed.process, 4 * PAGE);
    Struct map = Struct.of(40).u32(4, 7).u32(8, ioas).u32(12, file);
    Result<Integer> mapped = bed.call(0x3b8f, map.u64(24, PAGE).u64(32, iova));
    assertThat(mapped.errno()).isNull();
  }

  private void moves(int mode) {
    bed.ok(0x3b87, Struct.of(24).u64(16, mode));
    int ioas = bed.ioas();
    bed.mockDomain(ioas);
    mapFile(ioas, Bed.APERTURE);
    Struct copy = Struct.of(40).u32(4, 7).u32(8, ioas).u32(12, ioas).u64(16, PAGE);
    bed.ok(0x3b83, copy.u64(24, 2 * Bed.APERTURE).u64(32, Bed.APERTURE));
    assertThat(change(bed.caller())).as("PIN-030").isNull();
    ProcessId child = bed.processes.fork(bed.process);
    Caller other = bed.processes.caller(child);
    var accounting = bed.iommufd.accounting();
    assertThat(accounting.pinned(bed.process)).isEqualTo(1);
    bed.processes.limitMemlock(child, 0);
    assertThat(change(other)).as("PIN-029").isEqualTo(Errno.ENOMEM);
    assertThat(accounting.pinned(bed.process)).as("PIN-029").isEqualTo(1);
    assertThat(accounting.pinned(child)).as("PIN-029").isZero();
    bed.processes.limitMemlock(child, 2 * PAGE);
    assertThat(change(other)).as("PIN-028").isNull();
    assertThat(accounting.pinned(bed.process)).as("PIN-028").isZero();
    assertThat(accounting.pinned(child)).as("PIN-028").isEqualTo(1);
    assertThat(accounting.locked(child)).as("PIN-028").isEqualTo(mode);
    assertThat(change(bed.caller())).as("PIN-027").isNull();
    assertThat(accounting.pinned(child)).as("PIN-027").isZero();
  }

  @Test
  @Clause({"PIN-027", "PIN-028", "PIN-029", "PIN-030"})
  void change_chargedToAddressSpace_movesEachPageOnce() {
    moves(1);
  }

  @Test
  @Clause({"PIN-027", "PIN-028", "PIN-029", "PIN-030"})
  void change_chargedToUser_movesEachPageOnce() {
    moves(0);
  }

  @Test
  @Clause({"PIN-024", "PIN-025"})
  void change_refused_tellsWhy() {
    assertThat(bed.call(0x3b92, Struct.of(8).u32(4, 1)).errno()).isEqualTo(Errno.EOPNOTSUPP);
    int ioas = bed.ioas();
    assertThat(bed.mapFixed(ioas, Bed.MEMORY, PAGE, Bed.APERTURE).isOk()).isTrue();
    assertThat(change(bed.caller())).as("PIN-025").isEqualTo(Errno.EINVAL);
    assertThat(bed.destroy(ioas).isOk()).as("PIN-031").isTrue();
    assertThat(change(bed.caller())).isNull();
  }
}
