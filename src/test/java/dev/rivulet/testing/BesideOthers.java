package dev.rivulet.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * For integration tests that wait more than they work and measure no time: two such classes run at once, each in a process
 * and with servers of its own, before the others, which have the machine to themselves.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("beside-others")
public @interface BesideOthers {}
