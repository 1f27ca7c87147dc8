/** Tests of the pictures: shares add up, and every file is well-formed XML whatever the names in it. */
package io.tillstream.loadtests.bench.plot;
