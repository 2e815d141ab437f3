package org.iommuref.spec.operation;

import java.util.List;

/** The registration of every operation: a new subject adds its records here and nowhere else. */
public final class Operations {

  private static final List<Class<? extends BackendOperation<?>>> BACKEND =
      List.of(
          Probe.class,
          Release.class,
          AllocateDomain.class,
          AllocatePaging.class,
          AllocateNested.class,
          FreeDomain.class,
          Attach.class,
          SetPasid.class,
          RemovePasid.class,
          MapPages.class,
          SyncMap.class,
          UnmapPages.class,
          Sync.class,
          FlushAll.class,
          IovaToPhys.class,
          Access.class,
          IssueAccess.class,
          FinishAccess.class,
          SetDirtyTracking.class,
          ReadDirty.class,
          InvalidateNested.class,
          ExpectPages.class,
          AskForPage.class,
          TakePageRequests.class,
          AnswerPages.class,
          TakePageAnswers.class,
          BehaveAs.class,
          ReadControl.class,
          AskForTranslation.class,
          EnforceCoherency.class,
          EndTable.class,
          DamageCommand.class,
          TakeFaults.class,
          FailNextAttach.class,
          ReadMemory.class,
          WriteMemory.class);

  private static final List<Class<? extends CoreOperation<?>>> CORE =
      List.of(
          CoreAllocateDomain.class,
          CoreFreeDomain.class,
          CoreGroupOf.class,
          CoreAttachDevice.class,
          CoreDetachDevice.class,
          CoreAttachGroup.class,
          CoreReplaceGroup.class,
          CoreDetachGroup.class,
          CoreClaimOwner.class,
          CoreReleaseOwner.class,
          CoreUseDefault.class,
          CoreUnuseDefault.class,
          CoreAddDevice.class,
          CorePrepareReset.class,
          CoreFinishReset.class,
          CoreDeferredAttach.class,
          CoreMap.class,
          CoreUnmap.class,
          CoreIovaToPhys.class,
          CoreAttachPasid.class,
          CoreReplacePasid.class,
          CoreDetachPasid.class);

  private static final List<Class<? extends Operation<?>>> BACK =
      List.of(CompareAndSetMemory.class);

  private Operations() {}

  /** The operations of seam 2. */
  public static List<Class<? extends BackendOperation<?>>> backend() {
    return BACKEND;
  }

  /**
   * What a child without memory of its own asks for, beside {@link ReadMemory} and {@link
   * WriteMemory}.
   */
  public static List<Class<? extends Operation<?>>> back() {
    return BACK;
  }

  /** The operations on the IOMMU core. */
  public static List<Class<? extends CoreOperation<?>>> core() {
    return CORE;
  }
}
