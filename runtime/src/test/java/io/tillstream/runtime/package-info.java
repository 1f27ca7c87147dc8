/**
 * Tests of the runtime in the order of its package: settings and their page, log, health and metrics over HTTP, closing,
 * and one service run as a process of its own. Servers bind free ports of 127.0.0.1; nothing waits by sleeping.
 */
package io.tillstream.runtime;
