package dev.freshpyc.indexer.answer;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.environment.InterpreterProbe;
import dev.freshpyc.indexer.environment.PythonEnvironment;
import dev.freshpyc.indexer.site.ComputedPath;
import dev.freshpyc.indexer.site.ComputedPath.Start;
import dev.freshpyc.indexer.site.HostSiteFiles;
import dev.freshpyc.indexer.site.InterpreterLayout;
import dev.freshpyc.indexer.site.SiteFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Computes the {@code sys.path} of an interpreter that its user starts, from the answer of an isolated interpreter, the
 * user's variables and the user's site-packages. Only files are read: no code runs in the directories that the user
 * names.
 */
public final class UserPath {

    private UserPath() {}

    /**
     * The answer with the path of the user; the answer itself if a variable such as PYTHONHOME replaces the whole path.
     */
    public static PythonEnvironment of(PythonEnvironment isolated) {
        SiteFiles files = new HostSiteFiles(Optional.empty());
        Optional<Start> user = Surroundings.ofThisProcess().start(InterpreterProbe.mayUseHome());
        Optional<InterpreterLayout> layout = InterpreterLayout.of(files, isolated.executable());
        return user.isEmpty() || layout.isEmpty()
                ? isolated
                : isolated.withPath(merged(
                        isolated.path(),
                        ComputedPath.of(files, layout.get(), Start.ISOLATED).path(),
                        ComputedPath.of(files, layout.get(), user.get()).path()));
    }

    /**
     * The user's path: the entries computed for the user, without the computed entries that the isolated interpreter
     * does not have, and with the entries that only the interpreter knows, such as entries that code in its
     * site-packages adds.
     *
     * @param answered the path that the isolated interpreter answered
     * @param computed the path computed for the isolated interpreter
     * @param ofUser the path computed for a start by the user
     */
    static List<RawPath> merged(List<RawPath> answered, List<RawPath> computed, List<RawPath> ofUser) {
        List<RawPath> merged = new ArrayList<>(ofUser);
        merged.removeIf(entry -> computed.contains(entry) && !answered.contains(entry));
        int next = 0;
        for (RawPath entry : answered) {
            int known = merged.indexOf(entry);
            if (known < 0) {
                merged.add(next, entry);
                known = next;
            }
            next = known + 1;
        }
        return merged;
    }
}
