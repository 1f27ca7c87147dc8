/**
 * {@code bench pipeline}: from HTTP to rows and files, every service, the broker, the registry, PostgreSQL and the load in processes of
 * their own on one machine. {@link io.tillstream.loadtests.bench.pipeline.PipelineBench} is the table of contents.
 *
 * <p>A short ramp finds the rate, then it is held; a held rate counts only if the lag stays flat and the database has every event that
 * was answered 202, once, with all invariants holding after the days are closed and the files written.
 */
package io.tillstream.loadtests.bench.pipeline;
