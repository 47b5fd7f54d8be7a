package dev.freshpyc.core.verdict;

import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.MagicTable;
import dev.freshpyc.core.pyc.PycFormat;
import dev.freshpyc.core.pyc.PythonVersion;
import java.util.Optional;

/**
 * Who reads a {@code foo.pyc} that lies where its source would. The name has no tag, so it is the interpreter that the
 * user asked about, and without one that which wrote the file.
 *
 * @param asked the interpreter of {@code --python} or of the default path
 */
public record LegacyReader(Optional<KnownInterpreter> asked) {

    /** The version that takes the file for the cache of the source beside it, or empty when none does: since 3.2 nobody. */
    public Optional<PythonVersion> besideSource(Magic magic) {
        return withoutSource(magic).filter(PycFormat::cachesBesideSource);
    }

    /** The version that imports the file in place of a source, or empty when none is known that would. */
    public Optional<PythonVersion> withoutSource(Magic magic) {
        return asked.map(KnownInterpreter::version).or(() -> MagicTable.owner(magic));
    }

    /** Whether {@code reader} accepts that magic. */
    boolean accepts(PythonVersion reader, Magic magic) {
        return asked.filter(interpreter -> interpreter.version().equals(reader))
                .map(interpreter -> interpreter.magic().equals(magic))
                .orElseGet(() -> MagicTable.owner(magic).equals(Optional.of(reader)));
    }
}
