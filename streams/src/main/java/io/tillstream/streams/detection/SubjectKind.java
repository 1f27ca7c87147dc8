package io.tillstream.streams.detection;

/** What can be watched. The names are part of keys in topics and stores: never rename. */
enum SubjectKind {
    /** Where attempts come from: the keyed hash of an address, else of a device, else of a session. */
    SOURCE,
    /** The first 6 to 8 digits of the cards. */
    BIN
}
