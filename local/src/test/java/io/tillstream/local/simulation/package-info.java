/**
 * Tests of the simulation: its arithmetic by the rules' own examples, its stories by their seed, and a book that notices each
 * way in which a ledger can be wrong.
 */
package io.tillstream.local.simulation;
