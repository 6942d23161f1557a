package fluxion.conformance.suite;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the test of a rule: a static method that takes a subject and {@link Cases}, to which it
 * adds what is to be checked. Its name is the rule's id and title in lower case, {@code
 * b101_fresh_memory_is_zero}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface TestOf {
  /** {@return the rule's id, such as {@code B-101}} */
  String value();
}
