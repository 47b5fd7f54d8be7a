package dev.freshpyc.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.oracle.Interpreters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code explain} says of a member of an archive which member an import takes, as it does of files, and agrees with {@code audit}. */
@EnabledOnOs(OS.LINUX)
class ArchiveExplainTest {

    private static final int PYTHON_311 = 3495;
    private static final int PYTHON_27 = 62211;

    /** The code of the source, marshalled by both versions. */
    private static final byte[] CODE_27 = code(
            "6300000000000000000100000040000000730a0000006400005a000064010053280200000069010000004e280100000074010000006128"
                    + "000000002800000000280000000074010000006d74080000003c6d6f64756c653e010000007400000000");

    private static final byte[] CODE_311 = code(
            "630000000000000000000000000100000000000000f30a000000970064005a00640153002902e9010000004e2901da0161a900f3000000"
                    + "00da016dfa083c6d6f64756c653e720600000001000000730e000000f003010101d804058001800180017204000000");

    /** Of no version of Python. */
    private static final int UNKNOWN = 999;

    private static final Pattern FINDING =
            Pattern.compile("\"pyc\":\"([^\"]+)\",.*\"verdict\":\"([^\"]+)\".*\"reason\":\"([^\"]+)\"");

    private static final LocalDateTime TIME = LocalDateTime.of(2024, 5, 2, 3, 4, 6);
    private static final byte[] SOURCE = "a = 1\n".getBytes(UTF_8);

    @TempDir
    private Path directory = Path.of("");

    private Path archive = Path.of("");

    @BeforeEach
    void makeAnArchive() throws IOException {
        archive = directory.toRealPath().resolve("lib.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            add(zip, "a/__init__.py", SOURCE);
            add(zip, "a/__init__.pyc", pyc(PYTHON_311, 0));
            add(zip, "a.py", SOURCE);
            add(zip, "a.pyc", pyc(PYTHON_311, 0));
            add(zip, "b.py", SOURCE);
            add(zip, "b/c.py", SOURCE);
            add(zip, "n/d.py", SOURCE);
            add(zip, "n/d.pyc", pyc(PYTHON_311, 0));
            add(zip, "m.py", SOURCE);
            add(zip, "m.pyc", pyc(PYTHON_27, 100));
            add(zip, "m.pyo", pyc(PYTHON_27, 0));
            add(zip, "u.py", SOURCE);
            add(zip, "u.pyc", pyc(UNKNOWN, 0));
            add(zip, "p/__init__.pyo", pyc(PYTHON_27, 0));
            add(zip, "p.py", SOURCE);
            add(zip, "p.pyc", pyc(PYTHON_27, 0));
            add(zip, "odd\u001b[31m\n'$(id)'.pyo", pyc(PYTHON_27, 0));
        }
    }

    @Test
    void aSourceAndItsBytecodeNameThePackageThatHidesThem() {
        for (String asked : new String[] {"a.py", "a.pyc"}) {
            assertThat(explain(asked))
                    .contains(
                            "imports   find " + archive + "!/a/__init__.pyc in place of this source",
                            "shadowed (package-beside)",
                            "never reads it: it imports " + archive + "!/a/__init__.pyc instead");
        }
        assertThat(explain("a/__init__.py"))
                .contains(
                        "imports   find this package, and not " + archive + "!/a.pyc",
                        "imports   find this package, and not " + archive + "!/a.py\n",
                        "import    loads it");
        assertThat(explain("p.py")).contains("imports   find " + archive + "!/p/__init__.pyo in place of this source");
    }

    @Test
    void aSourceInADirectoryThatIsNoPackageIsNotReached() {
        assertThat(explain("b/c.py"))
                .contains(
                        "imports   find " + archive + "!/b.py in place of this source",
                        "bytecode  none, and none is needed");
        assertThat(explain("n/d.py"))
                .contains(
                        "imports   do not get here: the directory in the archive is no package",
                        "shadowed (no-package)");
    }

    @Test
    void rejectedBytecodeNamesTheMemberThatTheImportTakes() {
        boolean canBeCompiled = Interpreters.all().stream()
                .anyMatch(python -> python.minorVersion().equals("cpython 2.7"));
        String end = canBeCompiled ? "To mend:\n  freshpyc repair " + archive : "repair    leaves it: no-interpreter (";
        for (String asked : new String[] {"m.py", "m.pyc", "m.pyo"}) {
            assertThat(explain(asked))
                    .contains(
                            "stale (mtime)",
                            "import    rejects it: it imports " + archive + "!/m.pyo instead",
                            "fresh (match)",
                            "import    loads it",
                            end);
        }
    }

    /** A repair leaves bytecode whose interpreter is not at hand, so no command is suggested. */
    @Test
    void bytecodeOfAnUnknownInterpreterIsLeft() {
        assertThat(explain("u.pyc"))
                .contains("foreign (magic)", "repair    leaves it: no-interpreter (")
                .doesNotContain("To mend");
    }

    @Test
    void everyMemberHasTheVerdictOfTheAudit() {
        Map<String, String> audited = new TreeMap<>();
        for (String line : CommandLineRun.of("audit", "--no-index", "--all", "--format", "jsonl", archive)
                .lines()) {
            Matcher finding = FINDING.matcher(line);
            assertThat(finding.find()).as(line).isTrue();
            audited.put(finding.group(1), finding.group(2) + " (" + finding.group(3) + ")");
        }
        assertThat(audited).hasSize(9);
        audited.forEach((member, verdict) -> {
            String name = member.replace("\\u001B", "\u001b").replace("\\n", "\n");
            String story = explain(name);
            String own = story.substring(story.lastIndexOf("!/" + member.replace("\\u001B", "\\x1b") + "\n") + 1);
            assertThat(own).as(story).contains("verdict   " + verdict);
        });
    }

    private String explain(String member) {
        CommandLineRun run = CommandLineRun.of("explain", "--no-index", archive + "!/" + member);
        assertThat(run.code()).as(run.err()).isZero();
        return run.out();
    }

    private static byte[] code(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    /** @param shift the seconds by which the header's mtime is later than the source's */
    private static byte[] pyc(int magic, int shift) {
        int mtime = (int) TIME.atZone(ZoneId.systemDefault()).toEpochSecond() + shift;
        byte[] header = Pairs.header(magic, 0, mtime, SOURCE.length);
        if (magic == PYTHON_27) {
            byte[] old = Arrays.copyOf(header, 8);
            System.arraycopy(header, 8, old, 4, 4);
            return joined(old, CODE_27);
        }
        return joined(header, CODE_311);
    }

    private static byte[] joined(byte[] header, byte[] code) {
        byte[] pyc = Arrays.copyOf(header, header.length + code.length);
        System.arraycopy(code, 0, pyc, header.length, code.length);
        return pyc;
    }

    private static void add(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        zip.putNextEntry(entry);
        zip.write(bytes);
    }
}
