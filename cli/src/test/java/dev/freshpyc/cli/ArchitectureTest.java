package dev.freshpyc.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.freshpyc.core.digest.HashKeys;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.core.verdict.InterpreterAnswer;
import dev.freshpyc.core.verdict.Reason;
import dev.freshpyc.core.verdict.Verdict;
import java.nio.file.Files;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks which package may use which: modules depend in one direction, and native code and each heavy library belong to
 * one package.
 */
class ArchitectureTest {

    static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.freshpyc");

    @Test
    void allModulesAreChecked() {
        assertThat(OURS.size()).isGreaterThan(100);
        for (String module : new String[] {"core.path", "indexer.scan", "perf", "cli.command"}) {
            assertThat(OURS.containPackage("dev.freshpyc." + module)).as(module).isTrue();
        }
    }

    @Test
    void theCoreDependsOnNoOtherModule() {
        noDependency("dev.freshpyc.core..", "dev.freshpyc.indexer..", "dev.freshpyc.perf..", "dev.freshpyc.cli..");
    }

    @Test
    void theIndexerDependsOnlyOnTheCore() {
        noDependency("dev.freshpyc.indexer..", "dev.freshpyc.perf..", "dev.freshpyc.cli..");
    }

    @Test
    void theBenchesDoNotDependOnTheCommandLine() {
        noDependency("dev.freshpyc.perf..", "dev.freshpyc.cli..");
    }

    @Test
    void onlyOnePackageCallsNativeCode() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.freshpyc.indexer.fs.linux")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.foreign..")
                .check(OURS);
    }

    @Test
    void onlyOnePackageImportsChronicle() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.freshpyc.core.store.chronicle")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("net.openhft..")
                .check(OURS);
    }

    /** No other command may load the classes of the HTTP server. */
    @Test
    void onlyOnePackageImportsJetty() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.freshpyc.cli.serve")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jetty..")
                .check(OURS);
    }

    @Test
    void onlyOnePackageSpeaksToADatabase() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.freshpyc.cli.serve.equivalence")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..", "org.postgresql..", "com.zaxxer..")
                .check(OURS);
    }

    @Test
    void onlyTheHostPackageUsesTheFileSystemImplementations() {
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
    void onlyTheCommandLineParsesOptions() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.freshpyc.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("picocli..", "me.tongfei..")
                .check(OURS);
    }

    @Test
    void onlyTheCommandLineTheCompileWorkersAndImagesUseJson() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.freshpyc.cli..", "dev.freshpyc.indexer.compile", "dev.freshpyc.indexer.image..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("tools.jackson..")
                .check(OURS);
    }

    /** Outside its own package, a verdict is built only when a record is decoded. */
    @Test
    void onlyTheRecordDecoderRestoresAVerdict() {
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

    /** A {@link SecureRandom} takes ten seconds to start in a root directory without devices. The service makes secrets with one. */
    @Test
    void commandsForRootDirectoriesNeedNoDevices() {
        DescribedPredicate<JavaMethodCall> isTemporaryFile = DescribedPredicate.describe(
                "make a temporary file with a name from a SecureRandom",
                call -> call.getTargetOwner().isEquivalentTo(Files.class)
                        && call.getTarget().getName().startsWith("createTemp"));
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackages("dev.freshpyc.perf..", "dev.freshpyc.cli.serve..", "dev.freshpyc.cli.http")
                .and()
                .doNotHaveFullyQualifiedName(HashKeys.class.getName())
                .should()
                .callMethodWhere(isTemporaryFile)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(SecureRandom.class);

        rule.check(OURS);
    }

    /** The benches print, since each bench is a program of its own. */
    @Test
    void onlyProgramsPrint() {
        for (String stream : new String[] {"out", "err"}) {
            noClasses()
                    .that()
                    .doNotHaveFullyQualifiedName(Main.class.getName())
                    .and()
                    .haveNameNotMatching("dev\\.freshpyc\\.perf\\.(\\w*Bench(Program)?|Results)")
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
