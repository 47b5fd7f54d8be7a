package dev.freshpyc.perf;

import java.nio.file.Path;
import java.util.List;

/**
 * The programs of Python that {@link EntryPointBench} measures. Each prints nanoseconds and how many entry points it found.
 *
 * @param reader the directory of freshpyc's reader
 * @param site the directory of the distributions
 */
record EntryPointPrograms(String python, Path index, Path reader, Path site) {

    private static final String BEGIN = """
            import sys, time
            sys.path[:0] = sys.argv[1:3]
            begun = time.perf_counter_ns()
            """;

    private static final String END = "print(time.perf_counter_ns() - begun, len(found))\n";

    private static final String READER = """
            import freshpyc_entry_points as metadata
            found = metadata.entry_points(group='console_scripts')
            """;

    private static final String IMPORTLIB = """
            from importlib import metadata
            found = metadata.entry_points()
            found = found.select(group='console_scripts') if hasattr(found, 'select') else found['console_scripts']
            """;

    private static final String JSON = """
            import json, os
            with open(sys.argv[3]) as file:
                cached = json.load(file)
            assert all(os.stat(path).st_mtime_ns == mtime for path, mtime, points in cached)
            found = [point for path, mtime, points in cached for point in points if point[0] == 'console_scripts']
            """;

    private static final String WRITE_JSON = """
            from importlib import metadata
            import json, os, sys
            sys.path[:] = [sys.argv[2]]
            cached = []
            for dist in metadata.distributions():
                path = str(dist._path / 'entry_points.txt')
                if os.path.exists(path):
                    points = [(point.group, point.name, point.value) for point in dist.entry_points]
                    cached.append((path, os.stat(path).st_mtime_ns, points))
            with open(sys.argv[3], 'w') as file:
                json.dump(cached, file)
            """;

    private static final String AGAIN = """
            for call in range(98):
                metadata.entry_points(group='console_scripts') if sys.version_info >= (3, 10) else metadata.entry_points()
            begun = time.perf_counter_ns()
            if sys.version_info >= (3, 10) or metadata.__name__ != 'importlib.metadata':
                found = metadata.entry_points(group='console_scripts')
            else:
                found = metadata.entry_points()['console_scripts']
            """;

    /** Reader, importlib and JSON, then the hundredth calls of reader and importlib. */
    List<List<String>> all() {
        return List.of(
                program(BEGIN + READER + END),
                program(BEGIN + IMPORTLIB + END),
                program(BEGIN + JSON + END),
                program(BEGIN + READER + AGAIN + END),
                program(BEGIN + IMPORTLIB + AGAIN + END));
    }

    /** Writes the file of the JSON program. */
    List<String> writeJson() {
        return program(WRITE_JSON);
    }

    private List<String> program(String script) {
        return List.of(
                "env",
                "FRESHPYC_INDEX=" + index,
                python,
                "-I",
                "-c",
                script,
                reader.toString(),
                site.toString(),
                site.resolveSibling("entry_points.json").toString());
    }
}
