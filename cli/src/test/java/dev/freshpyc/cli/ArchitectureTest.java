package dev.freshpyc.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.core.verdict.InterpreterAnswer;
import dev.freshpyc.core.verdict.Reason;
import dev.freshpyc.core.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dependencies go one way, and what is dangerous or heavy stays where it belongs. */
class ArchitectureTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.freshpyc");

    @Test
    void allModulesAreLookedAt() {
        assertThat(OURS.size()).isGreaterThan(100);
        for (String module : new String[] {"core.path", "indexer.scan", "perf", "cli.command"}) {
            assertThat(OURS.containPackage("dev.freshpyc." + module)).as(module).isTrue();
        }
    }

    @Test
    void theCoreKnowsNothingOfTheRest() {
        noDependency("dev.freshpyc.core..", "dev.freshpyc.indexer..", "dev.freshpyc.perf..", "dev.freshpyc.cli..");
    }

    @Test
    void theIndexerKnowsOnlyTheCore() {
        noDependency("dev.freshpyc.indexer..", "dev.freshpyc.perf..", "dev.freshpyc.cli..");
    }

    @Test
    void thePerformanceBenchKnowsNothingOfTheProgram() {
        noDependency("dev.freshpyc.perf..", "dev.freshpyc.cli..");
    }

    @Test
    void onePackageCallsNativeCode() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.freshpyc.indexer.fs.linux")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.foreign..")
                .check(OURS);
    }

    @Test
    void onePackageImportsChronicle() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.freshpyc.core.store.chronicle")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("net.openhft..")
                .check(OURS);
    }

    @Test
    void onlyTheHostRoomKnowsTheImplementationsOfThePorts() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.freshpyc.indexer.host", "dev.freshpyc.indexer.fs.linux", "dev.freshpyc.indexer.fs.nio")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.freshpyc.indexer.fs.linux", "dev.freshpyc.indexer.fs.nio")
                .check(OURS);
    }

    @Test
    void onlyTheProgramParsesOptions() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.freshpyc.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("picocli..", "me.tongfei..")
                .check(OURS);
    }

    @Test
    void onlyTheProgramAndTheCompileWorkersSpeakJson() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.freshpyc.cli..", "dev.freshpyc.indexer.compile")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("tools.jackson..")
                .check(OURS);
    }

    /** A verdict cannot be built elsewhere, except from a record; this keeps the exception where it belongs. */
    @Test
    void onlyTheDecoderOfRecordsRestoresAVerdict() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.freshpyc.core.record.codec", "dev.freshpyc.core.verdict")
                .should()
                .callMethod(
                        Verdict.class,
                        "recorded",
                        Verdict.Kind.class,
                        InterpreterAnswer.class,
                        Reason.class,
                        Evidence.class)
                .check(OURS);
    }

    /** The bench is a program of its own, and the completion script is written by the build. */
    @Test
    void nobodyPrintsButThePrograms() {
        for (String stream : new String[] {"out", "err"}) {
            noClasses()
                    .that()
                    .doNotHaveFullyQualifiedName(Main.class.getName())
                    .and()
                    .haveNameNotMatching("dev\\.freshpyc\\.perf\\.\\w*Bench(Program)?")
                    .and()
                    .doNotHaveFullyQualifiedName(Completion.class.getName())
                    .should()
                    .accessField(System.class, stream)
                    .check(OURS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "indexer", "perf", "cli"})
    void thePackagesOfAModuleHaveNoCycles(String module) {
        slices().matching("dev.freshpyc." + module + ".(**)")
                .should()
                .beFreeOfCycles()
                .check(OURS);
    }

    private static void noDependency(String from, String... to) {
        noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(to)
                .check(OURS);
    }
}
