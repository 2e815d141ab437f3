package org.iommuref.hw.vtd.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.iommuref.hw.vtd.layout.Field.Access;
import org.iommuref.spec.memory.Memory.Atom;
import org.junit.jupiter.api.Test;

class FieldTest {

  private final Field field = Field.of("F", 75, 67, "m");

  @Test
  void field_ofBits_isReadAndWrittenUnlessSaidOtherwise() {
    assertThat(field.access()).isEqualTo(Access.RW);
    assertThat(Field.bit("B", 5, "m").access()).isEqualTo(Access.RW);
    assertThat(field.readOnly().access()).isEqualTo(Access.RO);
    assertThat(field.writeOnly().access()).isEqualTo(Access.WO);
    assertThat(field.clearedByOne().access()).isEqualTo(Access.RW1C);
  }

  @Test
  void field_ofAnotherAccess_isTheSameOtherwise() {
    assertThat(field).isEqualTo(new Field("F", 75, 67, Access.RW, "m"));
    assertThat(Field.bit("B", 5, "m")).isEqualTo(new Field("B", 5, 5, Access.RW, "m"));
    assertThat(field.readOnly()).isEqualTo(new Field("F", 75, 67, Access.RO, "m"));
    assertThat(field.writeOnly()).isEqualTo(new Field("F", 75, 67, Access.WO, "m"));
    assertThat(field.clearedByOne()).isEqualTo(new Field("F", 75, 67, Access.RW1C, "m"));
  }

  @Test
  void field_ofTheHighQuadword_isCountedFromItsLowEnd() {
    assertThat(field.quadword()).isEqualTo(1);
    assertThat(field.width()).isEqualTo(9);
    assertThat(field.mask()).isEqualTo(0xff8);
    assertThat(field.get(new Atom(-1, 0x18))).isEqualTo(3);
    assertThat(field.put(-1, 0)).isEqualTo(~0xff8L);
    assertThat(field.put(0, 0x1ff)).isEqualTo(0xff8);
    assertThatThrownBy(() -> field.put(0, 0x200)).hasMessage("F has 9 bits: 0x200");
    assertThat(field).hasToString("F 75:67");
    assertThat(Field.bit("B", 64, "m")).hasToString("B 64");
  }

  @Test
  void field_acrossQuadwords_isRefused() {
    assertThatThrownBy(() -> Field.of("F", 64, 63, "m")).hasMessageContaining("64:63");
    assertThatThrownBy(() -> Field.of("F", 1, 2, "m")).hasMessageContaining("1:2");
    assertThatThrownBy(() -> Field.of("F", 1, -1, "m")).hasMessageContaining("1:-1");
    assertThatThrownBy(() -> Field.bit("F", -1, "m")).hasMessageContaining("-1:-1");
    assertThat(Field.of("F", 63, 0, "m").mask()).isEqualTo(-1);
  }
}
