/** Tests of {@code io.tillstream.local.connection}: what a command takes from a service's settings file. */
package io.tillstream.local.connection;
