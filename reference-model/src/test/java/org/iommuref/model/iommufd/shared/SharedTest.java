package org.iommuref.model.iommufd.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.model.schedule.Sequential;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.YieldingStep;
import org.junit.jupiter.api.Test;

class SharedTest {

  private record Touch(int number) implements Step {}

  private record Ask() implements YieldingStep<Integer> {
    @Override
    public Integer ifDropped() {
      return 0;
    }
  }

  private final List<String> heard = new ArrayList<>();
  private final Footprint footprint =
      new Footprint() {
        @Override
        public void read(Object space, long address) {
          heard.add("read");
        }

        @Override
        public void write(Object space, long address) {
          heard.add("write");
        }
      };
  private final Lifetime lifetime = new Lifetime("the thing");
  private final Shared shared = new Shared(Sequential.plain(), footprint, lifetime);

  @Test
  void steps_tellWhatTheyTouch() {
    shared.change(new Touch(1), step -> {});
    assertThat(shared.<Integer, Ask>look(new Ask(), step -> 7)).isEqualTo(7);
    assertThat(shared.<Integer, Ask>take(new Ask(), step -> 8)).isEqualTo(8);
    shared.await(new Touch(2), () -> true);
    assertThat(heard).containsExactly("write", "read", "write", "read");
  }

  @Test
  void everyStep_afterTheEnd_isFoundOut() {
    shared.free(new Touch(0));
    assertThat(lifetime.hasEnded()).isTrue();
    String message = "OBJ-050: the thing has been freed and is touched by Touch[number=3]";
    assertThatThrownBy(() -> shared.change(new Touch(3), step -> {}))
        .isInstanceOf(UseAfterFreeException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> shared.await(new Touch(3), () -> true)).hasMessage(message);
    assertThatThrownBy(() -> shared.<Integer, Ask>look(new Ask(), step -> 7))
        .isInstanceOf(UseAfterFreeException.class);
    assertThatThrownBy(() -> shared.free(new Touch(3))).hasMessage(message);
    assertThat(heard).containsExactly("write");
  }
}
