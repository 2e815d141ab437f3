package org.iommuref.spec.clause;

/**
 * Where a clause comes from: a place in a document or a source tree.
 *
 * @param source short name of the document, registered in {@code clauses/SOURCES.yaml}, as {@code
 *     linux} or {@code vt-d}
 * @param at the place in it: file and function of a source tree, section of a manual
 */
public record Origin(String source, String at) {}
