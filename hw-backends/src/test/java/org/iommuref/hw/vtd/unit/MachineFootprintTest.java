package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.iommuref.hw.vtd.VtdUnits;
import org.iommuref.hw.vtd.layout.GlobalCommand;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.unit.InterruptMessage;
import org.iommuref.spec.unit.PageRequestMessage;
import org.junit.jupiter.api.Test;

/**
 * What the machines of a unit share is in their footprints: an exploration that leaves out orders
 * of independent moves relies on it.
 */
class MachineFootprintTest {

  private static final PageRequestMessage PAGE =
      new PageRequestMessage(Bench.DEVICE, null, false, false, true, false, true, 1, Bench.IOVA);
  private static final InterruptMessage INTERRUPT =
      new InterruptMessage(Bench.DEVICE, 0xfee0_0000L, 0x41);
  private static final Atom DEVICE_TLB =
      InvalidationDescriptor.deviceTlb(Bench.DEVICE.value(), Bench.IOVA, false);
  private static final Atom WAIT = InvalidationDescriptor.waitWritingStatus(0x9000_0000L, 1);

  private final List<String> heard = new ArrayList<>();
  private final Bench bench =
      new Bench(
          VtdParts.standard().with(VtdUnits.full()),
          CachePolicy.REALISTIC,
          new Footprint() {
            @Override
            public void read(Object space, long address) {
              heard.add("read " + space.getClass().getSimpleName() + " " + address);
            }

            @Override
            public void write(Object space, long address) {
              heard.add("write " + space.getClass().getSimpleName() + " " + address);
            }
          });

  private final int queue = bench.queueMachine();
  private final int interrupts = queue - 1;
  private final int pages = queue - 2;

  private List<String> during(Runnable move) {
    heard.clear();
    move.run();
    return heard;
  }

  private List<String> asking(BooleanSupplier question, boolean answer) {
    heard.clear();
    assertThat(question.getAsBoolean()).isEqualTo(answer);
    return heard;
  }

  @Test
  void machines_haveNames() {
    assertThat(bench.unit.machineName(0)).isEqualTo("request 0");
    assertThat(bench.unit.machineName(pages)).isEqualTo("page requests");
    assertThat(bench.unit.machineName(interrupts)).isEqualTo("interrupts");
    assertThat(bench.unit.machineName(queue)).isEqualTo("invalidation queue");
  }

  @Test
  void interrupts_underWay_areShared() {
    String read = "read InterruptRemapper 0";
    String write = "write InterruptRemapper 0";
    assertThat(asking(() -> bench.unit.enabled(interrupts), false)).containsExactly(read);
    assertThat(during(() -> bench.unit.interrupt(INTERRUPT))).contains(write);
    assertThat(asking(() -> bench.unit.enabled(interrupts), true)).containsExactly(read);
    assertThat(during(() -> bench.unit.advance(interrupts))).contains(write);
    assertThat(during(() -> bench.write(Register.GCMD, GlobalCommand.SIRTP.mask())))
        .contains(write);
  }

  @Test
  void messages_toTheOutside_areShared() {
    assertThat(asking(bench.unit::hasSent, false)).containsExactly("read ArrayList 0");
    bench.unit.interrupt(INTERRUPT);
    assertThat(during(() -> bench.unit.advance(interrupts))).contains("write ArrayList 0");
    assertThat(asking(bench.unit::hasSent, true)).containsExactly("read ArrayList 0");
    assertThat(during(() -> bench.unit.outbox())).containsExactly("write ArrayList 0");
  }

  @Test
  void pageRequests_underWay_areShared() {
    String read = "read PageRequestQueue 0";
    String write = "write PageRequestQueue 0";
    assertThat(asking(() -> bench.unit.enabled(pages), false)).containsExactly(read);
    assertThat(during(() -> bench.unit.pageRequest(PAGE))).containsExactly(write);
    assertThat(asking(() -> bench.unit.enabled(pages), true)).containsExactly(read);
    assertThat(during(() -> bench.unit.advance(pages))).contains(write);
  }

  @Test
  void invalidationsOfDeviceTlbs_underWay_areShared() {
    String read = "read DeviceTlbs 0";
    String write = "write DeviceTlbs 0";
    bench.started();
    bench.enqueue(DEVICE_TLB, WAIT);
    bench.unit.advance(queue);
    assertThat(asking(() -> bench.unit.enabled(queue), true)).as("a tag is free").contains(read);
    assertThat(during(() -> bench.unit.advance(queue))).as("sent").contains(write);
    bench.unit.advance(queue);
    assertThat(asking(() -> bench.unit.enabled(queue), false)).as("wait").contains(read);
    assertThat(during(() -> bench.unit.invalidationCompleted(Bench.DEVICE, 1, 1)))
        .containsExactly(write);
    assertThat(during(() -> bench.unit.elapse(1))).containsExactly(write);
    assertThat(asking(() -> bench.unit.enabled(queue), true)).isNotEmpty();
  }

  @Test
  void descriptorInHand_isShared() {
    String read = "read InvalidationQueue 0";
    String write = "write InvalidationQueue 0";
    bench.started();
    bench.enqueue(WAIT);
    assertThat(asking(() -> bench.unit.enabled(queue), true)).as("to fetch").contains(read);
    assertThat(during(() -> bench.unit.advance(queue))).as("fetched").contains(write);
    assertThat(asking(() -> bench.unit.enabled(queue), true)).as("in hand").contains(read);
    assertThat(during(() -> bench.unit.advance(queue))).as("carried out").contains(write);
    assertThat(asking(() -> bench.unit.enabled(queue), false)).as("done").contains(read);
    assertThat(during(() -> bench.command(GlobalCommand.QIE, false))).as("off").contains(write);
  }

  @Test
  void requests_underWay_areSharedBySlot() {
    bench.started();
    int slot = bench.unit.request(ScalableBench.plain(Bench.IOVA));
    assertThat(slot).isZero();
    assertThat(during(() -> bench.unit.request(ScalableBench.plain(Bench.IOVA))))
        .contains("read InFlight 0", "read InFlight 1", "write InFlight 1")
        .doesNotContain("write InFlight 0");
    assertThat(asking(() -> bench.unit.enabled(slot), true)).contains("read InFlight 0");
    assertThat(during(() -> bench.unit.advance(slot))).contains("write InFlight 0");
  }

  @Test
  void whoWaitsForRequests_isShared() {
    assertThat(during(() -> bench.command(GlobalCommand.TE, true)))
        .as("a command waits")
        .containsSubsequence("write ArrayList 0", "read ArrayList 0", "write ArrayList 0");
  }
}
