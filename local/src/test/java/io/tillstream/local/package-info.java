/** Tests of the command line: exit codes and what is told when something is wrong. */
package io.tillstream.local;
