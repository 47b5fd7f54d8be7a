package dev.freshpyc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Which package may use which: the table in {@code rooms.txt} has a line for each package. A new dependency between packages is
 * a decision, made by a change of the table.
 */
class RoomsTest {

    private static final String ROOT = "dev.freshpyc.";

    @Test
    void packagesUseThePackagesOfTheTableAndNoOthers() throws Exception {
        assertThat(table()).isEqualTo(declared());
    }

    private static String declared() throws Exception {
        try (InputStream in = Objects.requireNonNull(RoomsTest.class.getResourceAsStream("rooms.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String table() {
        var rooms = new TreeMap<String, TreeSet<String>>();
        for (JavaClass one : ArchitectureTest.OURS) {
            if (one.getPackageName().startsWith(ROOT)) {
                var used = rooms.computeIfAbsent(room(one), _ -> new TreeSet<>());
                for (Dependency dependency : one.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    if (target.getPackageName().startsWith(ROOT)) {
                        used.add(room(target));
                    }
                }
                used.remove(room(one));
            }
        }
        return rooms.entrySet().stream()
                .map(room -> room.getKey() + ": " + String.join(" ", room.getValue()) + "\n")
                .collect(Collectors.joining())
                .replace(": \n", ":\n");
    }

    private static String room(JavaClass one) {
        return one.getPackageName().substring(ROOT.length());
    }
}
