package org.iommuref.spec.clause;

import java.util.Optional;

/**
 * A clause that no longer holds; its id is never used again.
 *
 * @param id its permanent name
 * @param position where the catalogue withdraws it
 * @param title the former rule in a few words
 * @param why why it was withdrawn
 * @param successor the clause in force that took its place, if one did
 */
public record WithdrawnClause(
    ClauseId id, Position position, String title, String why, Optional<ClauseId> successor) {}
