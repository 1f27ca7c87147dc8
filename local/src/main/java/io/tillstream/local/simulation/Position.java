package io.tillstream.local.simulation;

/** Place of a record in payments.events. */
public record Position(int partition, long offset) {}
