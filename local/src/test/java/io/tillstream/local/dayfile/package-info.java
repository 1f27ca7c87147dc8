/**
 * Tests of day files: the quirks of real files row by row on a small excerpt, and the whole file of real municipal payments
 * where it lies beside the repository.
 */
package io.tillstream.local.dayfile;
