package org.iommuref.model.iommufd.object;

import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.YieldingStep;

/** One access to the counts of an object, which its id names. */
public sealed interface CountStep extends Step {

  /** refcount_inc of users, {@code count} times. */
  record Hold(int id, ObjectType type, Holder by, int count) implements CountStep {}

  /** refcount_dec of users. */
  record Drop(int id, ObjectType type, Holder by) implements CountStep {}

  /** refcount_dec of users, by whoever has held the object for short. */
  record DropShort(int id) implements CountStep {}

  /** refcount_inc_not_zero of users. */
  record HoldIfUsed(int id, Holder by) implements CountStep, YieldingStep<Boolean> {
    @Override
    public Boolean ifDropped() {
      return true;
    }
  }

  /** refcount_inc_not_zero of wait_cnt. */
  record WaitIfAwaited(int id) implements CountStep, YieldingStep<Boolean> {
    @Override
    public Boolean ifDropped() {
      return true;
    }
  }

  /** refcount_dec of wait_cnt. */
  record EndWait(int id) implements CountStep {}

  /** Reads the id of an object that is known by its pointer. */
  record ReadId(int id) implements CountStep, YieldingStep<Integer> {
    @Override
    public Integer ifDropped() {
      return id;
    }
  }

  /** refcount_dec_if_one of users. */
  record RetireIfUnused(int id) implements CountStep, YieldingStep<Boolean> {
    @Override
    public Boolean ifDropped() {
      return true;
    }
  }

  /** refcount_dec_and_test of wait_cnt, by whoever ends the object. */
  record DropBias(int id) implements CountStep, YieldingStep<Boolean> {
    @Override
    public Boolean ifDropped() {
      return true;
    }
  }

  /** Gives the table its share of wait_cnt back. */
  record RestoreBias(int id) implements CountStep {}

  /** kfree. */
  record FreeObject(int id) implements CountStep {}
}
