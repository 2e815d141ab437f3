package org.iommuref.spec.clause;

/**
 * A document or source tree that clauses are taken from.
 *
 * @param name short name by which an {@link Origin} refers to it
 * @param title full title, with the version that was read
 */
public record Source(String name, String title) {}
