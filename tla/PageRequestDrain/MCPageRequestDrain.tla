------------------------- MODULE MCPageRequestDrain -------------------------
(***************************************************************************)
(* Bounds for TLC, and the states that must be reachable.                  *)
(***************************************************************************)
EXTENDS PageRequestDrain, TLC

Symmetry == Permutations(Groups) \cup Permutations(Domains)

-----------------------------------------------------------------------------
(***************************************************************************)
(* Each of these says that an interesting state never occurs.  Its config  *)
(* must end in a violation: a model that cannot reach the state proves     *)
(* nothing about it.                                                       *)
(***************************************************************************)

\* The drain is submitted, and a request that was accepted is not in the queue yet.
DrainNeverWaits ==
  stage = "draining" => \A r \in Groups : request[r].state # "accepted"

\* The PASID has left its domain for another one, and one request was heard for each.
PasidNeverReused ==
  \A r, s \in Groups :
    request[r].state = "heard" /\ request[s].state = "heard" => request[r].made = request[s].made

\* The CPU that drains finds that an interrupt is being dealt with.
DrainNeverMeetsInterrupt ==
  stage = "drained" => lock # "interrupt"

=============================================================================
