package io.tillstream.console.query;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * A batch with what it is made of and what was made of it.
 *
 * @param lines by through, tender and account
 * @param files released so far
 */
public record BatchDetail(@JsonUnwrapped Batch batch, List<BatchLine> lines, List<BatchFile> files) {
    public BatchDetail {
        lines = List.copyOf(lines);
        files = List.copyOf(files);
    }
}
