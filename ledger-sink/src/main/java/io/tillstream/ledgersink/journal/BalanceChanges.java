package io.tillstream.ledgersink.journal;

import io.tillstream.ledgersink.database.CopyBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * What one poll adds to each account, by partition, tenant, currency and account. An open-addressed table over the bytes of the
 * names, so that a posting costs a look-up and no object.
 */
final class BalanceChanges {
    private static final int SLOTS_FIRST = 1024;

    private static final class Account {
        private final int partition;
        private final byte[] tenant;
        private final byte[] currency;
        private final byte[] account;

        Account(int partition, byte[] tenant, byte[] currency, byte[] account) {
            this.partition = partition;
            this.tenant = tenant;
            this.currency = currency;
            this.account = account;
        }
    }

    private Account[] accounts = new Account[SLOTS_FIRST];
    private int[] hashes = new int[SLOTS_FIRST];
    private long[] changes = new long[SLOTS_FIRST];
    private int size;
    private int partition;
    private byte[] bytes = new byte[0];
    private int tenantAt;
    private int tenantLength;
    private int currencyAt;
    private int currencyLength;
    private int ownerHash;

    /** Accounts that change. */
    int size() {
        return size;
    }

    void clear() {
        Arrays.fill(accounts, null);
        size = 0;
    }

    /** Whose accounts the next calls of {@link #add} mean; positions are in {@code bytes}. */
    void owner(int partition, byte[] bytes, int tenantAt, int tenantLength, int currencyAt, int currencyLength) {
        this.partition = partition;
        this.bytes = bytes;
        this.tenantAt = tenantAt;
        this.tenantLength = tenantLength;
        this.currencyAt = currencyAt;
        this.currencyLength = currencyLength;
        int hash = hash(partition, bytes, tenantAt, tenantLength);
        ownerHash = hash(hash, bytes, currencyAt, currencyLength);
    }

    /** @param amount minor units, debit positive */
    void add(int accountAt, int accountLength, long amount) {
        int hash = hash(ownerHash, bytes, accountAt, accountLength);
        int slot = slot(hash, accountAt, accountLength);
        if (accounts[slot] == null) {
            insert(slot, hash, accountAt, accountLength);
        }
        changes[slot] = Math.addExact(changes[slot], amount);
        if (2 * size > accounts.length) {
            grow();
        }
    }

    private int slot(int hash, int accountAt, int accountLength) {
        int mask = accounts.length - 1;
        int slot = spread(hash) & mask;
        while (accounts[slot] != null && !(hashes[slot] == hash && isSame(accounts[slot], accountAt, accountLength))) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void insert(int slot, int hash, int accountAt, int accountLength) {
        accounts[slot] = new Account(
                partition,
                Arrays.copyOfRange(bytes, tenantAt, tenantAt + tenantLength),
                Arrays.copyOfRange(bytes, currencyAt, currencyAt + currencyLength),
                Arrays.copyOfRange(bytes, accountAt, accountAt + accountLength));
        hashes[slot] = hash;
        changes[slot] = 0;
        size++;
    }

    private boolean isSame(Account known, int accountAt, int accountLength) {
        return known.partition == partition
                && isSame(known.account, accountAt, accountLength)
                && isSame(known.tenant, tenantAt, tenantLength)
                && isSame(known.currency, currencyAt, currencyLength);
    }

    private boolean isSame(byte[] known, int at, int length) {
        return Arrays.equals(known, 0, known.length, bytes, at, at + length);
    }

    private void grow() {
        Account[] oldAccounts = accounts;
        int[] oldHashes = hashes;
        long[] oldChanges = changes;
        accounts = new Account[2 * oldAccounts.length];
        hashes = new int[accounts.length];
        changes = new long[accounts.length];
        int mask = accounts.length - 1;
        for (int old = 0; old < oldAccounts.length; old++) {
            if (oldAccounts[old] == null) {
                continue;
            }
            int slot = spread(oldHashes[old]) & mask;
            while (accounts[slot] != null) {
                slot = (slot + 1) & mask;
            }
            accounts[slot] = oldAccounts[old];
            hashes[slot] = oldHashes[old];
            changes[slot] = oldChanges[old];
        }
    }

    /** One statement for all, in the order of the key, so that two writers never wait for each other in a circle. */
    void write(Connection connection) throws SQLException {
        if (size == 0) {
            return;
        }
        Integer[] partitions = new Integer[size];
        String[] tenants = new String[size];
        String[] currencies = new String[size];
        String[] names = new String[size];
        Long[] amounts = new Long[size];
        int row = 0;
        for (int slot = 0; slot < accounts.length; slot++) {
            if (accounts[slot] != null) {
                partitions[row] = accounts[slot].partition;
                tenants[row] = text(accounts[slot].tenant);
                currencies[row] = text(accounts[slot].currency);
                names[row] = text(accounts[slot].account);
                amounts[row++] = changes[slot];
            }
        }
        String sql = "INSERT INTO ledger.balance AS known (partition, tenant, currency, account, balance)"
                + " SELECT partition, tenant, currency, account, sum(change)"
                + " FROM unnest(?::integer[], ?::text[], ?::text[], ?::text[], ?::bigint[])"
                + " AS changed (partition, tenant, currency, account, change)"
                + " GROUP BY partition, tenant, currency, account ORDER BY partition, tenant, currency, account"
                + " ON CONFLICT (partition, tenant, currency, account)"
                + " DO UPDATE SET balance = known.balance + excluded.balance";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("integer", partitions));
            statement.setArray(2, connection.createArrayOf("text", tenants));
            statement.setArray(3, connection.createArrayOf("text", currencies));
            statement.setArray(4, connection.createArrayOf("text", names));
            statement.setArray(5, connection.createArrayOf("bigint", amounts));
            statement.executeUpdate();
        }
    }

    private static String text(byte[] utf8) {
        return CopyBuffer.storable(new String(utf8, StandardCharsets.UTF_8));
    }

    private static int hash(int seed, byte[] bytes, int from, int length) {
        int hash = seed * 31 + length;
        for (int i = from; i < from + length; i++) {
            hash = hash * 31 + bytes[i];
        }
        return hash;
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9E37_79B9;
        return mixed ^ (mixed >>> 16);
    }
}
