package org.iommuref.spec.operation;

import java.util.List;
import org.iommuref.spec.backend.AskingDevices.Answer;

/**
 * What a device has been answered.
 *
 * @param answers in their order
 */
public record PageAnswers(List<Answer> answers) {

  /** Copies the list. */
  public PageAnswers {
    answers = List.copyOf(answers);
  }
}
