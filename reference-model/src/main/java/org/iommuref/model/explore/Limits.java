package org.iommuref.model.explore;

/**
 * What an exploration bounds and watches.
 *
 * @param moves after which a schedule is cut off
 * @param oneAccess whether a move that makes more than one access to shared state fails
 * @param recordFootprints whether executions tell what each move touched
 */
record Limits(int moves, boolean oneAccess, boolean recordFootprints) {

  static final Limits DEFAULT = new Limits(10_000, false, false);
}
