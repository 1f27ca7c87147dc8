/**
 * Speaks HTTP with the real server over a publisher by hand ({@code RunningServer}): what every status looks like, who waits for
 * whom, and that nothing of a request is echoed or logged.
 */
package io.tillstream.ingest.http;
