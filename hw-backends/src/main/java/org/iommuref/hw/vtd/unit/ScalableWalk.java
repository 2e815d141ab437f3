package org.iommuref.hw.vtd.unit;

import java.util.Arrays;
import org.iommuref.hw.vtd.layout.Field;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.hw.vtd.layout.ScalableContextEntry;
import org.iommuref.spec.memory.Memory.Atom;
import org.jspecify.annotations.Nullable;

/**
 * What the walk of a request in scalable mode holds so far: the entries that it read, and where it
 * is in the tables of each stage.
 */
public final class ScalableWalk {

  /** What a second-stage walk is for. */
  public enum Purpose {
    /** To reach the top table of the first stage. */
    TOP_TABLE,
    /** To reach a lower table of the first stage. */
    LOWER_TABLE,
    /** To reach the page that the request goes to. */
    PAGE
  }

  static final int ALL_RIGHTS = Rights.READ | Rights.WRITE;

  /** Right of {@link #firstStageRights}: user requests are admitted. */
  static final int USER = 4;

  final long[] context = new long[ScalableContextEntry.BYTES / 8];
  int quadwordsRead;

  /**
   * The quadwords of the PASID entry that have fields, and in {@code others} the bits of all others
   * together, which must be 0. Not an array: each look at a field would check its length.
   */
  private long first;

  private long second;
  private long third;
  private long others;
  private int type;

  /** The same as the caches keep it, if it came from one. */
  private @Nullable PasidContent content;

  int pasid;
  boolean privileged;
  long pasidTable;

  /** The first-stage table in hand, in host memory. */
  long firstTable;

  int firstLevel;
  long firstEntry;

  /** The first-stage entry in hand as memory held it. */
  long firstRead;

  int firstStageRights;
  int firstRightsAbove;
  boolean topTable;

  /** The second-stage rights of the page that holds the first-stage table in hand. */
  int tableRights;

  Purpose purpose = Purpose.PAGE;
  long secondInput;
  long secondTable;
  int secondLevel;
  long secondEntry;

  /** The second-stage entry in hand as memory held it. */
  long secondRead;

  int secondStageRights;
  int secondRightsAbove;

  int pageShift;
  long output;
  boolean snooped;

  /** Of a translation request: whether the device wants to write. */
  boolean asksToWrite;

  /** The entries themselves are forgotten when they are looked for: a hit needs neither. */
  void restart() {
    quadwordsRead = 0;
    tableRights = ALL_RIGHTS;
    firstStageRights = ALL_RIGHTS | USER;
    firstRightsAbove = firstStageRights;
    secondStageRights = ALL_RIGHTS;
    secondRightsAbove = secondStageRights;
    snooped = false;
    asksToWrite = false;
  }

  /** No atom of the context entry was read. */
  void forgetContext() {
    quadwordsRead = 0;
    Arrays.fill(context, 0);
  }

  /** No atom of the PASID entry was read. */
  void forgetEntry() {
    quadwordsRead = 0;
    use(PasidContent.NOTHING);
    others = 0;
  }

  /** An atom of the PASID entry was read. */
  void read(Atom atom) {
    content = null;
    switch (quadwordsRead) {
      case 0 -> {
        first = atom.low();
        second = atom.high();
        type = (int) PasidEntry.PGTT.get(first);
      }
      case 2 -> {
        third = atom.low();
        others |= atom.high();
      }
      default -> others |= atom.low() | atom.high();
    }
  }

  /** The PASID entry is known, from a cache. */
  void use(PasidContent cached) {
    content = cached;
    first = cached.first();
    second = cached.second();
    third = cached.third();
    type = cached.type();
  }

  /** What caches keep of the PASID entry. */
  PasidContent content() {
    PasidContent kept = content;
    if (kept == null) {
      kept = PasidContent.of(this);
      content = kept;
    }
    return kept;
  }

  /** Whether the context entry has a one-bit field set. */
  public boolean contextHas(Field field) {
    return field.isSet(context[field.quadword()]);
  }

  /** The value of a field of the context entry. */
  public long contextField(Field field) {
    return field.get(context[field.quadword()]);
  }

  /** A quadword of the context entry. */
  public long contextQuadword(int index) {
    return context[index];
  }

  /** Whether the PASID entry has a one-bit field set. */
  public boolean has(Field field) {
    return field.isSet(quadword(field.quadword()));
  }

  /** The value of a field of the PASID entry. */
  public long field(Field field) {
    return field.get(quadword(field.quadword()));
  }

  /** The address that a field of the PASID entry holds, in bytes. */
  public long address(Field field) {
    return field.address(quadword(field.quadword()));
  }

  /** A quadword of the PASID entry; from the fourth on, the bits of all of them together. */
  public long quadword(int index) {
    return switch (index) {
      case 0 -> first;
      case 1 -> second;
      case 2 -> third;
      default -> others;
    };
  }

  /** PGTT of the PASID entry. */
  public int type() {
    return type;
  }

  /** Whether its tables include a first stage. */
  public boolean hasFirstStage() {
    return type == PasidEntry.PGTT_FIRST_STAGE || type == PasidEntry.PGTT_NESTED;
  }

  /** Whether its tables include a second stage. */
  public boolean hasSecondStage() {
    return type == PasidEntry.PGTT_SECOND_STAGE || type == PasidEntry.PGTT_NESTED;
  }

  /** Whether the first stage is nested on the second. */
  public boolean isNested() {
    return type == PasidEntry.PGTT_NESTED;
  }

  /** The PASID by which it is translated: that of the request, or RID_PASID. */
  public int pasid() {
    return pasid;
  }

  /** Whether it is translated with supervisor privilege. */
  public boolean isPrivileged() {
    return privileged;
  }

  /** The level of the first-stage entry in hand. */
  public int firstLevel() {
    return firstLevel;
  }

  /** The rights of all first-stage entries so far: {@link Rights} bits and user. */
  public int firstStageRights() {
    return firstStageRights;
  }

  /** Whether user requests are admitted by all first-stage entries so far. */
  public boolean admitsUser() {
    return (firstStageRights & USER) != 0;
  }

  /** The second-stage rights of the page that holds the first-stage table in hand. */
  public int tableRights() {
    return tableRights;
  }

  /** The level of the second-stage entry in hand. */
  public int secondLevel() {
    return secondLevel;
  }

  /** The rights of all second-stage entries so far. */
  public int secondStageRights() {
    return secondStageRights;
  }

  /** Whether the tables read so far let a device write to the page. */
  boolean admitsWrite() {
    boolean supervisor = privileged && !has(PasidEntry.WPE);
    boolean first = !hasFirstStage() || supervisor || (firstStageRights & Rights.WRITE) != 0;
    boolean atPage = hasSecondStage() && purpose == Purpose.PAGE;
    return first && (!atPage || (secondStageRights & Rights.WRITE) != 0);
  }

  /** Whether the tables let a device read the page. */
  boolean admitsRead() {
    return !hasSecondStage() || (secondStageRights & Rights.READ) != 0;
  }

  /** What the second stage is walked for. */
  public Purpose purpose() {
    return purpose;
  }
}
