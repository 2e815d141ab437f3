package org.iommuref.conformance.doctor;

/**
 * One thing that was noticed.
 *
 * @param weight what it means for a run of the suite
 * @param sentence for the author of the adapter
 */
public record Finding(Weight weight, String sentence) {

  /** What a finding means. */
  public enum Weight {
    /** Works as it should. */
    FINE,
    /** Works, but may not be meant. */
    NOTE,
    /** The suite would fail or mislead because of it. */
    PROBLEM
  }
}
