package io.tillstream.local.dayfile;

import java.util.List;
import java.util.Map;

/**
 * One row of a day file.
 *
 * @param number data rows from 1, the header not counted
 * @param cells every column's text by its name, in the file's order, without blanks around it
 */
record Row(long number, Map<String, String> cells) {
    /** Text of a column; empty if the cell is. The mapping was checked against the header, so the column is there. */
    String cell(String column) {
        return cells.get(column);
    }

    /** All cells, as what tells one row from another. */
    List<String> content() {
        return List.copyOf(cells.values());
    }
}
