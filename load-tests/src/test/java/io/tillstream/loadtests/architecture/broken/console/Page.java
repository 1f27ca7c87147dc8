package io.tillstream.loadtests.architecture.broken.console;

/** Used by a sibling. */
public final class Page {}
