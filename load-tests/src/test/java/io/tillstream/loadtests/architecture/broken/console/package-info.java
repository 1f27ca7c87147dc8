/** Code that breaks the rules, for the test of the rules. */
package io.tillstream.loadtests.architecture.broken.console;
