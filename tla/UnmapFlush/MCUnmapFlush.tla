---------------------------- MODULE MCUnmapFlush ----------------------------
(***************************************************************************)
(* Bounds for TLC, and the states that must be reachable.                  *)
(***************************************************************************)
EXTENDS UnmapFlush, TLC

\* No step comes between a store and its arrival in memory.  With it, a counterexample that does
\* not need the store buffer is not cluttered by it.
StoresArriveAtOnce ==
  \A c \in Cpus : buffer[c] # <<>> => buffer'[c] = Tail(buffer[c])

Symmetry == Permutations(Cpus) \cup Permutations(Pages) \cup Permutations(Requests)

-----------------------------------------------------------------------------
(***************************************************************************)
(* Each of these says that an interesting state never occurs.  Its config  *)
(* must end in a violation: a model that cannot reach the state proves     *)
(* nothing about it.                                                       *)
(***************************************************************************)

\* Memory no longer holds the leaf entry, the IOTLB still does.
StaleEntryNeverCached ==
  \A i \in Iovas :
    mapped[i] = NoPage /\ (\A c \in Cpus : buffer[c] = <<>>) => iotlb[i] = NotPresent

\* The invalidation is executed, the drain still waits for an access.
DrainNeverWaits ==
  \A c \in Cpus : descriptor[c].state = "executed" => \A d \in Requests : ~WaitsFor(c, d)

\* A walk has read the directory entry, and the table is then unlinked.
WalkNeverInUnlinkedTable ==
  \A d \in Requests : request[d].state = "walking" =>
    \A c \in Cpus : request[d].entry.page \notin OwnedAs(Unlinked(c))

\* Two CPUs allocated a table, one of them linked it first.
LinkNeverRaces ==
  OwnedAs(Linked) # {} => \A c \in Cpus : OwnedAs(NewTable(c)) = {}

=============================================================================
