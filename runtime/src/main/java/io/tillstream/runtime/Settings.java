package io.tillstream.runtime;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Reads a HOCON file into a record whose components carry {@link Setting}. Every problem is found in one go and named
 * with its key, its place and the reason; a key that no component has is a problem too. {@code ${?NAME}} is replaced
 * from the environment. Nothing else is consulted: no system properties, no files on the class path.
 */
public final class Settings {
    private Settings() {}

    /**
     * Reads a file with the environment of this process.
     *
     * @throws SettingsException if the file cannot be read or any setting in it cannot be used
     */
    public static <R extends Record> R load(Class<R> type, Path file) {
        return load(type, parse(file, System.getenv()));
    }

    /**
     * Reads settings that are already parsed, for tests and for a process that holds several modules.
     *
     * @throws SettingsException if any setting cannot be used
     */
    public static <R extends Record> R load(Class<R> type, Config config) {
        return new SettingsLoad(config.root()).load(type);
    }

    /**
     * Parses a file and fills in what it takes from the environment.
     *
     * @throws SettingsException if the file is missing, is not HOCON, or needs a variable that is not set
     */
    public static Config parse(Path file, Map<String, String> environment) {
        try {
            ConfigParseOptions mustExist = ConfigParseOptions.defaults().setAllowMissing(false);
            return resolve(ConfigFactory.parseFile(file.toFile(), mustExist), environment);
        } catch (ConfigException.UnresolvedSubstitution e) {
            throw new SettingsException(List.of(String.valueOf(e.getMessage())));
        } catch (ConfigException.Parse e) {
            // The parser's own message quotes the text around the mistake, which may be a password.
            throw new SettingsException(List.of(
                    e.origin().description() + ": cannot be read from here on; put texts with signs in double quotes"));
        } catch (ConfigException e) {
            throw new SettingsException(List.of(String.valueOf(e.getMessage())));
        }
    }

    private static Config resolve(Config parsed, Map<String, String> environment) {
        return parsed.resolve(ConfigResolveOptions.noSystem().appendResolver(new Environment(environment)));
    }

    private record Environment(Map<String, String> variables) implements ConfigResolver {
        @Override
        public ConfigValue lookup(String path) {
            String value = variables.get(path);
            return value == null ? null : ConfigValueFactory.fromAnyRef(value, "environment variable " + path);
        }

        @Override
        public ConfigResolver withFallback(ConfigResolver fallback) {
            return this;
        }
    }
}
