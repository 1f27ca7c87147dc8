package io.tillstream.loadtests.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.tillstream.loadtests.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ARCHITECTURE.md's rules over every module's compiled code; for each rule, code that breaks it. */
class ArchitectureTest {
    private static final String PRODUCT = "io.tillstream";
    private static final String BROKEN = "io.tillstream.loadtests.architecture.broken";
    private static final Pattern SLEEP = Pattern.compile("\\bsleep\\(");

    private static JavaClasses product;

    @BeforeAll
    static void importProduct() {
        product = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(PRODUCT);
    }

    static Stream<Named<Function<Rules, ArchRule>>> rules() {
        return Stream.of(
                Named.of("core without Kafka", Rules::coreWithoutKafka),
                Named.of("posting without clock", Rules::postingWithoutClock),
                Named.of("money without fractions", Rules::moneyWithoutFractions),
                Named.of("no sleep", Rules::noSleep));
    }

    static Set<String> modules() {
        return Rules.modules();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void shouldHold(Function<Rules, ArchRule> rule) {
        rule.apply(new Rules(PRODUCT)).check(product);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void shouldDependOnlyOnWhatTheTableNames(String module) {
        new Rules(PRODUCT).dependencies(module).check(product);
    }

    @Test
    void shouldKnowEveryModule() {
        Set<String> found = new TreeSet<>();
        for (JavaClass type : product) {
            found.add(type.getPackageName().split("\\.", 4)[2]);
        }
        Set<String> expected = new TreeSet<>(Rules.modules());
        expected.add("loadtests");
        assertThat(found).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void shouldFailWhenARuleIsBroken(Function<Rules, ArchRule> rule) {
        assertIsCaught(rule.apply(new Rules(BROKEN)));
    }

    @Test
    void shouldFailWhenAModuleUsesItsSibling() {
        assertIsCaught(new Rules(BROKEN).dependencies("ingest"));
    }

    private static void assertIsCaught(ArchRule rule) {
        JavaClasses broken = new ClassFileImporter().importPackages(BROKEN);
        assertThatThrownBy(() -> rule.check(broken))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(BROKEN);
    }

    /** Tests too; other modules' tests are in no class path here, so their sources are read. */
    @Test
    void shouldSleepInNoTest() throws IOException {
        try (Stream<Path> files = Files.walk(Tree.root())) {
            List<Path> sleeping = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/"))
                    .filter(file -> !file.toString().contains("/architecture/broken/"))
                    .filter(ArchitectureTest::sleeps)
                    .toList();
            assertThat(sleeping).isEmpty();
        }
    }

    /** Without the tag, {@code -Pcontainers} passes a test over. */
    @Test
    void shouldTagEveryTestThatTakesItsServersFromTheSeam() throws IOException {
        List<SeamUsers.Source> users = SeamUsers.modules().values().stream()
                .flatMap(module -> SeamUsers.testsIn(module).stream())
                .toList();
        assertThat(users).extracting(SeamUsers.Source::name).contains("KillTest", "LedgerSinkTest", "PagesTest");
        assertThat(users.stream().filter(test -> !test.isTagged()).map(SeamUsers.Source::file))
                .as("tests on the seam without @Tag(\"cluster\")")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TestCluster cluster;", "ThreeBrokers brokers;", "Fixture fixture;", "Deeper deeper;"})
    void shouldFindATestOnTheSeamWhateverTheWayToIt(String field) {
        List<SeamUsers.Source> module = List.of(
                SeamUsers.source(Path.of("Deeper.java"), "class Deeper { Fixture fixture; }"),
                SeamUsers.source(Path.of("Fixture.java"), "class Fixture { TestCluster cluster; }"),
                SeamUsers.source(
                        Path.of("OtherTest.java"), "/** Not on TestCluster. */ class OtherTest { @Test void t() {} }"),
                SeamUsers.source(Path.of("UserTest.java"), "class UserTest { " + field + " @Test void t() {} }"));
        assertThat(SeamUsers.testsIn(module)).containsExactly(module.get(3));
        assertThat(module.get(3).isTagged()).isFalse();
    }

    private static boolean sleeps(Path file) {
        return SLEEP.matcher(Tree.text(file)).find();
    }
}
