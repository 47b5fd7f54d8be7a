package dev.freshpyc.core.verdict;

import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.MagicTable;
import dev.freshpyc.core.pyc.PycFormat;
import dev.freshpyc.core.pyc.PythonVersion;
import java.util.Optional;

/**
 * Finds the interpreter that reads a legacy pyc, a {@code foo.pyc} beside {@code foo.py}. The name of a legacy pyc has no
 * tag, so the reader is the interpreter that the user asked about, or else the version that wrote the file.
 *
 * @param asked the interpreter of {@code --python} or of the default path
 */
public record LegacyReader(Optional<KnownInterpreter> asked) {

    /** The version that uses the file as the cache of the source beside it; empty from Python 3.2 on, which does not. */
    public Optional<PythonVersion> besideSource(Magic magic) {
        return withoutSource(magic).filter(PycFormat::cachesBesideSource);
    }

    /** Whether the asked interpreter uses legacy files as the cache of the sources beside them. */
    boolean cachesBesideSource() {
        return asked.filter(interpreter -> PycFormat.cachesBesideSource(interpreter.version()))
                .isPresent();
    }

    /** The version that imports the file in place of a source; empty if no such version is known. */
    public Optional<PythonVersion> withoutSource(Magic magic) {
        return asked.map(KnownInterpreter::version).or(() -> MagicTable.owner(magic));
    }

    /** Whether a version that reads {@code foo.pyo} with {@code -O} may read this one: the asked one, or else the one that wrote it. */
    boolean readsOptimized(Optional<Magic> magic) {
        Optional<PythonVersion> reader =
                asked.map(KnownInterpreter::version).or(() -> magic.flatMap(MagicTable::owner));
        return reader.map(version -> !version.atLeast(3, 5)).orElse(magic.isEmpty());
    }

    /** Whether the interpreter opens a legacy file without asking whether it is a regular file, as Python 2.7 does. */
    boolean opensAnyFile() {
        return asked.filter(interpreter -> !interpreter.version().atLeast(3, 3)).isPresent();
    }

    /** The same; where nobody was asked about, the interpreter that wrote the file counts. */
    boolean opensAnyFile(Magic magic) {
        return withoutSource(magic).filter(version -> !version.atLeast(3, 3)).isPresent();
    }

    /** Whether {@code reader} accepts {@code magic}. */
    boolean accepts(PythonVersion reader, Magic magic) {
        return asked.filter(interpreter -> interpreter.version().equals(reader))
                .map(interpreter -> interpreter.magic().equals(magic))
                .orElseGet(() -> MagicTable.owner(magic).equals(Optional.of(reader)));
    }
}
