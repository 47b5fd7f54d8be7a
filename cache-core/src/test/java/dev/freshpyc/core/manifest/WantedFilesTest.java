package dev.freshpyc.core.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.path.RawPath;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class WantedFilesTest {

    private static final RawPath MANIFEST = RawPath.of("/x");
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void theFilesOfADirectoryAndOfItsCacheAreCovered() {
        WantedFiles wanted = WantedFiles.in(Set.of(RawPath.EMPTY, RawPath.of("a/b")));

        assertThat(List.of("m.py", "__pycache__/m.pyc", "a/b/m.py", "a/b/__pycache__/m.pyc", "a/b/m.txt"))
                .allMatch(path -> wanted.covers(RawPath.of(path)));
        assertThat(List.of(
                        "a/m.py", "b/m.py", "a/b/c/m.py", "a/c/m.py", "a/b/__pycache__/c/m.py", "xx/__pycache__/m.pyc"))
                .noneMatch(path -> wanted.covers(RawPath.of(path)));
        assertThat(WantedFiles.ALL.covers(RawPath.of("z/z/z.py"))).isTrue();
    }

    @Test
    void onlySourcesAndBytecodeFilesAreWanted() {
        RowFilter filter = WantedFiles.in(Set.of(RawPath.of("a"))).inRecord(RawPath.EMPTY);

        assertThat(List.of("a/m.py", "a/m.pyc", "a/__pycache__/m.pyc")).allMatch(path -> wants(filter, path));
        assertThat(List.of("a/m.pyo", "a/m.txt", "a/py", "m.py", "", "c", ".py"))
                .noneMatch(path -> wants(filter, path));
    }

    /** Only the decoded path tells which file a row with dots is about. */
    @Test
    void rowsWithDotsOrAbsolutePathsAreWanted() {
        RowFilter filter = WantedFiles.in(Set.of(RawPath.of("a"))).inRecord(RawPath.EMPTY);

        assertThat(List.of("b/../a/m.py", "./a/m.py", "/site/a/m.py", "a//m.py", "a/m.py/.", "a/m.py/", "a/m.py/x/.."))
                .allMatch(path -> wants(filter, path));
    }

    @Test
    void theEntryMayLieBelowTheDirectoryOfTheRecord() {
        RowFilter filter = WantedFiles.in(Set.of(RawPath.of("a"))).inRecord(RawPath.of("pkg"));

        assertThat(List.of("pkg/a/m.py", "x/../pkg/a/m.py")).allMatch(path -> wants(filter, path));
        assertThat(List.of("a/m.py", "pkg/m.py", "pkga/m.py", "pk/a/m.py")).noneMatch(path -> wants(filter, path));
    }

    /** A filter leaves out no row about a covered file, whatever the row's spelling. */
    @Property
    void everyCoveredFileHasTheSameDigestsAsWithoutAFilter(
            @ForAll("paths") List<String> rows,
            @ForAll("directories") Set<RawPath> directories,
            @ForAll("places") RawPath place) {
        WantedFiles wanted = WantedFiles.in(directories);
        Manifests all = ofRecord(rows, WantedFiles.ALL, RowFilter.ALL, place);
        Manifests some = ofRecord(rows, wanted, wanted.inRecord(place), place);

        for (String row : rows) {
            Manifests.inside(RawPath.of("/site"), RawPath.of(row))
                    .flatMap(path -> path.relativeTo(place))
                    .filter(wanted::covers)
                    .ifPresent(path -> assertThat(some.listed(path))
                            .hasToString(all.listed(path).toString()));
        }
    }

    @Property
    void everyCoveredFileOfAPackageHasTheSameDigestsAsWithoutAFilter(
            @ForAll("paths") List<String> rows,
            @ForAll("directories") Set<RawPath> directories,
            @ForAll("places") RawPath place) {
        WantedFiles wanted = WantedFiles.in(directories);
        Manifests all = ofPackage(rows, WantedFiles.ALL, RowFilter.ALL, place);
        Manifests some = ofPackage(rows, wanted, wanted.below(Set.of(place)), place);

        for (String row : rows) {
            RawPath.of(row)
                    .relativeTo(place)
                    .filter(wanted::covers)
                    .ifPresent(path -> assertThat(some.listed(path))
                            .hasToString(all.listed(path).toString()));
        }
    }

    @Provide
    Arbitrary<List<String>> paths() {
        Arbitrary<String> name = Arbitraries.of(
                "a", "b", "__pycache__", "m.py", "m.pyc", "x.txt", ".", "..", "", "/site", "pkg", "c", ".py");
        return name.list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(names -> String.join("/", names))
                .filter(path -> !path.isEmpty())
                .list()
                .ofMinSize(1)
                .ofMaxSize(20);
    }

    @Provide
    Arbitrary<Set<RawPath>> directories() {
        return Arbitraries.of("", "a", "b", "a/b", "pkg", "pkg/a", "a/__pycache__", "__pycache__")
                .map(RawPath::of)
                .set()
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<RawPath> places() {
        return Arbitraries.of("", "pkg", "a").map(RawPath::of);
    }

    private static Manifests ofRecord(List<String> rows, WantedFiles wanted, RowFilter filter, RawPath place) {
        Manifests manifests = new Manifests(wanted);
        var parser = new WheelRecord(
                MANIFEST,
                filter,
                (path, expected) -> Manifests.inside(RawPath.of("/site"), path)
                        .flatMap(found -> found.relativeTo(place))
                        .ifPresent(found -> manifests.add(found, expected)));
        take(
                parser,
                rows,
                (number, path) ->
                        path + ",sha256=" + HEX.toHexDigits((long) number).repeat(4) + ",1\n");
        return manifests;
    }

    private static Manifests ofPackage(List<String> rows, WantedFiles wanted, RowFilter filter, RawPath place) {
        Manifests manifests = new Manifests(wanted);
        var parser = new Md5Sums(
                MANIFEST,
                filter,
                (path, expected) -> path.relativeTo(place).ifPresent(found -> manifests.add(found, expected)));
        take(parser, rows, (number, path) -> HEX.toHexDigits((long) number).repeat(2) + "  " + path + "\n");
        return manifests;
    }

    /** Writes the row of a file. */
    @FunctionalInterface
    private interface RowText {
        String of(int number, String path);
    }

    private static void take(ManifestParser parser, List<String> paths, RowText row) {
        StringBuilder text = new StringBuilder();
        for (int number = 0; number < paths.size(); number++) {
            text.append(row.of(number, paths.get(number)));
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        parser.take(bytes, 0, bytes.length);
        parser.end();
    }

    private static boolean wants(RowFilter filter, String path) {
        byte[] bytes = ("before/" + path + "/after").getBytes(StandardCharsets.UTF_8);
        return filter.wants(bytes, "before/".length(), bytes.length - "/after".length());
    }
}
