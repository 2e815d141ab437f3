package org.iommuref.conformance.process;

import java.util.ArrayList;
import java.util.List;

/** A command with its arguments, split as a shell does; no shell runs, and nothing is expanded. */
public final class CommandLine {

  private final String text;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private int at;

  private CommandLine(String text) {
    this.text = text;
  }

  /**
   * Splits at white space outside quotes. Single quotes keep everything; in double quotes and
   * outside a backslash takes the next character as it is.
   *
   * @throws IllegalArgumentException for an empty command or a quote without its end
   */
  public static List<String> split(String text) {
    CommandLine line = new CommandLine(text);
    line.read();
    if (line.words.isEmpty()) {
      throw new IllegalArgumentException("the command is empty");
    }
    return List.copyOf(line.words);
  }

  private void read() {
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '\'' || c == '"') {
        inWord = true;
        readQuoted(c);
      } else if (Character.isWhitespace(c)) {
        endWord();
      } else {
        inWord = true;
        word.append(c == '\\' ? escaped() : c);
      }
    }
    endWord();
  }

  private void readQuoted(char quote) {
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == quote) {
        return;
      }
      word.append(c == '\\' && quote == '"' ? escaped() : c);
    }
    throw new IllegalArgumentException("a quote is not closed in: " + text);
  }

  private char escaped() {
    if (at == text.length()) {
      throw new IllegalArgumentException("a backslash ends: " + text);
    }
    return text.charAt(at++);
  }

  private void endWord() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }
}
