package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.hw.vtd.VtdUnits;
import org.iommuref.hw.vtd.layout.ContextEntry;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.layout.FirstStageEntry;
import org.iommuref.hw.vtd.layout.GlobalCommand;
import org.iommuref.hw.vtd.layout.InterruptEntry;
import org.iommuref.hw.vtd.layout.Layout;
import org.iommuref.hw.vtd.layout.PasidDirectoryEntry;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.hw.vtd.layout.RootEntry;
import org.iommuref.hw.vtd.layout.ScalableContextEntry;
import org.iommuref.hw.vtd.layout.ScalableRootEntry;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.unit.InterruptMessage;
import org.junit.jupiter.api.Test;

/** A rule that a variant replaces hears which quadword of which structure it is asked about. */
class HookTest {

  private final List<String> heard = new ArrayList<>();

  private VtdParts hearing(VtdConfiguration unit) {
    return VtdParts.standard()
        .with(unit)
        .with(
            new TableGeometry() {
              @Override
              public long seen(Layout layout, int level, int quadword, long value) {
                heard.add(layout.name() + " " + level + " " + quadword);
                return value;
              }
            });
  }

  private static String seen(Layout layout, int level, int quadword) {
    return layout.name() + " " + level + " " + quadword;
  }

  @Test
  void structuresOfLegacyMode_areSeenByQuadwordAndLevel() {
    Bench bench = new Bench(hearing(VtdConfiguration.standard())).withDomain();
    bench.map(Bench.IOVA, Bench.PAGE_A, 1);
    bench.read(Bench.IOVA);
    assertThat(heard)
        .containsExactly(
            seen(RootEntry.LAYOUT, 0, 0),
            seen(RootEntry.LAYOUT, 0, 1),
            seen(ContextEntry.LAYOUT, 0, 0),
            seen(ContextEntry.LAYOUT, 0, 1),
            seen(SecondStageEntry.LAYOUT, 4, 0),
            seen(SecondStageEntry.LAYOUT, 3, 0),
            seen(SecondStageEntry.LAYOUT, 2, 0),
            seen(SecondStageEntry.LAYOUT, 1, 0));
  }

  @Test
  void structuresOfScalableMode_areSeenByQuadwordAndLevel() {
    ScalableBench scene = new ScalableBench(hearing(VtdConfiguration.scalable())).withFirstStage();
    scene.mapFirst(Bench.IOVA, Bench.PAGE_A, 3);
    scene.access(ScalableBench.read(Bench.IOVA & -ScalableBench.GIB));
    List<String> expected = new ArrayList<>();
    expected.add(seen(ScalableRootEntry.HALF, 0, 0));
    for (int i = 0; i < 4; i++) {
      expected.add(seen(ScalableContextEntry.LAYOUT, 0, i));
    }
    expected.add(seen(PasidDirectoryEntry.LAYOUT, 0, 0));
    for (int i = 0; i < PasidEntry.QUADWORDS; i++) {
      expected.add(seen(PasidEntry.LAYOUT, 0, i));
    }
    assertThat(heard).startsWith(expected.toArray(String[]::new));
    assertThat(heard)
        .contains(seen(FirstStageEntry.LAYOUT, 4, 0), seen(FirstStageEntry.LAYOUT, 3, 0));
    heard.clear();
    Rid upperHalf = new Rid(0x0280);
    scene.bench.read(upperHalf, 0);
    assertThat(heard).containsExactly(seen(ScalableRootEntry.HALF, 1, 0));
  }

  @Test
  void registers_areSeenByTheOffsetOfTheirQuadword() {
    VtdParts parts =
        VtdParts.standard()
            .with(
                new RegisterRules() {
                  @Override
                  public long read(int offset, long value) {
                    heard.add("read " + offset);
                    return value;
                  }

                  @Override
                  public long written(
                      int offset, long before, long bits, long writable, long clearable) {
                    heard.add("written " + offset);
                    return bits;
                  }
                });
    RegisterFile registers = new RegisterFile(parts, Footprint.NONE);
    registers.read(0x3c, 4);
    registers.write(0x44, 4, 1);
    assertThat(heard).containsExactly("read " + 0x38, "written " + 0x40);
  }

  @Test
  void recordsAndDescriptors_areSeenByQuadword() {
    VtdParts standard = VtdParts.standard().with(VtdUnits.full());
    Bench bench =
        new Bench(
            standard
                .with(
                    new FaultRules() {
                      @Override
                      public Atom recorded(DmaRequest request, FaultReason reason, Atom record) {
                        heard.add("recorded " + reason);
                        return record;
                      }

                      @Override
                      public long stored(int quadword, long value) {
                        heard.add("stored " + quadword);
                        return value;
                      }
                    })
                .with(
                    standard
                        .scalable()
                        .with(
                            new InterruptRules() {
                              @Override
                              public long seenOfDescriptor(int quadword, long value) {
                                heard.add("descriptor " + quadword);
                                return value;
                              }

                              @Override
                              public long storedInDescriptor(int quadword, long value) {
                                heard.add("stored " + quadword);
                                return value;
                              }
                            })));
    bench.started();
    bench.read(Bench.IOVA);
    assertThat(heard).containsExactly("recorded LRT_2", "stored 0", "stored 1");
    heard.clear();
    long table = bench.page();
    bench.memory.writeAtom(table, InterruptEntry.posted(0x41, bench.page(), false));
    bench.write(Register.IRTA, table | 7);
    bench.write(Register.GCMD, GlobalCommand.SIRTP.mask());
    bench.write(Register.GCMD, GlobalCommand.IRE.mask());
    bench.unit.interrupt(new InterruptMessage(Bench.DEVICE, 0xfee0_0010L, 0));
    bench.unit.drain();
    assertThat(heard)
        .containsExactly(
            "descriptor 0",
            "descriptor 1",
            "descriptor 2",
            "descriptor 3",
            "descriptor 4",
            "descriptor 5",
            "descriptor 6",
            "descriptor 7",
            "stored 1",
            "stored 4");
  }
}
