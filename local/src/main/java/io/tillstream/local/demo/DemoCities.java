package io.tillstream.local.demo;

import io.tillstream.ingest.auth.ControlKeys;
import io.tillstream.local.client.ChannelKey;
import io.tillstream.local.simulation.City;
import io.tillstream.local.tenants.TenantEntry;
import io.tillstream.local.tenants.TenantsApplication;
import io.tillstream.local.tenants.TenantsFile;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.Credential;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The demo's cities: their file, their keys, and what of them the cluster has to be told. */
final class DemoCities {
    static final String CONTROL_KEYS = "control-keys.json";

    private static final Pattern SECRET_FILE = Pattern.compile("secretFile:\\s*\"?([A-Za-z0-9._-]+)\"?");

    private DemoCities() {}

    /** The control keyset, made the first time. */
    static Path controlKeys(DemoDirectory directory) {
        Path file = directory.directory("secrets").resolve(CONTROL_KEYS);
        try {
            if (!Files.exists(file)) {
                ControlKeys.create(file);
            }
            return file;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("The control keyset could not be made", e);
        }
    }

    /** Applies the cities of a file, the secrets that it names being made the first time. */
    static List<City> apply(DemoDirectory directory, Path tenantsFile, DemoServers servers, Path controlKeys) {
        try {
            makeSecrets(directory, tenantsFile);
            List<TenantEntry> entries = TenantsFile.read(tenantsFile, directory.directory("secrets"));
            ControlKeys keys = ControlKeys.open(controlKeys);
            List<TenantsApplication.Applied> applied = new TenantsApplication(
                            servers.kafka(), servers.registryClient(), Optional.of(keys), Clock.systemUTC())
                    .apply(entries);
            List<City> cities = new ArrayList<>();
            for (TenantsApplication.Applied tenant : applied) {
                cities.add(new City(
                        tenant.record(),
                        channelKeys(
                                directory,
                                tenant.record().getTenant(),
                                tenant.record().getCredentials())));
            }
            return cities;
        } catch (IOException e) {
            throw new UncheckedIOException("The cities' file can't be read: " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The control keyset " + controlKeys + " can't be used", e);
        }
    }

    private static void makeSecrets(DemoDirectory directory, Path tenantsFile) throws IOException {
        Matcher matcher = SECRET_FILE.matcher(Files.readString(tenantsFile));
        while (matcher.find()) {
            directory.secret(matcher.group(1));
        }
    }

    /** By the naming of the demo's file: {tenant}-{key id}.key. */
    private static Map<Channel, ChannelKey> channelKeys(
            DemoDirectory directory, String tenant, List<Credential> credentials) {
        Map<Channel, ChannelKey> keys = new EnumMap<>(Channel.class);
        for (Credential credential : credentials) {
            String name = tenant + "-" + credential.getKeyId() + ".key";
            if (directory.hasSecret(name)) {
                keys.put(
                        credential.getChannel(),
                        new ChannelKey(tenant, credential.getKeyId(), credential.getKind(), directory.secret(name)));
            }
        }
        return keys;
    }
}
