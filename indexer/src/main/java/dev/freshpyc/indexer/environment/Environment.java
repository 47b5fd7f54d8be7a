package dev.freshpyc.indexer.environment;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.KnownInterpreter;
import java.util.List;

/**
 * What an interpreter said of itself when it was started without the user's settings.
 *
 * @param executable the program that was started, as PATH led to it; it may be a wrapper that starts another one
 * @param program what it takes itself for, {@code sys.executable}: for a wrapper the program that it starts; empty where
 *     it does not know
 * @param version its full version for people to read, such as {@code 3.15.0rc1}, safe to print
 * @param path its {@code sys.path} in order, without the current directory; entries need not exist, and those that a
 *     path hook claims are no paths at all
 */
public record Environment(
        RawPath executable, RawPath program, KnownInterpreter interpreter, String version, List<RawPath> path) {

    public Environment {
        path = List.copyOf(path);
    }
}
