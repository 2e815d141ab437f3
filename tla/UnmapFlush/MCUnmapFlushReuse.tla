-------------------------- MODULE MCUnmapFlushReuse --------------------------
(***************************************************************************)
(* The model with a history of which pages have been tables, for the one   *)
(* reachability that needs it.                                             *)
(***************************************************************************)
EXTENDS MCUnmapFlush

VARIABLE formerTables

ReuseSpec ==
  /\ Init /\ formerTables = {}
  /\ [][/\ Next
        /\ formerTables' = formerTables \cup UNION {OwnedAs(OldTable(c)) : c \in Cpus}
       ]_<<vars, formerTables>>

\* A freed table page becomes a data page and is mapped.
TableNeverBecomesData == formerTables \cap OwnedAs(Mapped) = {}

=============================================================================
