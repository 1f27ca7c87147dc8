/**
 * What tests on a real broker share: a cluster whose topics are made anew for each test, events, and what a journal holds. The tests
 * themselves are beside the code whose guards they take out.
 */
package io.tillstream.streams.broker;
