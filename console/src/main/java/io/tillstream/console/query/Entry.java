package io.tillstream.console.query;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * A journal entry with its postings, which sum to zero.
 *
 * @param facts the entry's own columns
 * @param postings empty for entries without postings
 */
public record Entry(@JsonUnwrapped EntryFacts facts, List<Posting> postings) {
    public Entry {
        postings = List.copyOf(postings);
    }
}
