package org.iommuref.model.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.spec.errno.Errno;
import org.junit.jupiter.api.Test;

class ChecksTest {

  private static final Checks<Integer> CHECKS =
      Checks.<Integer>inOrder()
          .when("MAP-001", "even", n -> n % 2 == 0, Errno.EINVAL)
          .when("MAP-002", "divisible by three", n -> n % 3 == 0, Errno.EBUSY);

  @Test
  void refusal_severalConditionsHold_earliestDecides() {
    assertThat(CHECKS.refusal(6)).isEqualTo(Errno.EINVAL);
    assertThat(CHECKS.refusal(3)).isEqualTo(Errno.EBUSY);
    assertThat(CHECKS.refusal(5)).isNull();
  }

  @Test
  void then_listBehindList_keepsBothOrders() {
    Checks<Integer> more =
        CHECKS.then(
            Checks.<Integer>inOrder().when("MAP-003", "above 100", n -> n > 100, Errno.ERANGE));
    assertThat(more.list())
        .extracting(Check::errno)
        .containsExactly(Errno.EINVAL, Errno.EBUSY, Errno.ERANGE);
    assertThat(more.refusal(101)).isEqualTo(Errno.ERANGE);
  }

  @Test
  void without_checkDropped_leavesTheOriginalWhole() {
    assertThat(CHECKS.without(0).refusal(6)).isEqualTo(Errno.EBUSY);
    assertThat(CHECKS.refusal(6)).isEqualTo(Errno.EINVAL);
  }

  @Test
  void swapped_bothHold_otherDecides() {
    assertThat(CHECKS.swapped(0).refusal(6)).isEqualTo(Errno.EBUSY);
  }

  @Test
  void answering_otherErrno_changesThatCheckAlone() {
    Checks<Integer> wrong = CHECKS.answering(1, Errno.EPERM);
    assertThat(wrong.refusal(3)).isEqualTo(Errno.EPERM);
    assertThat(wrong.refusal(2)).isEqualTo(Errno.EINVAL);
  }
}
