package io.tillstream.runtime;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One setting, on a component of a settings record. On a component that is itself a record, {@link #key} is the prefix
 * of that record's settings. The component's type decides what is accepted: String, int, long, double, boolean,
 * Duration, Path, an enum, List of one of these, Optional of one of these, {@link Secret}, {@link KafkaSettings}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
    /** The value of {@link #def} that says: the file must have it. */
    String REQUIRED = "(required)";

    /** The path in the file, relative to the record, such as {@code http.port}. */
    String key();

    /** One sentence for the reference page: what it does and when one would change it. */
    String doc();

    /** The unit of a number; {@code bytes} also accepts sizes such as {@code 64MiB}. Durations carry their own. */
    String unit() default "";

    /** The value when the file has none, written as in the file; lists are separated by commas. Optional needs none. */
    String def() default REQUIRED;

    /** The least value accepted, for numbers and durations. */
    String min() default "";

    /** The greatest value accepted, for numbers and durations. */
    String max() default "";
}
