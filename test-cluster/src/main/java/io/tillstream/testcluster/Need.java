package io.tillstream.testcluster;

/** A server that a test needs. */
public enum Need {
    BROKER,
    /** Brings the broker along, which holds the schemas. */
    REGISTRY,
    DATABASE
}
