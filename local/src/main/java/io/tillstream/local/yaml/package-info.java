/**
 * Reads the YAML files that people write (tenants, mappings of day files) so that a mistake is told with its place.
 *
 * <p>A file is composed into nodes that know their line; {@link io.tillstream.local.yaml.Fields} reads one mapping, notes every
 * problem with file, line and path of the field, and goes on, so that one run tells all mistakes. Values are taken as they are
 * written: {@code 0123} keeps its zero and {@code 17:00} is no number in base 60.
 *
 * <p>This package never guesses: a key that nobody asked for is a problem, a key that stands twice too.
 */
package io.tillstream.local.yaml;
