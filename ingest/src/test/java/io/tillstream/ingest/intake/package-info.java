/** Shows field by field what is taken and what is refused with which words. */
package io.tillstream.ingest.intake;
