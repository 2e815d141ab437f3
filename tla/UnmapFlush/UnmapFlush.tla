----------------------------- MODULE UnmapFlush -----------------------------
(***************************************************************************)
(* Unmap against a device that goes on translating.                        *)
(*                                                                         *)
(* Two-level table: one directory entry, which names a table page, which   *)
(* holds one leaf entry for each IOVA.  Data pages and table pages come    *)
(* from one pool, so a table page that is freed returns as a data page.    *)
(*                                                                         *)
(* Software runs on CPUs; its stores to tables wait in a store buffer in   *)
(* program order (x86).  Hardware looks up two caches, the IOTLB for       *)
(* leaves and the paging-structure cache for the directory entry, walks    *)
(* memory one entry at a time, and performs an access after translating    *)
(* it.  Invalidation is submitted, executed and completed in three steps.  *)
(*                                                                         *)
(* What the caller of map and unmap owes: two operations never own the     *)
(* same IOVA at once, and an IOVA passes from one CPU to another only by   *)
(* something that orders their stores (a lock, a queue).                   *)
(*                                                                         *)
(* What hardware owes, each with the fault that takes it away:             *)
(*   an invalidation of non-leaf entries ends walks in its scope that read *)
(*   the directory before it (WalkOutlivesFlush);                          *)
(*   a wait completes only when accesses that were translated by what the  *)
(*   invalidation removed have taken effect (NoDrain); those translated    *)
(*   after it need not have.                                               *)
(***************************************************************************)
EXTENDS Naturals, Sequences

CONSTANTS
  Cpus,        \* software threads that map and unmap
  Requests,    \* slots for device requests in progress
  Iovas,       \* page numbers, all below one directory entry
  Pages,       \* physical pages of the pool
  NoPage,      \* what an entry that is not present names
  StoreDepth,  \* stores that one CPU's buffer can hold
  Faults       \* names of the faults that are switched on; {} is correct

VARIABLES
  owner,       \* page -> who may use it, and for what
  directory,   \* the directory entry in memory: a table page, or NoPage
  entries,     \* table page -> IOVA -> leaf entry in memory
  mapped,      \* IOVA -> the page that software has mapped there
  buffer,      \* CPU -> its stores that memory has not seen yet
  gather,      \* CPU -> what it has unmapped and not yet synced
  descriptor,  \* CPU -> its invalidation with the wait that follows it
  iotlb,       \* IOVA -> cached leaf entry
  psc,         \* cached directory entry (paging-structure cache)
  request      \* slot -> device request in progress

memory   == <<directory, entries>>
software == <<owner, mapped, gather>>
caches   == <<iotlb, psc>>
vars     == <<owner, directory, entries, mapped, buffer, gather, descriptor,
              iotlb, psc, request>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* Generations.  A page is of a new generation when it is released: at the *)
(* return of the sync that followed its unmap, and at its return to the    *)
(* pool.  Every entry, cached or in use, names a page of some generation;  *)
(* the rule is that no entry of a former generation is used.  Since        *)
(* generations are only ever compared with the page's own, an entry        *)
(* carries the result of that comparison in place of a number.  "past": it *)
(* was already released when hardware last looked; "overtaken": it was     *)
(* released while a walk or an access that had it was under way.           *)
(***************************************************************************)
Generations == {"present", "past", "overtaken"}

Entry(page) == [page |-> page, generation |-> "present"]
NotPresent  == Entry(NoPage)
EntryType   == [page : Pages \cup {NoPage}, generation : Generations]

EmptyTable == [i \in Iovas |-> NotPresent]

Free         == <<"free">>
Held(c)      == <<"held", c>>       \* data page that c may map, use or free
Mapped       == <<"mapped">>
Removed(c)   == <<"removed", c>>    \* unmapped by c, sync outstanding
NewTable(c)  == <<"new table", c>>  \* allocated by c, not linked
Linked       == <<"linked">>
Unlinked(c)  == <<"unlinked", c>>   \* unlinked by c, sync outstanding
OldTable(c)  == <<"old table", c>>  \* unlinked and synced

Owners ==
  {Free, Mapped, Linked}
    \cup UNION {{Held(c), Removed(c), NewTable(c), Unlinked(c), OldTable(c)} : c \in Cpus}

OwnedAs(o) == {p \in Pages : owner[p] = o}

Idle        == [state |-> "idle"]
NoGather    == [stage |-> "none", iovas |-> {}]
NoInvalidation == [state |-> "none"]

LeafStore(table, iova, page) == [table |-> table, iova |-> iova, page |-> page]
DirectoryStore == [table |-> NoPage]    \* only ever clears the entry
Stores ==
  [table : Pages, iova : Iovas, page : Pages \cup {NoPage}] \cup {DirectoryStore}

\* What waits for an access that is translated: the CPUs whose invalidation removed its entry.
RequestType ==
  {Idle}
    \cup [state : {"started", "absent"}, iova : Iovas]
    \cup [state : {"walking", "misread"}, iova : Iovas, entry : EntryType]
    \cup [state : {"translated", "misdirected"}, iova : Iovas, entry : EntryType,
          waitedFor : SUBSET Cpus]

TypeOK ==
  /\ owner \in [Pages -> Owners]
  /\ directory \in Pages \cup {NoPage}
  /\ entries \in [Pages -> [Iovas -> EntryType]]
  /\ mapped \in [Iovas -> Pages \cup {NoPage}]
  /\ \A c \in Cpus : Len(buffer[c]) =< StoreDepth
  /\ \A c \in Cpus : \A n \in DOMAIN buffer[c] : buffer[c][n] \in Stores
  /\ gather \in [Cpus -> [stage : {"none", "unmapped", "waiting", "flushed"},
                          iovas : SUBSET Iovas]]
  /\ \A c \in Cpus :
       \/ descriptor[c] = NoInvalidation
       \/ descriptor[c] \in [state : {"submitted", "executed", "completed"},
                             iovas : SUBSET Iovas, leafOnly : BOOLEAN]
  /\ iotlb \in [Iovas -> EntryType]
  /\ psc \in EntryType
  /\ request \in [Requests -> RequestType]

Init ==
  /\ owner = [p \in Pages |-> Free]
  /\ directory = NoPage
  /\ entries = [p \in Pages |-> EmptyTable]
  /\ mapped = [i \in Iovas |-> NoPage]
  /\ buffer = [c \in Cpus |-> <<>>]
  /\ gather = [c \in Cpus |-> NoGather]
  /\ descriptor = [c \in Cpus |-> NoInvalidation]
  /\ iotlb = [i \in Iovas |-> NotPresent]
  /\ psc = NotPresent
  /\ request = [d \in Requests |-> Idle]

-----------------------------------------------------------------------------
(* What the actions share.                                                 *)

Fault(name) == name \in Faults

\* An operation owns its IOVAs from the first change of a table to the return of its sync.
Owned ==
  UNION {gather[c].iovas : c \in {c \in Cpus :
      ~(Fault("FreeIovaBeforeFlush") /\ gather[c].stage # "none")}}

Buffered(c) == {buffer[c][n] : n \in DOMAIN buffer[c]}

\* No other CPU has a store to these leaf entries, or to the directory, still in its buffer.
HandedOver(c, iovas) ==
  \A other \in Cpus \ {c} : \A store \in Buffered(other) :
    store # DirectoryStore /\ store.iova \notin iovas

Store(c, store) ==
  /\ Len(buffer[c]) < StoreDepth
  /\ buffer' = [buffer EXCEPT ![c] = Append(@, store)]

Aged(entry, pages) ==
  IF entry.page \in pages THEN [entry EXCEPT !.generation = "past"] ELSE entry

\* The pages are of a new generation.  What a page held as a table is its new owner's to
\* overwrite, so nothing of it is kept.
Release(pages) ==
  /\ entries' = [p \in Pages |->
       IF p \in pages THEN EmptyTable ELSE [i \in Iovas |-> Aged(entries[p][i], pages)]]
  /\ iotlb' = [i \in Iovas |-> Aged(iotlb[i], pages)]
  /\ psc' = Aged(psc, pages)
  /\ request' = [d \in Requests |->
       IF /\ request[d].state \in {"walking", "translated"}
          /\ request[d].entry.page \in pages
          /\ request[d].entry.generation = "present"
       THEN [request[d] EXCEPT !.entry.generation = "overtaken"]
       ELSE request[d]]
  /\ UNCHANGED directory

-----------------------------------------------------------------------------
(* Software: pages and tables.                                             *)

AllocPage(c, page) ==
  /\ owner[page] = Free
  /\ owner' = [owner EXCEPT ![page] = Held(c)]
  /\ UNCHANGED <<memory, mapped, buffer, gather, descriptor, caches, request>>

FreePage(c, page) ==
  /\ \/ owner[page] = Held(c)
     \/ Fault("FreeBeforeFlush") /\ owner[page] = Removed(c)
  /\ owner' = [owner EXCEPT ![page] = Free]
  /\ Release({page})
  /\ UNCHANGED <<mapped, buffer, gather, descriptor>>

AllocTable(c, page) ==
  /\ owner[page] = Free
  /\ OwnedAs(NewTable(c)) = {}
  /\ owner' = [owner EXCEPT ![page] = NewTable(c)]
  /\ UNCHANGED <<memory, mapped, buffer, gather, descriptor, caches, request>>

\* A compare and swap: it leaves no store behind it, and changes nothing if another CPU has
\* linked its table first.
LinkTable(c, page) ==
  /\ owner[page] = NewTable(c)
  /\ buffer[c] = <<>>
  /\ HandedOver(c, Iovas)
  /\ Iovas \ Owned # {}
  /\ IF directory = NoPage
     THEN directory' = page /\ owner' = [owner EXCEPT ![page] = Linked]
     ELSE UNCHANGED <<directory, owner>>
  /\ UNCHANGED <<entries, mapped, buffer, gather, descriptor, caches, request>>

\* After the sync; or at once, when the table was not linked.
FreeTable(c, page) ==
  /\ \/ owner[page] \in {OldTable(c), NewTable(c)}
     \/ Fault("FreeTableBeforeFlush") /\ owner[page] = Unlinked(c)
  /\ owner' = [owner EXCEPT ![page] = Free]
  /\ Release({page})
  /\ UNCHANGED <<mapped, buffer, gather, descriptor>>

-----------------------------------------------------------------------------
(* Software: map, unmap, sync.                                             *)

TableInUse == CHOOSE p \in Pages : owner[p] = Linked

WritePte(c, iova, page) ==
  /\ owner[page] = Held(c)
  /\ OwnedAs(Linked) # {}
  /\ mapped[iova] = NoPage
  /\ iova \notin Owned
  /\ HandedOver(c, {iova})
  /\ Store(c, LeafStore(TableInUse, iova, page))
  /\ mapped' = [mapped EXCEPT ![iova] = page]
  /\ owner' = [owner EXCEPT ![page] = Mapped]
  /\ UNCHANGED <<memory, gather, descriptor, caches, request>>

ClearPte(c, iova) ==
  /\ mapped[iova] # NoPage
  /\ HandedOver(c, {iova})
  /\ Store(c, LeafStore(TableInUse, iova, NoPage))
  /\ mapped' = [mapped EXCEPT ![iova] = NoPage]
  /\ \/ /\ gather[c].stage \in {"none", "unmapped"}
        /\ iova \notin Owned
        /\ gather' = [gather EXCEPT ![c] =
             [stage |-> "unmapped", iovas |-> @.iovas \cup {iova}]]
        /\ owner' = [owner EXCEPT ![mapped[iova]] = Removed(c)]
        /\ UNCHANGED <<memory, caches, request>>
     \/ /\ gather[c] = [stage |-> "flushed", iovas |-> {iova}]  \* ClearAfterFlush only
        /\ gather' = [gather EXCEPT ![c] = NoGather]
        /\ owner' = [owner EXCEPT ![mapped[iova]] = Held(c)]
        /\ Release({mapped[iova]})
  /\ UNCHANGED descriptor

\* Unmap of the whole span: the leaf entries of the unlinked table stay as they are.
UnlinkTable(c, page) ==
  /\ owner[page] = Linked
  /\ gather[c].stage \in {"none", "unmapped"}
  /\ Owned \subseteq gather[c].iovas
  /\ HandedOver(c, Iovas)
  /\ Store(c, DirectoryStore)
  /\ gather' = [gather EXCEPT ![c] = [stage |-> "unmapped", iovas |-> Iovas]]
  /\ owner' = [p \in Pages |->
       IF p = page THEN Unlinked(c) ELSE IF owner[p] = Mapped THEN Removed(c) ELSE owner[p]]
  /\ mapped' = [i \in Iovas |-> NoPage]
  /\ UNCHANGED <<memory, descriptor, caches, request>>

\* The doorbell is a store to a register, which leaves the CPU after all stores before it.
\* The scope may be wider than what was unmapped, never narrower.
SubmitInvalidation(c, iovas, leafOnly) ==
  /\ descriptor[c] = NoInvalidation
  /\ buffer[c] = <<>> \/ Fault("SubmitBeforeStore")
  /\ \/ /\ gather[c].stage = "unmapped"
        /\ \/ gather[c].iovas \subseteq iovas
           \/ Fault("NarrowRange") /\ gather[c].iovas \cap iovas # {}
        /\ \/ leafOnly => OwnedAs(Unlinked(c)) = {}
           \/ Fault("LeafOnlyOnUnlink")
     \/ /\ Fault("ClearAfterFlush")
        /\ gather[c] = NoGather
        /\ iovas \cap Owned = {}
        /\ leafOnly
        /\ \A i \in iovas : mapped[i] # NoPage
  /\ gather' = [gather EXCEPT ![c] =
       [stage |-> "waiting", iovas |-> IF @ = NoGather THEN iovas ELSE @.iovas]]
  /\ descriptor' = [descriptor EXCEPT ![c] =
       [state |-> "submitted", iovas |-> iovas, leafOnly |-> leafOnly]]
  /\ UNCHANGED <<owner, memory, mapped, buffer, caches, request>>

WaitReturns(c) ==
  /\ gather[c].stage = "waiting"
  /\ \/ descriptor[c].state = "completed"
     \/ Fault("EarlyCompletion")  \* the head of the queue has passed the descriptor
     \/ Fault("NoWait") /\ \E other \in Cpus : descriptor[other].state = "completed"

\* The sync returns: what was unmapped is the caller's again.
InvalidationDone(c) ==
  /\ \/ WaitReturns(c)
     \/ Fault("SkipInvalidation") /\ gather[c].stage = "unmapped"
  /\ descriptor' = [descriptor EXCEPT ![c] =
       IF @.state = "completed" THEN NoInvalidation ELSE @]
  /\ LET flushedFirst == \E i \in gather[c].iovas : mapped[i] # NoPage  \* ClearAfterFlush only
     IN  gather' = [gather EXCEPT ![c] =
           IF flushedFirst THEN [@ EXCEPT !.stage = "flushed"] ELSE NoGather]
  /\ owner' = [p \in Pages |->
       IF owner[p] = Removed(c) THEN Held(c)
       ELSE IF owner[p] = Unlinked(c) THEN OldTable(c)
       ELSE owner[p]]
  /\ Release(OwnedAs(Removed(c)) \cup OwnedAs(Unlinked(c)))
  /\ UNCHANGED <<mapped, buffer>>

-----------------------------------------------------------------------------
(* The CPU's store buffer: the oldest store reaches memory.                *)

DrainStore(c) ==
  /\ buffer[c] # <<>>
  /\ buffer' = [buffer EXCEPT ![c] = Tail(@)]
  /\ LET store == Head(buffer[c])
     IN  IF store = DirectoryStore
         THEN directory' = NoPage /\ UNCHANGED entries
         ELSE entries' = [entries EXCEPT ![store.table][store.iova] = Entry(store.page)]
              /\ UNCHANGED directory
  /\ UNCHANGED <<software, descriptor, caches, request>>

-----------------------------------------------------------------------------
(* Hardware: a device request.                                             *)

Becomes(d, r) == request' = [request EXCEPT ![d] = r]

StartDma(d, iova) ==
  /\ request[d] = Idle
  /\ Becomes(d, [state |-> "started", iova |-> iova])
  /\ UNCHANGED <<software, memory, buffer, descriptor, caches>>

\* Hardware may begin its search anew at any moment before it has a translation.
Searching(d) == request[d].state \in {"started", "walking", "absent"}

Walking(d, entry)    == [state |-> "walking", iova |-> request[d].iova, entry |-> entry]
Translated(d, entry) ==
  [state |-> "translated", iova |-> request[d].iova, entry |-> entry, waitedFor |-> {}]
Absent(d)            == [state |-> "absent", iova |-> request[d].iova]

HitIotlb(d) ==
  /\ Searching(d)
  /\ iotlb[request[d].iova] # NotPresent
  /\ Becomes(d, Translated(d, iotlb[request[d].iova]))
  /\ UNCHANGED <<software, memory, buffer, descriptor, caches>>

HitPagingStructure(d) ==
  /\ Searching(d)
  /\ psc # NotPresent
  /\ Becomes(d, Walking(d, psc))
  /\ UNCHANGED <<software, memory, buffer, descriptor, caches>>

ReadNonLeaf(d) ==
  /\ Searching(d)
  /\ IF directory = NoPage
     THEN Becomes(d, Absent(d)) /\ UNCHANGED psc
     ELSE Becomes(d, Walking(d, Entry(directory))) /\ psc' = Entry(directory)
  /\ UNCHANGED <<software, memory, buffer, descriptor, iotlb>>

\* A page that is a table no more holds whatever its new owner wrote.
ReadLeaf(d) ==
  /\ request[d].state = "walking"
  /\ LET table == request[d].entry
         iova  == request[d].iova
         leaf  == entries[table.page][iova]
     IN  IF table.generation # "present"
         THEN Becomes(d, [request[d] EXCEPT !.state = "misread"]) /\ UNCHANGED iotlb
         ELSE IF leaf = NotPresent
         THEN Becomes(d, Absent(d)) /\ UNCHANGED iotlb
         ELSE Becomes(d, Translated(d, leaf)) /\ iotlb' = [iotlb EXCEPT ![iova] = leaf]
  /\ UNCHANGED <<software, memory, buffer, descriptor, psc>>

\* The fault follows the read that found no entry; a unit may do both in one step.
BlockDma(d) ==
  /\ \/ request[d].state = "absent"
     \/ request[d].state = "started" /\ directory = NoPage
     \/ /\ request[d].state = "walking"
        /\ request[d].entry.generation = "present"
        /\ entries[request[d].entry.page][request[d].iova] = NotPresent
  /\ Becomes(d, Idle)
  /\ UNCHANGED <<software, memory, buffer, descriptor, caches>>

AccessPage(d, page) ==
  /\ request[d].state = "translated"
  /\ request[d].entry.page = page
  /\ Becomes(d, IF request[d].entry.generation = "present"
                THEN Idle
                ELSE [request[d] EXCEPT !.state = "misdirected"])
  /\ UNCHANGED <<software, memory, buffer, descriptor, caches>>

-----------------------------------------------------------------------------
(* Hardware: invalidation queue and eviction.                              *)

\* Translated by an entry that memory no longer holds.
Outdated(d, scope) ==
  /\ request[d].state = "translated"
  /\ request[d].iova \in scope
  /\ \/ directory = NoPage
     \/ request[d].entry # entries[directory][request[d].iova]

\* Invalidations of different CPUs may be executed in any order.
ExecuteInvalidation(c) ==
  /\ descriptor[c].state = "submitted"
  /\ LET scope    == descriptor[c].iovas
         leafOnly == descriptor[c].leafOnly
         ended(d) == /\ request[d].state = "walking"
                     /\ request[d].iova \in scope
                     /\ ~leafOnly
                     /\ ~Fault("WalkOutlivesFlush")
     IN  /\ iotlb' = [i \in Iovas |-> IF i \in scope THEN NotPresent ELSE iotlb[i]]
         /\ psc' = IF leafOnly THEN psc ELSE NotPresent
         /\ request' = [d \in Requests |->
              IF ended(d) THEN [state |-> "started", iova |-> request[d].iova]
              ELSE IF Outdated(d, scope) THEN [request[d] EXCEPT !.waitedFor = @ \cup {c}]
              ELSE request[d]]
  /\ descriptor' = [descriptor EXCEPT ![c].state = "executed"]
  /\ UNCHANGED <<software, memory, buffer>>

\* The drain has to wait for the access.
WaitsFor(c, d) == request[d].state = "translated" /\ c \in request[d].waitedFor

CompleteWait(c) ==
  /\ descriptor[c].state = "executed"
  /\ \/ \A d \in Requests : ~WaitsFor(c, d)
     \/ Fault("NoDrain")
  /\ descriptor' = [descriptor EXCEPT ![c].state = "completed"]
  /\ UNCHANGED <<software, memory, buffer, caches, request>>

EvictIotlb(iova) ==
  /\ iotlb[iova] # NotPresent
  /\ iotlb' = [iotlb EXCEPT ![iova] = NotPresent]
  /\ UNCHANGED <<software, memory, buffer, descriptor, psc, request>>

EvictPagingStructure ==
  /\ psc # NotPresent
  /\ psc' = NotPresent
  /\ UNCHANGED <<software, memory, buffer, descriptor, iotlb, request>>

-----------------------------------------------------------------------------
Scopes == {{i} : i \in Iovas} \cup {Iovas}

Software(c) ==
  \/ \E p \in Pages : AllocPage(c, p)
  \/ \E p \in Pages : FreePage(c, p)
  \/ \E p \in Pages : AllocTable(c, p)
  \/ \E p \in Pages : LinkTable(c, p)
  \/ \E p \in Pages : FreeTable(c, p)
  \/ \E i \in Iovas, p \in Pages : WritePte(c, i, p)
  \/ \E i \in Iovas : ClearPte(c, i)
  \/ \E p \in Pages : UnlinkTable(c, p)
  \/ \E s \in Scopes, leafOnly \in BOOLEAN : SubmitInvalidation(c, s, leafOnly)
  \/ InvalidationDone(c)
  \/ DrainStore(c)

Device(d) ==
  \/ \E i \in Iovas : StartDma(d, i)
  \/ HitIotlb(d)
  \/ HitPagingStructure(d)
  \/ ReadNonLeaf(d)
  \/ ReadLeaf(d)
  \/ BlockDma(d)
  \/ \E p \in Pages : AccessPage(d, p)

Unit ==
  \/ \E c \in Cpus : ExecuteInvalidation(c)
  \/ \E c \in Cpus : CompleteWait(c)
  \/ \E i \in Iovas : EvictIotlb(i)
  \/ EvictPagingStructure

Next ==
  \/ \E c \in Cpus : Software(c)
  \/ \E d \in Requests : Device(d)
  \/ Unit

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* What must hold.                                                         *)

\* No access uses a translation that was removed and synced before it was translated.
\* @clause INV-001
NoStaleTranslation ==
  \A d \in Requests :
    request[d].state = "misdirected" => request[d].entry.generation # "past"

\* No cached leaf entry names a page that has been released.
\* @clause INV-005
InvalidationCoversUnmap ==
  \A i \in Iovas : iotlb[i].generation = "present"

\* No access takes effect after the sync that removed its translation.
\* @clause INV-002
AccessesDrained ==
  \A d \in Requests :
    request[d].state = "misdirected" => request[d].entry.generation # "overtaken"

\* No walk reads a table page that has been released.
\* @clause INV-007
TablesOutliveWalks ==
  \A d \in Requests : request[d].state # "misread"

\* The cached directory entry names the linked table, or one whose unlink is not yet synced.
\* @clause INV-009
\* @clause MAP-017
NonLeafCacheFollowsDirectory ==
  psc # NotPresent =>
    /\ psc.generation = "present"
    /\ directory # NoPage => psc.page = directory

\* Whoever submitted an invalidation waits until it has completed.
\* @clause INV-010
SyncAwaitsItsInvalidation ==
  \A c \in Cpus :
    descriptor[c].state \in {"submitted", "executed"} => gather[c].stage = "waiting"

\* Where a page is mapped, no other page answers.
\* @clause MAP-001
\* @clause MAP-020
MappedPageAnswers ==
  \A i \in Iovas :
    mapped[i] # NoPage =>
      /\ iotlb[i] # NotPresent => iotlb[i].page = mapped[i]
      /\ \A d \in Requests :
           request[d].state = "translated" /\ request[d].iova = i
             => request[d].entry.page = mapped[i]

=============================================================================
