package org.iommuref.model.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScheduleTest {

  private static Schedule of(int... picks) {
    return Schedule.of(picks, picks.length);
  }

  @Test
  void rowsOfEqualPicks_areWrittenOnce() {
    assertThat(of(0, 0, 0, 1, 0, 2, 2)).hasToString("0:3,1,0,2:2");
  }

  @Test
  void zerosAtTheEnd_areLeftOut() {
    assertThat(of(1, 0, 0)).hasToString("1").isEqualTo(of(1));
    assertThat(of(0, 0)).hasToString("0").isEqualTo(of());
  }

  @Property(tries = 200)
  void text_readsBackAsTheSame(@ForAll @Size(max = 40) List<@IntRange(max = 3) Integer> picks) {
    var schedule = Schedule.of(picks.stream().mapToInt(i -> i).toArray(), picks.size());
    var again = Schedule.parse(schedule.toString());
    assertThat(again).isEqualTo(schedule).hasSameHashCodeAs(schedule);
    for (int point = 0; point < picks.size(); point++) {
      assertThat(again.pick(point)).isEqualTo(picks.get(point));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "1,", "-1", "1:-2", "1:", "0:99999999999", "1:2:3", "1:20000000"})
  void textThatIsNoSchedule_isRefusedInOneLine(String text) {
    assertThatThrownBy(() -> Schedule.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not a schedule: \"" + text + "\": ");
  }
}
