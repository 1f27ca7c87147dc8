package io.tillstream.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.local.cluster.SharedCluster;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.Suspension;
import io.tillstream.schemas.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Suspend and resume as an operator types them, on a real broker. */
@Tag("cluster")
class SuspendCommandsTest {
    private record Result(int exit, List<String> out, List<String> err) {}

    private static final AtomicInteger TENANTS = new AtomicInteger();

    @TempDir
    private Path directory;

    private String tenant;

    @BeforeEach
    void applyTenant() throws IOException {
        int number = TENANTS.incrementAndGet();
        tenant = "switched-" + number;
        Path file = Files.writeString(directory.resolve("city.yaml"), """
                tenants:
                  - id: %s
                    name: A city
                    timeZone: America/Chicago
                    cutOff: 17:00
                    currency: USD
                    amountMax: 2500.00
                    funds:
                      - { code: water, name: Water }
                    processors:
                      - { id: acme-pay, name: Acme Pay, from: 2024-01-01 }
                    bank:
                      immediateDestination: "950010001"
                      immediateDestinationName: EXAMPLE BANK
                      immediateOrigin: "18000000%02d"
                      immediateOriginName: A CITY
                      companyName: A CITY
                      companyId: "1950010001"
                      odfi: "95001000"
                      routingNumber: "950120001"
                      accountNumber: "70001000"
                      accountName: A CITY
                    keys:
                      - { id: web, channel: WEB, secretFile: web.key }
                """.formatted(tenant, number));
        Files.writeString(directory.resolve("web.key"), "k".repeat(40));
        assertThat(run("tenants", "apply", file.toString(), "--secrets", directory.toString()))
                .returns(0, Result::exit);
    }

    @Test
    void shouldSuspendWithoutAReason() {
        assertThat(run("suspend", "--tenant", tenant))
                .isEqualTo(new Result(0, List.of(tenant + " is suspended"), List.of()));
        assertThat(lastControl())
                .returns(true, Suspension::getSuspended)
                .returns("suspended by the operator", Suspension::getReason);
        assertThat(run("resume", "--tenant", tenant))
                .isEqualTo(new Result(0, List.of(tenant + " takes payments again"), List.of()));
        assertThat(lastControl())
                .returns(false, Suspension::getSuspended)
                .returns("resumed by the operator", Suspension::getReason);
    }

    @Test
    void shouldNotResumeTheCityWhenOnlyAChannelIsSuspended() {
        run("suspend", "--tenant", tenant, "--channel", "WEB", "--reason", "page under review");
        Result result = run("resume", "--tenant", tenant);
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).hasSize(2);
        assertThat(result.err().get(0))
                .isEqualTo("resume: no suspension of just " + tenant + " is in force; nothing changed");
        assertThat(result.err().get(1))
                .startsWith("still suspended: " + tenant + " WEB since ")
                .endsWith(": page under review");
        assertThat(lastControl()).returns(true, Suspension::getSuspended);
    }

    @Test
    void shouldNotResumeAChannelWhenTheCityIsSuspended() {
        run("suspend", "--tenant", tenant);
        assertThat(run("resume", "--tenant", tenant, "--channel", "WEB"))
                .returns(1, Result::exit)
                .satisfies(
                        result -> assertThat(result.err().get(1)).startsWith("still suspended: " + tenant + " since "));
    }

    @Test
    void shouldTellWhatStaysSuspendedWhenOneOfTwoIsResumed() {
        run("suspend", "--tenant", tenant);
        run("suspend", "--tenant", tenant, "--channel", "WEB", "--tender", "CARD");
        Result channel = run("resume", "--tenant", tenant, "--channel", "WEB", "--tender", "CARD");
        assertThat(channel.exit()).isZero();
        assertThat(channel.out()).first().isEqualTo(tenant + " WEB CARD: this suspension has ended");
        assertThat(channel.out()).last().asString().startsWith("still suspended: " + tenant + " since ");
        assertThat(run("resume", "--tenant", tenant).out()).containsExactly(tenant + " takes payments again");
        assertThat(run("resume", "--tenant", tenant)).returns(1, Result::exit);
    }

    private Suspension lastControl() {
        AvroCodec<Suspension> codec = AvroCodec.of(Topics.CONTROLS, Suspension.class, SharedCluster.registry());
        List<Suspension> controls = SharedCluster.read(Topics.CONTROLS).stream()
                .map(record -> codec.decode(record.value()))
                .filter(suspension -> suspension.getTenant().equals(tenant))
                .toList();
        return controls.get(controls.size() - 1);
    }

    private static Result run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--bootstrap", SharedCluster.kafka().bootstrapServers(), "--registry", SharedCluster.registryUrl()));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = Tillstream.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        int exit = commandLine.execute(all.toArray(String[]::new));
        return new Result(
                exit, out.toString().lines().toList(), err.toString().lines().toList());
    }
}
