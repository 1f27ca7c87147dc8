package io.tillstream.ledgersink.closing;

/** What became of a wish to close a date. */
public enum CloseResult {
    /** The mark is in every partition now. */
    CLOSED,
    /** The date had been closed before; nothing was written. */
    ALREADY_CLOSED,
    /** The tenant is not known to the ledger, or posting does not have its terms yet. */
    TENANT_NOT_OPEN,
    /** The date lies before the open one and was never open: before the tenant's first, or none of its calendar's dates. */
    NEVER_OPEN,
    /** The date lies behind the open one: the dates before it close first. */
    NOT_YET_OPEN
}
