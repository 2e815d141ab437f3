package org.iommuref.spec.operation;

/**
 * One call at a seam, as a value: what a case lists, what a target executes, what travels on the
 * wire.
 *
 * <p>An operation is a record; its components are the arguments. A new subject brings its own
 * records in new files and adds them to {@link Operations}.
 *
 * @param <V> what the call yields when it succeeds
 */
public interface Operation<V> {

  /** The name on the wire. */
  String op();

  /** The class of what the call yields. */
  Class<V> yields();
}
