/**
 * Detection: rules as tables, the watch against late and shuffled attempts, the wiring with the test driver, and
 * DetectionMeasurement, which measures recall, precision and false alarms on seeded
 * traffic.
 */
package io.tillstream.streams.detection;
