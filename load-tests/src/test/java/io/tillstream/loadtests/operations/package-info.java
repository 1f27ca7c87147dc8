/**
 * Holds docs/operations.md against the code, as {@code settings} does with its page. Reads sources and pages only; starts nothing.
 */
package io.tillstream.loadtests.operations;
