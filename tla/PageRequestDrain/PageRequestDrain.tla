-------------------------- MODULE PageRequestDrain --------------------------
(***************************************************************************)
(* A PASID leaves its domain while a device asks for pages under it.       *)
(*                                                                         *)
(* Hardware looks the PASID entry up, in a cache first, when a request     *)
(* arrives; it refuses the request, or writes it to a queue in memory      *)
(* later.  Software takes requests from the queue, at an interrupt or      *)
(* while it drains: it looks up who deals with the PASID now, and hands    *)
(* the request on.  When the PASID has left its domain it is set to        *)
(* another one, whose handler must not hear of requests that were made     *)
(* for the first.                                                          *)
(*                                                                         *)
(* The order that is safe: the entry is cleared and its cached copy        *)
(* invalidated, so that no request follows; a drain brings what hardware   *)
(* has accepted into the queue; the queue is taken, under the lock that    *)
(* whoever takes from it holds; only then does the handler go.             *)
(***************************************************************************)
EXTENDS Naturals, Sequences

CONSTANTS
  Groups,   \* page requests, each the last of its group
  Domains,  \* to which the PASID can be set
  None,     \* no domain, nobody
  Faults    \* names of the faults that are switched on; {} is correct

VARIABLES
  entry,    \* the PASID entry in memory: a domain, or None
  cached,   \* what hardware has cached of it, or None
  handler,  \* the domain whose handler software finds for the PASID, or None
  stage,    \* how far the CPU is that sets the PASID and takes it away
  request,  \* group -> how far its request is, and for which domain
  queue,    \* the queue in memory, between head and tail
  taker,    \* who takes requests -> how far
  lock      \* who holds the lock of those who take, or None

vars == <<entry, cached, handler, stage, request, queue, taker, lock>>

-----------------------------------------------------------------------------
Takers == {"interrupt", "cpu"}

Stages ==
  {"left", "registered", "present", "set", "cleared", "invalidating", "gone",
   "draining", "drained", "taken", "over"}

Unborn == [state |-> "unborn", made |-> None, heard |-> None, times |-> 0]
AtRest == [state |-> "rest", left |-> <<>>, took |-> {}, found |-> None]

Fault(name) == name \in Faults

InQueue == {queue[n] : n \in DOMAIN queue}

TypeOK ==
  /\ entry \in Domains \cup {None}
  /\ cached \in Domains \cup {None}
  /\ handler \in Domains \cup {None}
  /\ stage \in Stages
  /\ request \in [Groups ->
       [state : {"unborn", "sent", "accepted", "queued", "refused", "heard", "unheard"},
        made : Domains \cup {None}, heard : Domains \cup {None}, times : 0..2]]
  /\ InQueue \subseteq Groups
  /\ \A t \in Takers :
       /\ taker[t].state \in {"rest", "taking", "found"}
       /\ taker[t].took \subseteq Groups
       /\ taker[t].found \in Domains \cup {None}
  /\ lock \in Takers \cup {None}

Init ==
  /\ entry = None
  /\ cached = None
  /\ handler = None
  /\ stage = "left"
  /\ request = [r \in Groups |-> Unborn]
  /\ queue = <<>>
  /\ taker = [t \in Takers |-> AtRest]
  /\ lock = None

-----------------------------------------------------------------------------
(* Device and unit.                                                        *)

RaisePageRequest(r) ==
  /\ request[r].state = "unborn"
  /\ request' = [request EXCEPT ![r].state = "sent"]
  /\ UNCHANGED <<entry, cached, handler, stage, queue, taker, lock>>

\* By the cached entry, or the one in memory, which is cached then if it is present.
ReadPasidEntry(r) ==
  LET found == IF cached # None THEN cached ELSE entry IN
  /\ request[r].state = "sent"
  /\ cached' = found
  /\ request' = [request EXCEPT
       ![r].state = IF found = None THEN "refused" ELSE "accepted",
       ![r].made = found]
  /\ UNCHANGED <<entry, handler, stage, queue, taker, lock>>

WritePageRequest(r) ==
  /\ request[r].state = "accepted"
  /\ request' = [request EXCEPT ![r].state = "queued"]
  /\ queue' = Append(queue, r)
  /\ UNCHANGED <<entry, cached, handler, stage, taker, lock>>

ExecutePasidInvalidation ==
  /\ stage = "invalidating"
  /\ cached' = None
  /\ stage' = IF Fault("NoDrain") \/ Fault("DrainBeforeEntry") THEN "over" ELSE "gone"
  /\ UNCHANGED <<entry, handler, request, queue, taker, lock>>

\* What was accepted before the drain was submitted is in the queue.
CompleteDrain ==
  /\ stage = "draining"
  /\ Fault("DrainNotAwaited") \/ \A r \in Groups : request[r].state # "accepted"
  /\ stage' = "drained"
  /\ UNCHANGED <<entry, cached, handler, request, queue, taker, lock>>

-----------------------------------------------------------------------------
(* The CPU that sets the PASID, and takes it away.                         *)

RegisterHandler(d) ==
  /\ handler = None
  /\ IF Fault("EntryBeforeHandler")
     THEN stage = "present" /\ entry = d /\ stage' = "set"
     ELSE stage = "left" /\ stage' = "registered"
  /\ handler' = d
  /\ UNCHANGED <<entry, cached, request, queue, taker, lock>>

SetPasidPresent(d) ==
  /\ IF Fault("EntryBeforeHandler")
     THEN stage = "left" /\ stage' = "present"
     ELSE stage = "registered" /\ handler = d /\ stage' = "set"
  /\ entry' = d
  /\ UNCHANGED <<cached, handler, request, queue, taker, lock>>

\* The process whose table it is ends: nothing is translated any more, the PASID stays set.
EndTable ==
  /\ stage = "set"
  /\ entry # None
  /\ entry' = None
  /\ cached' = None
  /\ UNCHANGED <<handler, stage, request, queue, taker, lock>>

\* An entry that is not present any more has to be drained too.
ClearPasidPresent ==
  /\ stage = IF Fault("DrainBeforeEntry") THEN "taken" ELSE "set"
  /\ entry' = None
  /\ stage' = IF entry = None /\ Fault("SkipDrainOfEnded") THEN "over" ELSE "cleared"
  /\ UNCHANGED <<cached, handler, request, queue, taker, lock>>

SubmitPasidInvalidation ==
  /\ stage = "cleared"
  /\ stage' = "invalidating"
  /\ UNCHANGED <<entry, cached, handler, request, queue, taker, lock>>

SubmitDrain ==
  /\ stage = IF Fault("DrainBeforeEntry") THEN "set" ELSE "gone"
  /\ stage' = "draining"
  /\ IF Fault("LockAcrossDrain") THEN lock = None /\ lock' = "cpu" ELSE UNCHANGED lock
  /\ UNCHANGED <<entry, cached, handler, request, queue, taker>>

\* The handler of the domain goes, and the PASID can be set anew.
Leave ==
  /\ \/ stage = "over"
     \/ stage = "taken" /\ ~Fault("DrainBeforeEntry")
     \/ stage = "drained" /\ Fault("QueueNotTaken")
  /\ handler' = None
  /\ stage' = "left"
  /\ UNCHANGED <<entry, cached, request, queue, taker, lock>>

-----------------------------------------------------------------------------
(* Who takes requests.                                                     *)

\* The interrupt comes when there is something; who drains looks whether there is.  One who waits
\* for others to take what is there, with the lock, only looks whether they have.
BeginTake(t) ==
  /\ taker[t].state = "rest"
  /\ IF t = "cpu" THEN stage = "drained" ELSE queue # <<>>
  /\ ~(t = "cpu" /\ Fault("QueueNotTaken"))
  /\ IF t = "cpu" /\ Fault("LockAcrossDrain")
     THEN lock = "cpu" /\ queue = <<>>
     ELSE lock = None \/ Fault("TakenByTwo")
  /\ lock' = t
  /\ taker' = [taker EXCEPT ![t] =
       [state |-> "taking", left |-> queue, took |-> InQueue, found |-> None]]
  /\ UNCHANGED <<entry, cached, handler, stage, request, queue>>

\* Looks up who deals with the PASID of the next request.
ReadPageRequest(t) ==
  /\ taker[t].state = "taking"
  /\ taker[t].left # <<>>
  /\ taker' = [taker EXCEPT ![t].state = "found", ![t].found = handler]
  /\ UNCHANGED <<entry, cached, handler, stage, request, queue, lock>>

HandOn(t) ==
  LET r == Head(taker[t].left)
      found == taker[t].found IN
  /\ taker[t].state = "found"
  /\ request' = [request EXCEPT
       ![r].state = IF found = None THEN "unheard" ELSE "heard",
       ![r].heard = found,
       ![r].times = @ + 1]
  /\ taker' = [taker EXCEPT ![t].state = "taking", ![t].left = Tail(@), ![t].found = None]
  /\ UNCHANGED <<entry, cached, handler, stage, queue, lock>>

\* The head moves to where the tail was at first.
EndTake(t) ==
  /\ taker[t].state = "taking"
  /\ taker[t].left = <<>>
  /\ queue' = SelectSeq(queue, LAMBDA r : r \notin taker[t].took)
  /\ taker' = [taker EXCEPT ![t] = AtRest]
  /\ lock' = IF lock = t THEN None ELSE lock
  /\ stage' = IF t = "cpu" THEN "taken" ELSE stage
  /\ UNCHANGED <<entry, cached, handler, request>>

-----------------------------------------------------------------------------
Device == \E r \in Groups : RaisePageRequest(r)

Unit ==
  \/ \E r \in Groups : ReadPasidEntry(r) \/ WritePageRequest(r)
  \/ ExecutePasidInvalidation
  \/ CompleteDrain

Cpu ==
  \/ \E d \in Domains : RegisterHandler(d) \/ SetPasidPresent(d)
  \/ EndTable
  \/ ClearPasidPresent
  \/ SubmitPasidInvalidation
  \/ SubmitDrain
  \/ Leave

Taker(t) == BeginTake(t) \/ ReadPageRequest(t) \/ HandOn(t) \/ EndTake(t)

Next == Device \/ Unit \/ Cpu \/ \E t \in Takers : Taker(t)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* What must hold.                                                         *)

\* A request is heard for the domain for which hardware has accepted it, and for no other.
\* @clause PRQ-004
\* @clause PRQ-012
HeardForItsDomain ==
  \A r \in Groups : request[r].state = "heard" => request[r].heard = request[r].made

\* Nobody is asked twice.
\* @clause PRQ-002
HeardOnce ==
  \A r \in Groups : request[r].times =< 1

\* What hardware has accepted for a domain is not refused by software for want of a handler.
\* @clause PRQ-001
AcceptedIsHeard ==
  \A r \in Groups : request[r].state # "unheard"

\* Who waits until requests are taken does not keep those away who take them.
\* @clause PASID-004
TakersGoOn ==
  stage = "drained" /\ lock = "cpu" /\ taker["cpu"].state = "rest" => queue = <<>>

=============================================================================
