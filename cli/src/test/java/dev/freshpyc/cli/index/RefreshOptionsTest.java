package dev.freshpyc.cli.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.ProgramProcess;
import dev.freshpyc.cli.SettledRefresh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of {@code refresh}, on an index in which every stamp is settled. */
@Timeout(60)
class RefreshOptionsTest {

    private final Path lib;
    private final Path index;
    private final Pairs tree;

    RefreshOptionsTest(@TempDir Path directory) throws IOException {
        lib = Files.createDirectories(directory.resolve("lib"));
        index = directory.resolve("index");
        tree = new Pairs(lib).fresh("a").fresh("pkg/b");
    }

    @BeforeEach
    void settle() throws InterruptedException {
        SettledRefresh.run(index, lib);
    }

    @Test
    void unchangedFilesAreNotHashed() {
        assertThat(refresh().out()).startsWith("2 seen, 2 reused; 0 files hashed");
    }

    @Test
    void withoutTrustInCtimeEveryRunHashesEveryFile() {
        assertThat(refresh("--no-trust-ctime").out()).startsWith("2 seen, 0 reused; 4 files hashed");
        assertThat(refresh("--no-trust-ctime").out()).startsWith("2 seen, 0 reused; 4 files hashed");
    }

    @Test
    void aRefreshWithoutVerificationHashesNothingAndRecordsNoEvidence() throws Exception {
        tree.fresh("new");
        CommandLineRun run = refresh("--no-verify");
        assertThat(run.out()).startsWith("3 seen, 2 reused; 0 files hashed");
        assertThat(answer("a")).contains("\"verdict\":\"fresh\"").doesNotContain("\"evidence\":null");
        assertThat(answer("new")).contains("\"interpreter\":\"loads\"", "\"evidence\":null", "\"sha256\":null");

        assertThat(refresh("--no-verify").out()).contains("; 0 files hashed");
        SettledRefresh.run(index, lib); // reads the files that the other runs did not read
        assertThat(answer("new")).doesNotContain("\"sha256\":null");
    }

    @Test
    void noVerifyExcludesOptionsThatReadContents() {
        assertThat(CommandLineRun.of("refresh", "--no-verify", "--prove", lib).complaint(2))
                .contains("--no-verify cannot be used with --prove: leave one out");
        assertThat(CommandLineRun.of("refresh", "--no-verify", "--stat-only", lib)
                        .code())
                .isEqualTo(2);
        assertThat(CommandLineRun.of("refresh", "--no-verify", "--seal", lib).code())
                .isEqualTo(2);
    }

    @Test
    void aStatOnlyRunHashesAndProvesNothing() throws Exception {
        tree.fresh("new");
        Files.writeString(tree.at("new.py"), "y = 2\n"); // differs from the proven files
        CommandLineRun run = refresh("--stat-only");
        Files.setLastModifiedTime(tree.at("new.py"), FileTime.fromMillis(0));

        assertThat(run.out()).startsWith("3 seen, 2 reused; 0 files hashed");
        assertThat(verdict("new.py")).contains("\"verdict\":\"stale\"", "\"evidence\":\"header\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\0"})
    void listedPathsMayBeRelativeToTheWorkingDirectory(String separator) throws Exception {
        tree.fresh("new").stale("pkg/b").stale("a").fresh("pkg/unlisted");
        String list =
                String.join(separator, "new.py", "pkg/b.py", tree.at("a.py").toString(), "../elsewhere/x.py");

        CommandLineRun run = changedFrom(list, separator);

        assertThat(run.err())
                .isEqualTo("freshpyc: 1 of the changed paths lies outside every entry that has an index"
                        + " and was not looked at\n");
        assertThat(run.out()).startsWith("3 seen").contains("3 records changed, 0 vanished");
        assertThat(lookup("new.py").code()).isZero();
        assertThat(lookup("pkg/unlisted.py").code()).isEqualTo(3);
    }

    /** A package manager lists every unpacked file. A path that is neither a source nor bytecode is not counted. */
    @Test
    void pathsOutsideEveryEntryAreCounted() throws Exception {
        CommandLineRun run = changedFrom("/usr/bin/tool\n../x.py\n/srv/y.py\na.py\nREADME\n", "\n");

        assertThat(run.out()).startsWith("1 seen");
        assertThat(run.err()).startsWith("freshpyc: 2 of the changed paths lie outside every entry");
    }

    /** Paths in forms that {@code find} prints. */
    @ParameterizedTest
    @ValueSource(strings = {"./a.py", "pkg/../a.py", ".//a.py", "../lib/a.py"})
    void aPathThatIsNotNormalizedNamesTheSameFile(String path) throws Exception {
        tree.stale("a");

        CommandLineRun run = changedFrom(path, "\n");

        assertThat(run.out()).startsWith("1 seen").contains("1 record");
        assertThat(CommandLineRun.of("status", "--index", index).out()).contains("2 records");
        assertThat(refresh().out()).contains("0 vanished");
    }

    /** Only a list that is separated by NUL can contain this name. */
    @Test
    void aNameMayContainANewline() throws Exception {
        tree.fresh("two\nlines");

        assertThat(changedFrom("two\nlines.py", "\0").out()).startsWith("1 seen");
    }

    @Test
    void theRecordOfADeletedFileIsRemoved() throws Exception {
        Files.delete(tree.at("a.py"));
        Files.delete(tree.at(Pairs.cached("a")));

        assertThat(changedFrom("a.py\n", "\n").out()).startsWith("0 seen").contains("1 vanished");
        assertThat(lookup("a.py").code()).isEqualTo(3);
    }

    private CommandLineRun refresh(Object... options) {
        CommandLineRun run = CommandLineRun.of("refresh", "--index", index, lib, options);
        assertThat(run.code()).as(run.err()).isZero();
        return run;
    }

    private CommandLineRun changedFrom(String list, String separator) throws IOException, InterruptedException {
        List<Object> words = new ArrayList<>(List.of("refresh", "--index", index, "--changed-from", "-"));
        if (separator.equals("\0")) {
            words.add("-0");
        }
        ProcessBuilder process =
                ProgramProcess.ofProgram(List.of(), words.toArray()).directory(lib.toFile());
        CommandLineRun run = ProgramProcess.run(process, list);
        assertThat(run.code()).as(run.err()).isZero();
        return run;
    }

    private CommandLineRun lookup(String name) {
        return CommandLineRun.of("lookup", "--index", index, tree.at(name));
    }

    private String verdict(String source) {
        return CommandLineRun.of("audit", "--format", "jsonl", "--index", index, lib).lines().stream()
                .filter(line -> line.contains("\"source\":\"" + source + "\""))
                .findFirst()
                .orElseThrow();
    }

    private String answer(String stem) {
        return CommandLineRun.of("lookup", "--index", index, "--format", "json", tree.at(Pairs.cached(stem)))
                .out();
    }
}
