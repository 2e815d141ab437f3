package org.iommuref.model.oracle;

import java.util.Map;
import java.util.Set;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;

/** The rules of one subject: which operations it judges, and how they change what is live. */
interface Rule {

  /** The operations of the subject. */
  Set<Class<? extends Operation<?>>> judges();

  /**
   * Whether a caller that keeps the contract of the seam may make this call now; a sequence with a
   * call that breaks it says nothing about the target.
   */
  boolean wellFormed(Operation<?> operation);

  /** Judges the reply and moves the state on. */
  Judgement judge(Operation<?> operation, Reply<?> reply);

  /** Picks one rule for each operation. */
  static void register(Map<Class<?>, Rule> rules, Rule rule) {
    rule.judges().forEach(operation -> rules.put(operation, rule));
  }
}
