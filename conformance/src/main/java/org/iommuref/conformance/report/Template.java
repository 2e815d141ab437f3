package org.iommuref.conformance.report;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A Mustache template; a name in it that the data do not have is an error. */
public final class Template {

  private static final int REPLACEMENT = 0xFFFD;

  private final com.samskivert.mustache.Template compiled;

  private Template(com.samskivert.mustache.Template compiled) {
    this.compiled = compiled;
  }

  /** The template of that file beside this class. */
  static Template named(String file) {
    return beside(Template.class, file);
  }

  /**
   * The template of that file among the resources of a class.
   *
   * @throws IllegalStateException if there is no such file
   */
  public static Template beside(Class<?> owner, String file) {
    try (InputStream in = owner.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("no template " + file);
      }
      Reader text = new InputStreamReader(in, StandardCharsets.UTF_8);
      return new Template(Mustache.compiler().withEscaper(Template::escape).compile(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes of the file that the data make of it. */
  public byte[] with(Object data) {
    return compiled.execute(data).getBytes(StandardCharsets.UTF_8);
  }

  /** What neither XML nor HTML can hold, as a child process may have printed it, is replaced. */
  private static String escape(String raw) {
    StringBuilder holdable = new StringBuilder();
    raw.codePoints().map(Template::holdable).forEach(holdable::appendCodePoint);
    return Escapers.HTML.escape(holdable.toString());
  }

  private static int holdable(int c) {
    boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
    boolean half = Character.getType(c) == Character.SURROGATE;
    return control || half || (c & 0xFFFE) == 0xFFFE ? REPLACEMENT : c;
  }
}
