package io.tillstream.local.tenants;

import io.tillstream.ingest.auth.ApiKeys;
import io.tillstream.local.yaml.Fields;
import io.tillstream.local.yaml.Parsers;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.Credential;
import io.tillstream.schemas.CredentialKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code keys}: the credentials of a city's channels and where their secrets are. */
final class KeysReader {
    private static final int KEYS_PER_CHANNEL_MAX = 2;
    private static final int SECRET_LENGTH_MIN = 32;

    /** A key of the file. {@code secret} is empty where the file gives a hash. */
    private record Key(Credential credential, String secret) {}

    private final Path secretsDirectory;
    private final Map<String, String> hmacSecrets = new HashMap<>();

    KeysReader(Path secretsDirectory) {
        this.secretsDirectory = secretsDirectory;
    }

    /** The credentials under {@code keys}; their HMAC secrets are in {@link #hmacSecrets} afterwards. */
    List<Credential> read(Fields tenant) {
        List<Key> keys = tenant.list("keys", this::key);
        Set<String> ids = new HashSet<>();
        Map<Channel, Integer> perChannel = new EnumMap<>(Channel.class);
        for (Key key : keys) {
            String id = key.credential().getKeyId();
            if (!ids.add(id)) {
                tenant.problem("keys", "key " + id + " stands twice");
            }
            Channel channel = key.credential().getChannel();
            if (perChannel.merge(channel, 1, Integer::sum) == KEYS_PER_CHANNEL_MAX + 1) {
                tenant.problem("keys", channel + " has more than two keys; two are enough to rotate");
            }
            if (key.credential().getKind() == CredentialKind.HMAC) {
                hmacSecrets.put(id, key.secret());
            }
        }
        return keys.stream().map(Key::credential).toList();
    }

    Map<String, String> hmacSecrets() {
        return hmacSecrets;
    }

    private Key key(Fields fields) {
        String id =
                fields.required("id", Parsers.matching("[A-Za-z0-9-]{1,40}", "letters, digits and dashes, at most 40"));
        Channel channel = fields.required("channel", Parsers.constant(Channel.class));
        CredentialKind kind = fields.optional("kind", CredentialKind.API_KEY, Parsers.constant(CredentialKind.class));
        Instant notAfter = fields.optional("notAfter", Instant.EPOCH, Parsers::instant);
        boolean byHash = fields.has("secretHash");
        boolean byFile = fields.has("secretFile");
        String hash = fields.optional(
                "secretHash", "", Parsers.matching("[0-9a-f]{64}", "SHA-256 as 64 lower-case hexadecimal digits"));
        String secret = fields.optional("secretFile", "", this::secret);
        if (byHash == byFile) {
            fields.problem("secretFile", "expected either secretFile or secretHash");
        } else if (byHash && kind == CredentialKind.HMAC) {
            fields.problem("secretHash", "an HMAC key needs its secret (secretFile): a hash can't sign");
        }
        return fields.complete(() -> new Key(
                new Credential(
                        id,
                        channel,
                        kind,
                        kind == CredentialKind.HMAC ? "" : byHash ? hash : ApiKeys.hash(secret),
                        ByteBuffer.allocate(0),
                        notAfter),
                secret));
    }

    private String secret(String name) {
        Path file = secretsDirectory.resolve(name);
        try {
            String secret = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (secret.length() < SECRET_LENGTH_MIN || !secret.matches("[!-~]+")) {
                throw new IllegalArgumentException("the secret in " + file + " needs " + SECRET_LENGTH_MIN
                        + " printable characters at least; `tillstream keys new` makes one");
            }
            return secret;
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("there is no file " + file, e);
        } catch (IOException e) {
            throw new IllegalArgumentException("can't read " + file + ": " + e.getMessage(), e);
        }
    }
}
