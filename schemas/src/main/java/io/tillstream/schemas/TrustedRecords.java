package io.tillstream.schemas;

import org.apache.avro.util.ClassSecurityValidator;

/**
 * Avro 1.12.2 makes instances only of classes that are trusted by name, against schemas that name a foreign class. The
 * generated records of this package are trusted here, in code, so that no process depends on a system property.
 */
public final class TrustedRecords {
    private static final String RECORDS = TrustedRecords.class.getPackageName();

    static {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(),
                type -> type.getPackageName().equals(RECORDS)));
    }

    private TrustedRecords() {}

    /** Does it, once. {@link AvroCodec} calls it; code that copies records with their builders without a codec must too. */
    public static void trust() {
        // The static initializer has run when this is called.
    }
}
