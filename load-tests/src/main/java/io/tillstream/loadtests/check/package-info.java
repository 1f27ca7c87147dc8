/** Reads a journal as any consumer would (committed entries only) and holds it against what was sent. Never writes. */
package io.tillstream.loadtests.check;
