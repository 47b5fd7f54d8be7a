package dev.freshpyc.cli.serve;

import dev.freshpyc.cli.render.AsciiJson;
import dev.freshpyc.cli.render.DocumentSchema;
import dev.freshpyc.cli.render.RefreshReport;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.refresh.RefreshSummary;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * A refresh that a client asked for.
 *
 * @param id counts from 1 since the start of the service
 * @param paths the files that may have changed; empty for a refresh of everything
 * @param summary the counts of the refresh; empty before its end, and where it broke off
 */
record RefreshJob(long id, Optional<List<RawPath>> paths, JobState state, Optional<RefreshSummary> summary) {

    /** The path above the documents of all jobs. */
    static final String PATH = "/v1/jobs/";

    enum JobState {
        WAITING,
        RUNNING,
        /** Everything was read and written. */
        DONE,
        /** Some files could not be read, or an index could not be written. */
        INCOMPLETE,
        /** The refresh broke off. */
        FAILED
    }

    static RefreshJob waiting(long id, Optional<List<RawPath>> paths) {
        return new RefreshJob(id, paths, JobState.WAITING, Optional.empty());
    }

    RefreshJob running() {
        return new RefreshJob(id, paths, JobState.RUNNING, summary);
    }

    RefreshJob ended(Optional<RefreshSummary> found) {
        JobState end = found.map(counts -> counts.isComplete() ? JobState.DONE : JobState.INCOMPLETE)
                .orElse(JobState.FAILED);
        return new RefreshJob(id, paths, end, found);
    }

    /** The path of the job's document. */
    String location() {
        return PATH + id;
    }

    HttpAnswer answer(int status) throws IOException {
        return HttpAnswer.of(status, out -> {
            try (JsonGenerator json = AsciiJson.generator(out)) {
                DocumentSchema.JOB.start(json);
                json.writeNumberProperty("job", id);
                json.writeStringProperty("state", state.name().toLowerCase(Locale.ROOT));
                json.writeName("paths");
                if (paths.isPresent()) {
                    json.writeNumber(paths.get().size());
                } else {
                    json.writeNull();
                }
                json.writeName("refresh");
                if (summary.isPresent()) {
                    json.writeStartObject();
                    RefreshReport.json(summary.get(), json);
                    json.writeEndObject();
                } else {
                    json.writeNull();
                }
                json.writeEndObject();
                json.writeRaw('\n');
            }
        });
    }
}
