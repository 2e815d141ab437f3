--------------------------- MODULE TraceUnmapFlush ---------------------------
(***************************************************************************)
(* Is a trace a behaviour of UnmapFlush?  TraceData, which is written for  *)
(* each run, defines Events, each a record of a name and the arguments of  *)
(* the action, and Traces, each a sequence of positions in Events.         *)
(*                                                                         *)
(* An event is explained by the model's own action of that name with those *)
(* arguments; nothing here weakens a guard.  An event with an argument too *)
(* many or too few is explained by nothing.  Some events may carry an      *)
(* argument that the action lacks: what hardware found, or what it carried *)
(* out.  It narrows: the action is taken only where it agrees with it.     *)
(*                                                                         *)
(* Nothing is inferred.  A trace that logs a DrainStore logs each of them; *)
(* in any other trace a store arrives in memory at once.                   *)
(***************************************************************************)
EXTENDS UnmapFlush, TraceData, TLC

VARIABLES
  trace,  \* which trace
  line    \* its first event that is not explained yet, from 1

\* Arguments as names, so that any two can be compared: 1 and TRUE are "1" and "TRUE".
NamedEvents ==
  [n \in DOMAIN Events |->
    [f \in DOMAIN Events[n] |-> IF f = "name" THEN Events[n].name ELSE ToString(Events[n][f])]]

\* Every value that stands in that field of an event.
Named(field) ==
  {NamedEvents[n][field] : n \in {n \in DOMAIN Events : field \in DOMAIN Events[n]}}

\* The scope of an invalidation, a set of IOVAs; none where an event has no such field.
ScopeOf(event) ==
  IF "iovas" \in DOMAIN event THEN {ToString(i) : i \in event.iovas} ELSE {}

TraceCpus     == Named("cpu")
TraceRequests == Named("dma")
TracePages    == Named("page")
TraceIovas    == Named("iova") \cup UNION {ScopeOf(Events[n]) : n \in DOMAIN Events}

-----------------------------------------------------------------------------
Event == NamedEvents[Traces[trace][line]]

Is(name, arguments) == Event.name = name /\ DOMAIN Event = {"name"} \cup arguments

Cpu      == Event.cpu
Dma      == Event.dma
Page     == Event.page
Iova     == Event.iova
Scope    == ScopeOf(Events[Traces[trace][line]])
LeafOnly == Event.leafOnly = ToString(TRUE)

IsTruth(value) == value \in {ToString(TRUE), ToString(FALSE)}

\* What the request has read is an entry that names this page.
Found(d, page) ==
  /\ request'[d].state \in {"walking", "translated"}
  /\ request'[d].entry.page = page

\* What the unit carries out is what was submitted.
AsSubmitted(c) ==
  /\ descriptor[c] # NoInvalidation
  /\ descriptor[c].iovas = Scope
  /\ IsTruth(Event.leafOnly) /\ descriptor[c].leafOnly = LeafOnly

SoftwareEvent ==
  \/ Is("AllocPage", {"cpu", "page"}) /\ AllocPage(Cpu, Page)
  \/ Is("FreePage", {"cpu", "page"}) /\ FreePage(Cpu, Page)
  \/ Is("AllocTable", {"cpu", "page"}) /\ AllocTable(Cpu, Page)
  \/ Is("LinkTable", {"cpu", "page"}) /\ LinkTable(Cpu, Page)
  \/ Is("FreeTable", {"cpu", "page"}) /\ FreeTable(Cpu, Page)
  \/ Is("WritePte", {"cpu", "iova", "page"}) /\ WritePte(Cpu, Iova, Page)
  \/ Is("ClearPte", {"cpu", "iova"}) /\ ClearPte(Cpu, Iova)
  \/ Is("UnlinkTable", {"cpu", "page"}) /\ UnlinkTable(Cpu, Page)
  \/ /\ Is("SubmitInvalidation", {"cpu", "iovas", "leafOnly"})
     /\ IsTruth(Event.leafOnly)
     /\ SubmitInvalidation(Cpu, Scope, LeafOnly)
  \/ Is("InvalidationDone", {"cpu"}) /\ InvalidationDone(Cpu)
  \/ Is("DrainStore", {"cpu"}) /\ DrainStore(Cpu)

HardwareEvent ==
  \/ Is("StartDma", {"dma", "iova"}) /\ StartDma(Dma, Iova)
  \/ Is("HitIotlb", {"dma"}) /\ HitIotlb(Dma)
  \/ Is("HitPagingStructure", {"dma"}) /\ HitPagingStructure(Dma)
  \/ Is("ReadNonLeaf", {"dma"}) /\ ReadNonLeaf(Dma)
  \/ Is("ReadNonLeaf", {"dma", "page"}) /\ ReadNonLeaf(Dma) /\ Found(Dma, Page)
  \/ Is("ReadLeaf", {"dma"}) /\ ReadLeaf(Dma)
  \/ Is("ReadLeaf", {"dma", "page"}) /\ ReadLeaf(Dma) /\ Found(Dma, Page)
  \/ Is("BlockDma", {"dma"}) /\ BlockDma(Dma)
  \/ Is("AccessPage", {"dma", "page"}) /\ AccessPage(Dma, Page)
  \/ /\ Is("ExecuteInvalidation", {"cpu", "iovas", "leafOnly"})
     /\ AsSubmitted(Cpu)
     /\ ExecuteInvalidation(Cpu)
  \/ Is("CompleteWait", {"cpu"}) /\ CompleteWait(Cpu)
  \/ Is("EvictIotlb", {"iova"}) /\ EvictIotlb(Iova)
  \/ Is("EvictPagingStructure", {}) /\ EvictPagingStructure

LogsArrivals ==
  [t \in DOMAIN Traces |-> \E n \in DOMAIN Traces[t] : Events[Traces[t][n]].name = "DrainStore"]

StoreArrives == \E c \in Cpus : DrainStore(c)

TraceInit == Init /\ trace \in DOMAIN Traces /\ line = 1

TraceNext ==
  /\ line =< Len(Traces[trace])
  /\ IF ~LogsArrivals[trace] /\ \E c \in Cpus : buffer[c] # <<>>
     THEN StoreArrives /\ UNCHANGED line
     ELSE (SoftwareEvent \/ HardwareEvent) /\ line' = line + 1
  /\ UNCHANGED trace

TraceSpec == TraceInit /\ [][TraceNext]_<<vars, trace, line>>

-----------------------------------------------------------------------------
(* Always true; what is printed is the verdict.                            *)

Holds(invariant, name) == invariant \/ PrintT(<<"violated", trace, line, name>>)

Report ==
  /\ PrintT(<<"reached", trace, line>>)
  /\ Holds(NoStaleTranslation, "NoStaleTranslation")
  /\ Holds(InvalidationCoversUnmap, "InvalidationCoversUnmap")
  /\ Holds(AccessesDrained, "AccessesDrained")
  /\ Holds(TablesOutliveWalks, "TablesOutliveWalks")
  /\ Holds(NonLeafCacheFollowsDirectory, "NonLeafCacheFollowsDirectory")
  /\ Holds(SyncAwaitsItsInvalidation, "SyncAwaitsItsInvalidation")
  /\ Holds(MappedPageAnswers, "MappedPageAnswers")

=============================================================================
