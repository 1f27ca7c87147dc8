/** What a benchmark stands on: a broker and a registry in processes of their own, JVMs, their use of the machine. Measures nothing itself. */
package io.tillstream.loadtests.bench.stage;
