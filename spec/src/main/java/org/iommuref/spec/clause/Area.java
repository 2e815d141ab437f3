package org.iommuref.spec.clause;

/**
 * A subject of the catalogue; its clauses share a file and the first part of their ids.
 *
 * @param name the area's part of an id, as {@code INV}
 * @param title the subject in a few words
 */
public record Area(String name, String title) {}
