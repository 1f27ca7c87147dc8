package io.tillstream.streams.posting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class NamesTest {
    private record Key(int scope, String name) {}

    private final Names names = new Names();

    /** Names of few letters and of every length up to 40, so that many differ in one place only, and stand at any place. */
    @Test
    void shouldDoAsAMapDoes() {
        Random random = new Random(1);
        Map<Key, Integer> numbers = new HashMap<>();
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            Key key = new Key(random.nextInt(3), text(random));
            int before = random.nextInt(10);
            byte[] source = ("x".repeat(before) + key.name() + "y".repeat(random.nextInt(10))).getBytes(UTF_8);
            int known = numbers.getOrDefault(key, Names.NONE);
            assertThat(names.find(key.scope(), source, before, key.name().length()))
                    .as("%s", key)
                    .isEqualTo(known);
            int number = names.findOrAdd(key.scope(), source, before, key.name().length());
            assertThat(number).as("%s", key).isEqualTo(known == Names.NONE ? keys.size() : known);
            if (known == Names.NONE) {
                numbers.put(key, number);
                keys.add(key);
            }
        }
        assertThat(names.size()).isEqualTo(keys.size());
        for (int number = 0; number < keys.size(); number++) {
            assertThat(names.scope(number)).isEqualTo(keys.get(number).scope());
            assertThat(names.name(number))
                    .asString(UTF_8)
                    .isEqualTo(keys.get(number).name());
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(41);
        for (int i = 0; i < length; i++) {
            text.append(random.nextInt(20) == 0 ? 'b' : 'a');
        }
        return text.toString();
    }

    /** Without the look at the text, what goes to one account would be posted to the other. */
    @Test
    void shouldTellNamesOfTheSameHashApart() {
        byte[] one = ByteBuffer.allocate(16).putLong(1).putLong(2).array();
        byte[] other = ByteBuffer.allocate(16).putLong(3).putLong(4).array();
        int scope = 5;
        long difference = afterEight(scope, one) ^ afterEight(scope, other);
        ByteBuffer.wrap(other).order(ByteOrder.LITTLE_ENDIAN).putLong(8, Long.reverseBytes(2) ^ difference);
        assertThat(Names.hash(scope, other, 0, 16)).isEqualTo(Names.hash(scope, one, 0, 16));
        assertThat(names.findOrAdd(scope, one, 0, 16)).isZero();
        assertThat(names.find(scope, other, 0, 16)).isEqualTo(Names.NONE);
        assertThat(names.findOrAdd(scope, other, 0, 16)).isEqualTo(1);
    }

    /** The hash of 16 bytes, once the first eight of them are in it. */
    private static long afterEight(int scope, byte[] name) {
        long first = ByteBuffer.wrap(name).order(ByteOrder.LITTLE_ENDIAN).getLong();
        long h = ((scope * 31L + 16) * Names.MULTIPLIER ^ first) * Names.MULTIPLIER;
        return h ^ (h >>> 29);
    }

    @Test
    void shouldTakePiecesForTheSameIfAllTheirBytesAre() {
        for (int length = 0; length <= 40; length++) {
            byte[] one = new byte[length + 3];
            byte[] other = new byte[length + 5];
            other[4] = 1; // before and behind the pieces anything may stand
            one[length + 2] = 2;
            assertThat(Bytes.same(one, 2, other, 5, length))
                    .as("%s bytes", length)
                    .isTrue();
            for (int i = 0; i < length; i++) {
                other[5 + i] = 1;
                assertThat(Bytes.same(one, 2, other, 5, length))
                        .as("%s bytes, %s differs", length, i)
                        .isFalse();
                other[5 + i] = 0;
            }
        }
    }
}
