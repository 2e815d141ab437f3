package org.iommuref.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CommandLineTest {

  @Test
  void words_areSplitAtWhiteSpace() {
    assertThat(CommandLine.split("  python3 \t adapter.py\n-v "))
        .containsExactly("python3", "adapter.py", "-v");
  }

  @Test
  void quotes_keepSpaces_andJoinWhatTheyTouch() {
    assertThat(CommandLine.split("a 'b c' \"d e\" f'g h'i ''"))
        .containsExactly("a", "b c", "d e", "fg hi", "");
  }

  @Test
  void backslash_takesTheNextCharacter_butNotInSingleQuotes() {
    assertThat(CommandLine.split("a\\ b \"c\\\"d\" 'e\\f' g\\\\"))
        .containsExactly("a b", "c\"d", "e\\f", "g\\");
  }

  @Test
  void nothingIsExpanded() {
    assertThat(CommandLine.split("echo $HOME * ~ a|b;c"))
        .containsExactly("echo", "$HOME", "*", "~", "a|b;c");
  }

  @Test
  void emptyCommand_orOpenQuote_isRefused() {
    assertThatThrownBy(() -> CommandLine.split(" ")).hasMessage("the command is empty");
    assertThatThrownBy(() -> CommandLine.split("a 'b")).hasMessageContaining("not closed");
    assertThatThrownBy(() -> CommandLine.split("a \"b\\\"")).hasMessageContaining("not closed");
    assertThatThrownBy(() -> CommandLine.split("a\\")).hasMessageContaining("backslash");
  }
}
