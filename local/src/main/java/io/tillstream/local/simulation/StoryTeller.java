package io.tillstream.local.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.PaymentIds;
import io.tillstream.schemas.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Writes down the steps of one story; keys are the story's number and a letter. */
final class StoryTeller {
    private final String keyPrefix;
    private final City city;
    private final Channel channel;
    private final List<Step> steps = new ArrayList<>();
    private int keys;

    StoryTeller(String keyPrefix, City city, Channel channel) {
        this.keyPrefix = keyPrefix;
        this.city = city;
        this.channel = channel;
    }

    /** A new key of this story. */
    String newKey() {
        return keyPrefix + "-" + (char) ('a' + keys++);
    }

    /** A new key of a story with many events. */
    String newKey(int number) {
        return keyPrefix + "-n" + number;
    }

    /** The payment id that an event with this key begins. */
    UUID paymentId(String key) {
        return PaymentIds.eventId(city.id(), channel, key);
    }

    /** An event that must be accepted and have one of the outcomes. */
    StoryTeller event(String key, ObjectNode body, Possible... possible) {
        return add(Step.Kind.EVENT, key, body.toString(), Step.ACCEPTED, List.of(possible), 0);
    }

    StoryTeller recorded(String key, ObjectNode body, Map<String, Long> postings) {
        return event(key, body, Possible.recorded(postings));
    }

    StoryTeller refused(String key, ObjectNode body, Refusal refusal) {
        return event(key, body, Possible.refused(refusal));
    }

    /** The same request again, at the same instance or at the other one, which does not remember it. */
    StoryTeller resend(String key, ObjectNode body, int instance) {
        return add(Step.Kind.RESEND, key, body.toString(), Step.ACCEPTED, List.of(), instance);
    }

    /** The same key with another body: 409 where the instance remembers the key, else found by the ledger. */
    StoryTeller conflict(String key, ObjectNode body, int instance) {
        return add(Step.Kind.CONFLICT, key, body.toString(), Set.of(202, 409), List.of(), instance);
    }

    StoryTeller malformed(Step.Kind kind, String body, int... statuses) {
        Set<Integer> right = new HashSet<>();
        for (int status : statuses) {
            right.add(status);
        }
        return add(kind, newKey(), body, right, List.of(), 0);
    }

    Story end() {
        return new Story(steps, Duration.ZERO);
    }

    Story end(Duration pause) {
        return new Story(steps, pause);
    }

    private StoryTeller add(
            Step.Kind kind, String key, String body, Set<Integer> statuses, List<Possible> possible, int instance) {
        steps.add(new Step(city, channel, kind, key, body, statuses, possible, instance));
        return this;
    }
}
