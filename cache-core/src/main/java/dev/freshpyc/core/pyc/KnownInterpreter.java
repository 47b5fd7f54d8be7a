package dev.freshpyc.core.pyc;

import java.util.Optional;

/**
 * An interpreter that reported its own version, tag and magic, so that nothing is guessed from names.
 *
 * @param tag its cache tag; empty for Python 2.7, which has none
 */
public record KnownInterpreter(PythonVersion version, Optional<String> tag, Magic magic) {

    /** The tag of that name; with this interpreter's own magic if the tag is this interpreter's. */
    public CacheTag tagOf(String name) {
        CacheTag known = CacheTag.of(name);
        return tag.filter(name::equals).isPresent() ? known.withMagic(magic) : known;
    }
}
