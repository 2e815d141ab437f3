package org.iommuref.spec.unit;

/**
 * The answer to a translation request, as ATS carries it.
 *
 * @param status whether there is a translation
 * @param address the first byte of the range in memory; 0 where neither right is given
 * @param shift log2 of the bytes of the range
 * @param read whether the device may read
 * @param write whether the device may write
 * @param snooped N: accesses must be snooped
 * @param untranslatedOnly U: the device may access by untranslated requests alone
 * @param privileged the translation is for privileged requests
 */
public record TranslationCompletion(
    Status status,
    long address,
    int shift,
    boolean read,
    boolean write,
    boolean snooped,
    boolean untranslatedOnly,
    boolean privileged) {

  /** What becomes of a request on PCI Express. */
  public enum Status {
    /** It was answered. */
    SUCCESS,
    /** Unsupported request. */
    UNSUPPORTED,
    /** Completer abort. */
    ABORTED
  }

  /** No answer. */
  public static TranslationCompletion without(Status status) {
    return new TranslationCompletion(status, 0, 0, false, false, false, false, false);
  }

  /** An answer that gives no right: the device may ask for the page. */
  public static TranslationCompletion withoutRights() {
    return without(Status.SUCCESS);
  }
}
