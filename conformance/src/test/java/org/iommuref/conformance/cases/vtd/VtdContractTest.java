package org.iommuref.conformance.cases.vtd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.iommuref.conformance.cases.vtd.Registers.CFI;
import static org.iommuref.conformance.cases.vtd.Registers.FEADDR;
import static org.iommuref.conformance.cases.vtd.Registers.FECTL;
import static org.iommuref.conformance.cases.vtd.Registers.GCMD;
import static org.iommuref.conformance.cases.vtd.Registers.IEADDR;
import static org.iommuref.conformance.cases.vtd.Registers.IECTL;
import static org.iommuref.conformance.cases.vtd.Registers.IM;
import static org.iommuref.conformance.cases.vtd.Registers.IQA;
import static org.iommuref.conformance.cases.vtd.Registers.IRE;
import static org.iommuref.conformance.cases.vtd.Registers.IRTA;
import static org.iommuref.conformance.cases.vtd.Registers.PEADDR;
import static org.iommuref.conformance.cases.vtd.Registers.PECTL;
import static org.iommuref.conformance.cases.vtd.Registers.PQA;
import static org.iommuref.conformance.cases.vtd.Registers.QIE;
import static org.iommuref.conformance.cases.vtd.Registers.RTADDR;
import static org.iommuref.conformance.cases.vtd.Registers.SIRTP;
import static org.iommuref.conformance.cases.vtd.Registers.SRTP;
import static org.iommuref.conformance.cases.vtd.Registers.TE;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.iommuref.conformance.cases.vtd.VtdContract.Breach;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.unit.PageRequestMessage;
import org.iommuref.spec.unit.call.DeviceCall.RequestPage;
import org.iommuref.spec.unit.call.DeviceCall.SendPageRequest;
import org.iommuref.spec.unit.call.UnitCall.WriteRegister;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What counts as software that breaks its side of the contract, and what does not. */
class VtdContractTest {

  private static final long TABLE = 0x1000;
  private static final PageRequestMessage PAGE =
      new PageRequestMessage(Topology.FIRST, null, false, false, true, false, true, 1, TABLE);

  private static WriteRegister write(int offset, long value) {
    return new WriteRegister(offset, Integer.BYTES, value, null);
  }

  private static WriteRegister command(long value) {
    return write(GCMD, value);
  }

  @Test
  void software_thatGivesEachPartItsAddressFirst_breaksNothing() {
    List<Operation<?>> operations =
        List.of(
            write(IQA, TABLE),
            command(QIE),
            write(RTADDR, TABLE),
            command(QIE | SRTP),
            command(QIE | TE),
            write(IRTA, TABLE),
            command(QIE | TE | SIRTP),
            command(QIE | TE | IRE),
            command(QIE | TE | IRE | CFI),
            write(PQA, TABLE),
            new RequestPage(PAGE, null),
            new SendPageRequest(PAGE, null),
            write(FECTL, IM),
            write(FEADDR, TABLE),
            write(FECTL, 0),
            write(IEADDR, TABLE),
            write(IECTL, 0),
            write(PEADDR, TABLE),
            write(PECTL, 0),
            command(0));

    assertThat(VtdContract.breaches(operations.subList(0, operations.size() - 1))).isEmpty();
    assertThat(VtdContract.breaches(operations))
        .as("all levels are turned off at once")
        .containsExactly(Breach.SEVERAL_COMMANDS_AT_ONCE);
  }

  static Stream<Arguments> breaches() {
    WriteRegister root = write(RTADDR, TABLE);
    WriteRegister queue = write(IQA, TABLE);
    WriteRegister interrupts = write(IRTA, TABLE);
    return Stream.of(
        of(Breach.SEVERAL_COMMANDS_AT_ONCE, root, queue, command(SRTP), command(TE | QIE)),
        of(Breach.SEVERAL_COMMANDS_AT_ONCE, root, queue, command(SRTP | QIE)),
        of(Breach.SEVERAL_COMMANDS_AT_ONCE, root, interrupts, command(SRTP | SIRTP)),
        of(Breach.TRANSLATION_WITHOUT_ROOT_TABLE, command(SRTP)),
        of(Breach.TRANSLATION_WITHOUT_ROOT_TABLE, root, command(TE)),
        of(Breach.QUEUE_WITHOUT_ADDRESS, command(QIE), queue),
        of(Breach.REMAPPING_WITHOUT_TABLE, command(SIRTP)),
        of(Breach.REMAPPING_WITHOUT_TABLE, interrupts, command(IRE)),
        of(Breach.PAGE_REQUEST_WITHOUT_QUEUE, new RequestPage(PAGE, null)),
        of(Breach.PAGE_REQUEST_WITHOUT_QUEUE, new SendPageRequest(PAGE, null)),
        of(Breach.EVENT_WITHOUT_ADDRESS, write(PEADDR, TABLE), write(FECTL, 0)),
        of(Breach.EVENT_WITHOUT_ADDRESS, write(FEADDR, TABLE), write(IECTL, 0)),
        of(Breach.EVENT_WITHOUT_ADDRESS, write(IEADDR, TABLE), write(PECTL, 0)));
  }

  private static Arguments of(Breach breach, Operation<?>... operations) {
    return Arguments.of(breach, List.of(operations));
  }

  @ParameterizedTest
  @MethodSource("breaches")
  void software_thatBreaksIt_isFoundOut(Breach breach, List<Operation<?>> operations) {
    assertThat(VtdContract.breaches(operations)).as("%s", operations).isEqualTo(Set.of(breach));
  }
}
