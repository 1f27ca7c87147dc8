package io.tillstream.ledgersink.settlement.files;

/** How a record of a NACHA file ends; banks differ. */
public enum LineEnd {
    LF("\n"),
    CRLF("\r\n");

    private final String characters;

    LineEnd(String characters) {
        this.characters = characters;
    }

    String characters() {
        return characters;
    }
}
