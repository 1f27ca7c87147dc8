package io.tillstream.ingest.http;

import io.javalin.http.Context;
import io.tillstream.ingest.auth.Authenticator;
import io.tillstream.ingest.auth.Caller;
import io.tillstream.ingest.auth.Claim;
import io.tillstream.ingest.intake.Answer;
import io.tillstream.ingest.intake.Outcome;
import io.tillstream.ingest.limits.TenantLimits;
import io.tillstream.ingest.tenants.TenantDirectory;
import java.util.Locale;
import java.util.Optional;

/** What both routes ask before they read a body: media type, size, readiness, credential, suspension, limit. */
final class Door {
    private final TenantDirectory directory;
    private final Authenticator authenticator;
    private final TenantLimits limits;

    Door(TenantDirectory directory, Authenticator authenticator, TenantLimits limits) {
        this.directory = directory;
        this.authenticator = authenticator;
        this.limits = limits;
    }

    /** The answer of a request that is refused by its headers alone. */
    Optional<Answer> refuse(Context ctx, String mediaType, long bytesMax) {
        if (!isMediaType(ctx.contentType(), mediaType) || isEncoded(ctx.header("Content-Encoding"))) {
            return Optional.of(Answer.of(Outcome.UNSUPPORTED_MEDIA_TYPE));
        }
        if (ctx.req().getContentLengthLong() > bytesMax) {
            return Optional.of(Answer.tooLarge("the body has more than " + bytesMax + " bytes"));
        }
        return directory.isLoaded() ? Optional.empty() : Optional.of(Answer.of(Outcome.NOT_READY));
    }

    Claim claim(Context ctx) {
        return authenticator.claim(ctx.header("Authorization"));
    }

    /** The answer of a caller that may send nothing now. */
    Optional<Answer> refuse(Caller caller) {
        return directory
                .channelSuspension(caller.tenant().tenant(), caller.channel())
                .map(Answer::suspended);
    }

    /** Takes one event from the tenant's limit; the answer if there is none left. */
    Optional<Answer> takeFromLimit(Caller caller) {
        return limits.tryTake(caller.tenant())
                ? Optional.empty()
                : Optional.of(Answer.rateLimited(limits.retryAfterSeconds(caller.tenant())));
    }

    private static boolean isMediaType(String found, String wanted) {
        if (found == null) {
            return false;
        }
        String[] parts = found.toLowerCase(Locale.ROOT).split(";", 2);
        String parameters = parts.length == 1 ? "" : parts[1].strip().replace("\"", "");
        return parts[0].strip().equals(wanted) && (parameters.isEmpty() || parameters.equals("charset=utf-8"));
    }

    private static boolean isEncoded(String encoding) {
        return encoding != null && !encoding.equalsIgnoreCase("identity");
    }
}
