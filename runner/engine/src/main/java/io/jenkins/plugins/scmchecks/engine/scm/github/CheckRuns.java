package io.jenkins.plugins.scmchecks.engine.scm.github;

import io.jenkins.plugins.scmchecks.engine.finding.Region;
import io.jenkins.plugins.scmchecks.engine.publish.Observed;
import io.jenkins.plugins.scmchecks.engine.publish.Publication;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher.Target;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.kohsuke.github.GHCheckRun;
import org.kohsuke.github.GHCheckRun.AnnotationLevel;
import org.kohsuke.github.GHCheckRunBuilder;
import org.kohsuke.github.GHRepository;

/** Our check runs. Annotations are sent in batches; a run that could not take them all is continued later. */
final class CheckRuns {

    static final int ANNOTATIONS_PER_REQUEST = 50;

    private final GitHubSession session;

    CheckRuns(GitHubSession session) {
        this.session = session;
    }

    Observed.Check observe(Target target, String externalId) throws ScmException {
        GHCheckRun run = newest(target, externalId);
        if (run == null) {
            return null;
        }
        CheckRunState state = state(run);
        return new Observed.Check(
                Long.toString(run.getId()), state == null || !state.whole() ? null : state.check(), isCompleted(run));
    }

    /**
     * Creates the check run, or updates the one that is there. GitHub never removes annotations, so one that has others
     * than are wanted stays as it is, and a new run takes its place; so does it for a new analysis of the same commit.
     */
    void write(Target target, Observed.Check observed, Publication.Check check) throws ScmException {
        GHCheckRun run = observed == null ? null : newest(target, check.externalId());
        CheckRunState wanted = CheckRunState.of(check);
        int there = 0;
        if (run != null) {
            there = run.getOutput() == null ? 0 : run.getOutput().getAnnotationsCount();
            boolean starts = check.conclusion() == Publication.Conclusion.IN_PROGRESS;
            CheckRunState state = state(run);
            boolean same = state != null && state.annotations().equals(wanted.annotations());
            if (starts && isCompleted(run) || there > 0 && !same || there > check.annotations().size()) {
                run = null;
                there = 0;
            }
        }
        GHRepository repository = session.repository(target.repository());
        List<Publication.Annotation> left = check.annotations().subList(there, check.annotations().size());
        long id = run == null ? 0 : run.getId();
        while (left.size() > ANNOTATIONS_PER_REQUEST) {
            id = send(repository, target, id, check, wanted.partial(), left.subList(0, ANNOTATIONS_PER_REQUEST));
            left = left.subList(ANNOTATIONS_PER_REQUEST, left.size());
        }
        send(repository, target, id, check, wanted, left);
    }

    private long send(
            GHRepository repository,
            Target target,
            long id,
            Publication.Check check,
            CheckRunState state,
            List<Publication.Annotation> annotations)
            throws ScmException {
        GHCheckRunBuilder.Output output =
                new GHCheckRunBuilder.Output(check.title(), check.summary()).withText(state.text());
        annotations.forEach(a -> output.add(annotation(a)));
        return session.call("a check run of " + target.repository(), github -> {
            GHCheckRunBuilder builder = id == 0
                    ? repository.createCheckRun(check.name(), target.headSha())
                    : repository.updateCheckRun(id);
            builder.withExternalID(check.externalId()).add(output);
            if (check.detailsUrl() != null) {
                builder.withDetailsURL(check.detailsUrl());
            }
            if (state.whole() && check.conclusion() != Publication.Conclusion.IN_PROGRESS) {
                builder.withStatus(GHCheckRun.Status.COMPLETED).withConclusion(conclusion(check.conclusion()));
            } else if (id == 0 || check.conclusion() == Publication.Conclusion.IN_PROGRESS) {
                builder.withStatus(GHCheckRun.Status.IN_PROGRESS);
            }
            return builder.create().getId();
        });
    }

    private GHCheckRun newest(Target target, String externalId) throws ScmException {
        long appId = session.account().appId();
        GHRepository repository = session.repository(target.repository());
        return session.call("the check runs of " + target.repository(), github -> {
            GHCheckRun newest = null;
            for (GHCheckRun run : repository
                    .getCheckRuns(target.headSha(), Map.of("app_id", appId, "filter", "latest"))
                    .withPageSize(100)) {
                if (externalId.equals(run.getExternalId())
                        && isOurs(run, appId)
                        && (newest == null || newest.getId() < run.getId())) {
                    newest = run;
                }
            }
            return newest;
        });
    }

    private static boolean isOurs(GHCheckRun run, long appId) throws IOException {
        return run.getApp() == null || run.getApp().getId() == appId;
    }

    private static boolean isCompleted(GHCheckRun run) {
        return run.getStatus() == GHCheckRun.Status.COMPLETED;
    }

    private static CheckRunState state(GHCheckRun run) {
        return run.getOutput() == null ? null : CheckRunState.parse(run.getOutput().getText());
    }

    private static GHCheckRunBuilder.Annotation annotation(Publication.Annotation annotation) {
        Region region = annotation.region();
        AnnotationLevel level = switch (annotation.severity()) {
            case CRITICAL, HIGH -> AnnotationLevel.FAILURE;
            case MEDIUM -> AnnotationLevel.WARNING;
            case LOW, INFO -> AnnotationLevel.NOTICE;
        };
        GHCheckRunBuilder.Annotation result = new GHCheckRunBuilder.Annotation(
                        annotation.path(), region.startLine(), region.endLine(), level, annotation.message())
                .withTitle(annotation.title());
        // GitHub takes columns only on a single line, and includes the last one.
        if (region.startLine() == region.endLine() && region.startColumn() > 0 && region.endColumn() > 0) {
            result.withStartColumn(region.startColumn())
                    .withEndColumn(Math.max(region.startColumn(), region.endColumn() - 1));
        }
        return annotation.details().isBlank() ? result : result.withRawDetails(annotation.details());
    }

    private static GHCheckRun.Conclusion conclusion(Publication.Conclusion conclusion) {
        return switch (conclusion) {
            case SUCCESS -> GHCheckRun.Conclusion.SUCCESS;
            // A required check must not let through what was never analysed.
            case FAILURE, ERROR -> GHCheckRun.Conclusion.FAILURE;
            case CANCELLED -> GHCheckRun.Conclusion.CANCELLED;
            case IN_PROGRESS -> throw new IllegalArgumentException("not ended yet");
        };
    }
}
