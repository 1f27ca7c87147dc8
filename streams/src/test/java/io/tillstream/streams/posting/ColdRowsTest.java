package io.tillstream.streams.posting;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ColdRowsTest {
    private static final int CITY = 0;
    private static final int DATE = 20_000;

    @TempDir
    private Path directory;

    private final Tenants tenants = new Tenants();
    private ColdRows cold;

    @BeforeEach
    void open() throws Exception {
        cold = ColdLedgers.sound(Files.createTempDirectory(directory, "rows"));
        byte[] name = "tulsa".getBytes(StandardCharsets.US_ASCII);
        tenants.findOrAdd(name, 0, name.length);
    }

    @AfterEach
    void close() {
        cold.close();
    }

    @Test
    void shouldFindARowByCityIdAndKindUntilItIsForgotten() {
        put(7, DATE, Rows.EVENT, 1);
        cold.write();
        assertThat(amount(CITY, 7, Rows.EVENT, DATE)).isEqualTo(1);
        assertThat(amount(CITY, 7, Rows.PAYMENT, DATE)).isEqualTo(-1);
        assertThat(amount(CITY + 1, 7, Rows.EVENT, DATE)).isEqualTo(-1);
        assertThat(amount(CITY, 8, Rows.EVENT, DATE)).isEqualTo(-1);
        assertThat(amount(CITY, 7, Rows.EVENT, DATE + 1)).isEqualTo(-1);
    }

    @Test
    void shouldKeepAnEventAndAPaymentOfOneIdApart() {
        put(7, DATE, Rows.EVENT, 1);
        put(7, DATE + 1, Rows.PAYMENT, 2);
        cold.write();
        assertThat(amount(CITY, 7, Rows.EVENT, DATE)).isEqualTo(1);
        assertThat(amount(CITY, 7, Rows.PAYMENT, DATE)).isEqualTo(2);
        assertThat(amount(CITY, 7, Rows.EVENT, DATE + 1)).isEqualTo(-1);
        assertThat(amount(CITY, 7, Rows.PAYMENT, DATE + 1)).isEqualTo(2);
    }

    @Test
    void shouldGiveTheLatestContentWhereverItStands() {
        put(7, DATE, Rows.PAYMENT, 1);
        put(7, DATE, Rows.PAYMENT, 2);
        cold.write();
        assertThat(amount(CITY, 7, Rows.PAYMENT, DATE)).isEqualTo(2);
        for (int i = 0; i < 5 * ColdLedgers.GENERATION_ROWS; i++) {
            put(100 + i, DATE, Rows.PAYMENT, 1);
        }
        put(7, DATE, Rows.PAYMENT, 3);
        cold.write();
        assertThat(cold.generations()).isGreaterThan(4);
        assertThat(amount(CITY, 7, Rows.PAYMENT, DATE)).isEqualTo(3);
    }

    /** An id that was not there when it was asked for is found once it is. */
    @Test
    void shouldFindWhatWasAbsentBefore() {
        assertThat(amount(CITY, 7, Rows.EVENT, DATE)).isEqualTo(-1);
        put(7, DATE, Rows.EVENT, 1);
        cold.write();
        assertThat(amount(CITY, 7, Rows.EVENT, DATE)).isEqualTo(1);
    }

    @Test
    void shouldReadNothingForNewIds() {
        fill(10_000);
        for (int i = 0; i < 10_000; i++) {
            assertThat(amount(CITY, 1_000_000 + i, Rows.EVENT, DATE)).isEqualTo(-1);
            assertThat(amount(CITY, 1_000_000 + i, Rows.PAYMENT, DATE)).isEqualTo(-1);
        }
        assertThat(cold.generations()).isBetween(10, 40);
        assertThat(cold.reads()).isLessThan(10_000 / 20);
    }

    @Test
    void shouldDropWhatIsForgottenAsAWhole() {
        fill(10_000);
        Tenants.Tenant tenant = tenants.get(CITY);
        tenant.forgottenBefore = DATE + 5_000;
        cold.dropForgotten(tenants);
        assertThat(cold.rows()).isBetween(5_000L, 8_000L);
        assertThat(amount(CITY, 4_999, Rows.EVENT, tenant.forgottenBefore)).isEqualTo(-1);
        assertThat(amount(CITY, 5_000, Rows.EVENT, tenant.forgottenBefore)).isEqualTo(5_000);
        tenant.forgottenBefore = DATE + 10_000;
        cold.dropForgotten(tenants);
        assertThat(cold.rows()).isZero();
        assertThat(cold.bytes()).isZero();
        fill(10);
        assertThat(amount(CITY, 5, Rows.EVENT, DATE)).isEqualTo(5);
        assertThat(amount(CITY, 11, Rows.EVENT, DATE)).isEqualTo(-1);
    }

    @Test
    void shouldRemoveItsOwnFilesAndThoseOfAKilledProcess() throws Exception {
        Path parent = directory.resolve("ledger");
        Path left = Files.createDirectories(parent.resolve("cold-0_0-9"));
        Files.writeString(left.resolve("000001.sst"), "rows");
        Path other = Files.createDirectories(parent.resolve("0_0"));
        try (ColdRows first = ColdRows.open(parent, "0_0", Map.of());
                ColdRows second = ColdRows.open(parent, "0_0", Map.of())) {
            assertThat(left).doesNotExist();
            assertThat(other).exists();
            first.write();
            second.write();
            assertThat(parent.toFile().list()).hasSize(3);
        }
        assertThat(parent.toFile().list()).containsExactly("0_0");
    }

    /** Row {@code i} is of date {@code DATE + i}. */
    private void fill(int rows) {
        for (int i = 0; i < rows; i++) {
            put(i, DATE + i, Rows.EVENT, i);
        }
        cold.write();
    }

    private void put(long id, int date, long kind, long amount) {
        Rows rows = new Rows();
        rows.setAmount(0, amount);
        rows.set(0, kind);
        rows.setBusinessDate(0, date);
        cold.put(id, ~id, CITY, date, PackedRow.pack(rows, 0, null));
    }

    /** The amount of the row that is found, or -1. */
    private long amount(int tenant, long id, long kind, int forgottenBefore) {
        byte[] packed = cold.find(tenant, id, ~id, kind, forgottenBefore);
        return packed == null ? -1 : ByteBuffer.wrap(packed).getLong() & Rows.AMOUNT_MASK;
    }
}
