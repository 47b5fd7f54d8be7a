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
 * The {@code sys.path} that an interpreter has when its user starts it, made of an isolated interpreter's answer, of the user's
 * variables and of the user's site-packages. Only files are read: no code in the directories that the user names is run.
 */
public final class UserPath {

    private UserPath() {}

    /** The same answer with the path of the user; unchanged where a variable such as PYTHONHOME replaces the whole path. */
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
     * The user's path: the computed one, without what the interpreter itself does not have, and with what only the interpreter itself
     * knows, such as the entries that code of its own site-packages adds.
     *
     * @param answered by the isolated interpreter
     * @param computed for the isolated interpreter
     * @param ofUser computed for the user's start
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
