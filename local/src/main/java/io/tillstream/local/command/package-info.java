/**
 * The commands, one class each: read options, call the library, print, give the exit code.
 *
 * <p>Commands that need a cluster share {@link io.tillstream.local.command.ConnectionOptions}; without options they talk to the
 * running demo, whose addresses it keeps in data/demo.json. Errors come out as one line on standard error by {@link
 * io.tillstream.local.command.CommandErrors}.
 *
 * <p>Never: logic that a test or another program would want to call; that is in the other packages.
 */
package io.tillstream.local.command;
