/**
 * The rules of ARCHITECTURE.md that a compiler can't see, held against the compiled modules. The package {@code broken} holds code that
 * breaks each of them, so that a rule which has become blind is noticed.
 */
package io.tillstream.loadtests.architecture;
