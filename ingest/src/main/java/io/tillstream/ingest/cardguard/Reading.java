package io.tillstream.ingest.cardguard;

/** How a value is judged. */
enum Reading {
    /** Text in which anything can stand anywhere. */
    FREE_TEXT,
    /** A field that holds one id (bill account, fund, terminal): padding zeros and odd groups belong to the id's own format. */
    TYPED
}
