package io.tillstream.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.Refusal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StoriesTest {
    private static final long SEED = 20261122;
    private static final int MANY = 20_000;
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);

    @Test
    void shouldTellTheSameStoriesWhenTheSeedIsTheSame() {
        assertThat(tell(500, SEED)).isEqualTo(tell(500, SEED));
        assertThat(tell(500, SEED)).isNotEqualTo(tell(500, SEED + 1));
    }

    @Test
    void shouldHaveEveryKindOfTroubleAndChannelInManyStories() {
        Set<Refusal> refusals = EnumSet.noneOf(Refusal.class);
        Set<Possible.Outcome> outcomes = EnumSet.noneOf(Possible.Outcome.class);
        Set<Step.Kind> kinds = EnumSet.noneOf(Step.Kind.class);
        Set<Channel> channels = EnumSet.noneOf(Channel.class);
        Set<Integer> statuses = new HashSet<>();
        for (Story story : tell(MANY, SEED)) {
            for (Step step : story.steps()) {
                kinds.add(step.kind());
                channels.add(step.channel());
                statuses.addAll(step.statuses());
                step.possible().stream().limit(1).forEach(possible -> {
                    outcomes.add(possible.outcome());
                    refusals.add(possible.refusal());
                });
            }
        }
        assertThat(kinds).containsExactly(Step.Kind.values());
        assertThat(channels).containsExactly(Channel.values());
        assertThat(outcomes)
                .containsExactlyInAnyOrder(
                        Possible.Outcome.RECORDED,
                        Possible.Outcome.PARKED,
                        Possible.Outcome.RELEASED,
                        Possible.Outcome.REFUSED);
        assertThat(statuses).containsExactlyInAnyOrder(202, 400, 401, 409, 422);
        assertThat(refusals)
                .containsExactlyInAnyOrder(
                        Refusal.NONE,
                        Refusal.AMOUNT_NOT_POSITIVE,
                        Refusal.AMOUNT_TOO_LARGE,
                        Refusal.CURRENCY_NOT_OF_TENANT,
                        Refusal.ITEMS_EXCEED_AMOUNT,
                        Refusal.PAYMENT_VOIDED,
                        Refusal.EXCEEDS_CAPTURED,
                        Refusal.DISPUTE_NOT_OPEN);
    }

    @Test
    void shouldGiveTheCitiesSharesByZipf() {
        Map<String, Integer> stories = new HashMap<>();
        tell(MANY, SEED)
                .forEach(story -> stories.merge(story.steps().get(0).city().id(), 1, Integer::sum));
        assertThat(stories).hasSize(10);
        assertThat(stories.get("city-a")).isBetween(6_500, 7_200);
        assertThat(stories.get("city-b")).isBetween(3_200, 3_700);
        assertThat(stories.get("city-j")).isBetween(550, 820);
    }

    @Test
    void shouldBalanceEveryExpectedPosting() {
        for (Story story : tell(MANY, SEED)) {
            for (Step step : story.steps()) {
                assertThat(step.possible())
                        .allSatisfy(possible -> assertThat(possible.postings().values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum())
                                .as(step.toString())
                                .isZero());
            }
        }
    }

    @Test
    void shouldUseEveryKeyForOneBodyUnlessItIsAConflict() throws Exception {
        ObjectMapper json = new ObjectMapper();
        Map<String, JsonNode> bodies = new HashMap<>();
        for (Story story : tell(MANY, SEED)) {
            for (Step step : story.steps()) {
                if (step.kind() == Step.Kind.EVENT) {
                    assertThat(bodies.put(step.idempotencyKey(), json.readTree(step.body())))
                            .isNull();
                } else if (step.kind() == Step.Kind.RESEND) {
                    assertThat(json.readTree(step.body())).isEqualTo(bodies.get(step.idempotencyKey()));
                } else if (step.kind() == Step.Kind.CONFLICT) {
                    assertThat(json.readTree(step.body())).isNotEqualTo(bodies.get(step.idempotencyKey()));
                }
            }
        }
    }

    @Test
    void shouldTestCardsOfOneBinFromOneSource() throws Exception {
        ObjectMapper json = new ObjectMapper();
        Story burst = new Stories(Cities.ten(), SEED, "r1", CLOCK).cardTesting(Cities.city("city-c"));
        Set<String> bins = new HashSet<>();
        Set<String> fingerprints = new HashSet<>();
        Set<String> addresses = new HashSet<>();
        for (Step step : burst.steps()) {
            JsonNode body = json.readTree(step.body());
            bins.add(body.at("/card/bin").asText());
            fingerprints.add(body.at("/card/fingerprint").asText());
            addresses.add(body.at("/source/ip").asText());
            assertThat(body.get("amount").asLong()).isLessThan(500);
        }
        assertThat(bins).hasSize(1);
        assertThat(addresses).hasSize(1);
        assertThat(fingerprints).hasSize(60);
    }

    private static List<Story> tell(int count, long seed) {
        Stories stories = new Stories(Cities.ten(), seed, "r1", CLOCK);
        List<Story> told = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            told.add(stories.next());
        }
        return told;
    }
}
