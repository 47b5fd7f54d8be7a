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
 * Checks which package uses which: {@code package-dependencies.txt} has a line for each package with the packages that
 * it uses. A new dependency between packages is a decision, and the file records the decision.
 */
class PackageDependenciesTest {

    private static final String ROOT = "dev.freshpyc.";

    @Test
    void everyPackageUsesExactlyTheDeclaredPackages() throws Exception {
        assertThat(actual()).isEqualTo(declared());
    }

    private static String declared() throws Exception {
        try (InputStream in =
                Objects.requireNonNull(PackageDependenciesTest.class.getResourceAsStream("package-dependencies.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String actual() {
        var packages = new TreeMap<String, TreeSet<String>>();
        for (JavaClass type : ArchitectureTest.OURS) {
            if (type.getPackageName().startsWith(ROOT)) {
                var used = packages.computeIfAbsent(nameOf(type), _ -> new TreeSet<>());
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    if (target.getPackageName().startsWith(ROOT)) {
                        used.add(nameOf(target));
                    }
                }
                used.remove(nameOf(type));
            }
        }
        return packages.entrySet().stream()
                .map(row -> row.getKey() + ": " + String.join(" ", row.getValue()) + "\n")
                .collect(Collectors.joining())
                .replace(": \n", ":\n");
    }

    private static String nameOf(JavaClass type) {
        return type.getPackageName().substring(ROOT.length());
    }
}
