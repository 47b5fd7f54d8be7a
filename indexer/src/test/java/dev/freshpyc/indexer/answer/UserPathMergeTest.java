package dev.freshpyc.indexer.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.path.RawPath;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class UserPathMergeTest {

    @Test
    void theEntriesOfTheUserHaveTheirComputedPlaces() {
        assertThat(merged("lib site", "lib site", "own lib user site")).isEqualTo(path("own lib user site"));
    }

    @Test
    void aKnownEntryThatTheUserNamesMovesToTheUsersPlace() {
        assertThat(merged("lib site", "lib site", "site lib")).isEqualTo(path("site lib"));
    }

    @Test
    void anEntryThatOnlyTheInterpreterKnowsStaysAfterItsPredecessor() {
        assertThat(merged("early lib site late", "lib site", "own lib user site"))
                .isEqualTo(path("early own lib user site late"));
    }

    @Test
    void aComputedEntryThatTheInterpreterLacksIsLeftOut() {
        assertThat(merged("lib", "lib site", "own lib site")).isEqualTo(path("own lib"));
    }

    private static List<RawPath> merged(String answered, String computed, String ofUser) {
        return UserPath.merged(path(answered), path(computed), path(ofUser));
    }

    private static List<RawPath> path(String names) {
        return Arrays.stream(names.split(" ")).map(RawPath::of).toList();
    }
}
