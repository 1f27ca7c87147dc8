package io.tillstream.ingest.auth;

import io.tillstream.ingest.tenants.TenantProfile;
import io.tillstream.schemas.Channel;

/** A proven credential: for which city and channel its requests count. */
public record Caller(TenantProfile tenant, Channel channel, String keyId) {}
