/**
 * What every answer of the console goes through, whether page or JSON: {@link SecurityHeaders} first, then
 * {@link Gate}, which lets nobody in whom the route's {@link Door} does not admit, then the route's handler, which reads
 * its {@link Parameters}, and last {@link Problems}, which turns a {@link Problem} into the right answer.
 *
 * <p>A route without a door is closed. Nothing here repeats a value that a client sent, except its name.
 */
package io.tillstream.console.web;
