package org.iommuref.tla;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.iommuref.tla.tlc.TlaException;

/**
 * The models of one library, read from {@code manifest.json}.
 *
 * @param models in the order of the file
 */
public record Manifest(List<Model> models) {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Copies the list. */
  public Manifest {
    models = List.copyOf(models);
  }

  /**
   * Reads a manifest.
   *
   * @param from what the text is, for the message
   * @throws TlaException if the text is no manifest; the message names the config or field
   */
  static Manifest parse(String from, String text) {
    try {
      return JSON.readValue(text, ManifestJson.FileJson.class).toManifest();
    } catch (JsonProcessingException e) {
      String place = e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr();
      // Jackson adds the Java class that lacks the field, which says nothing to who writes the
      // file.
      String problem = e.getOriginalMessage().replaceFirst(" \\(class .*", "");
      throw new TlaException(from + place + ": " + problem, e);
    } catch (TlaException e) {
      throw new TlaException(from + ": " + e.getMessage(), e);
    }
  }
}
