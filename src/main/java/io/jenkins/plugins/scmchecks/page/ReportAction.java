package io.jenkins.plugins.scmchecks.page;

import hudson.model.Run;
import io.jenkins.plugins.scmchecks.engine.finding.TrackedFinding.State;
import io.jenkins.plugins.scmchecks.engine.publish.CheckReport;
import io.jenkins.plugins.scmchecks.engine.publish.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.RunAction2;

/**
 * The checks of a build. Their reports are files beside the build; in {@code build.xml} there is only what a list of
 * builds needs.
 */
public final class ReportAction implements RunAction2 {

    /** Of the page, below the build's. */
    public static final String URL = "scm-checks";

    private static final Logger LOGGER = Logger.getLogger(ReportAction.class.getName());

    private final List<Entry> entries = new ArrayList<>();
    private transient Run<?, ?> run;

    private ReportAction(Run<?, ?> run) {
        this.run = run;
    }

    /** {@return the build's action, which is added when there is none yet} */
    public static ReportAction of(Run<?, ?> run) {
        // Branches of a pipeline may come here at the same time.
        synchronized (run) {
            ReportAction action = run.getAction(ReportAction.class);
            if (action == null) {
                action = new ReportAction(run);
                run.addAction(action);
            }
            return action;
        }
    }

    /** What the provider was told: where a person sees it, and what could not be told. */
    public static final class Published {
        private final String link;
        private final List<String> problems;

        /** Nothing was published. */
        public Published() {
            this(null, List.of());
        }

        public Published(String link, List<String> problems) {
            // An address from a provider becomes a link only when it is one that is safe to click.
            this.link = link != null && link.matches("(?i)https?://\\S+") ? link : null;
            this.problems = new ArrayList<>(problems);
        }

        public String getLink() {
            return link;
        }

        public List<String> getProblems() {
            return List.copyOf(problems);
        }
    }

    /** One check of the build. */
    public static final class Entry {
        private final String name;
        private final boolean passed;
        private final int newFindings;
        private final int unchangedFindings;
        private final int fixedFindings;
        private final List<String> reasons;
        private Published published;

        private Entry(CheckReport report, Published published) {
            this.name = report.name();
            this.passed = report.gate().passed();
            this.newFindings = report.in(State.NEW).size();
            this.unchangedFindings = report.in(State.UNCHANGED).size();
            this.fixedFindings = report.in(State.FIXED).size();
            this.reasons = new ArrayList<>(report.gate().reasons());
            this.published = published;
        }

        public String getName() {
            return name;
        }

        /** {@return what the check is known by on the page} */
        public String getId() {
            return Digest.of(name);
        }

        public boolean isPassed() {
            return passed;
        }

        public int getNewFindings() {
            return newFindings;
        }

        public int getUnchangedFindings() {
            return unchangedFindings;
        }

        public int getFixedFindings() {
            return fixedFindings;
        }

        public List<String> getReasons() {
            return List.copyOf(reasons);
        }

        public synchronized Published getPublished() {
            return published;
        }

        private synchronized void setPublished(Published now) {
            published = now;
        }
    }

    /** Keeps a report; a check of the same name takes the place of the earlier one. */
    public void add(CheckReport report, Published published) throws IOException {
        Entry entry = new Entry(report, published);
        byte[] json = ReportCodec.write(report);
        Path file = file(entry);
        Path folder = Files.createDirectories(run.getRootDir().toPath().resolve(URL));
        Path part = Files.createTempFile(folder, entry.getId(), ".part");
        Files.write(part, json);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        synchronized (entries) {
            entries.removeIf(e -> e.name.equals(entry.name));
            entries.add(entry);
        }
        run.save();
    }

    /** {@return a build's report of that name; empty when there is none that can be read} */
    public static Optional<CheckReport> report(Run<?, ?> run, String name) {
        ReportAction action = run.getAction(ReportAction.class);
        if (action == null) {
            return Optional.empty();
        }
        return action.entry(name).flatMap(entry -> {
            try {
                return Optional.of(ReportCodec.read(Files.readAllBytes(action.file(entry))));
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "The report '" + name + "' of " + run + " cannot be read", e);
                return Optional.empty();
            }
        });
    }

    /** Notes what the provider was told after the build had gone on. */
    public static void published(Run<?, ?> run, String name, Published published) {
        ReportAction action = run.getAction(ReportAction.class);
        Optional<Entry> entry = action == null ? Optional.empty() : action.entry(name);
        entry.ifPresent(e -> {
            e.setPublished(published);
            try {
                run.save();
            } catch (IOException x) {
                LOGGER.log(Level.WARNING, run + " cannot be saved", x);
            }
        });
    }

    private Optional<Entry> entry(String name) {
        return getEntries().stream().filter(e -> e.name.equals(name)).findFirst();
    }

    public List<Entry> getEntries() {
        synchronized (entries) {
            return List.copyOf(entries);
        }
    }

    /** {@return the reports for the page, read from disk} */
    public List<ReportView> getReports() {
        return getEntries().stream().map(e -> ReportView.read(e, file(e))).toList();
    }

    private Path file(Entry entry) {
        return run.getRootDir().toPath().resolve(URL).resolve(entry.getId() + ".json");
    }

    /** {@return the build, for the page's frame} */
    public Run<?, ?> getObject() {
        return run;
    }

    @Override
    public void onAttached(Run<?, ?> build) {
        this.run = build;
    }

    @Override
    public void onLoad(Run<?, ?> build) {
        this.run = build;
    }

    @Override
    public String getIconFileName() {
        return "symbol-shield-checkmark-outline plugin-ionicons-api";
    }

    @Override
    public String getDisplayName() {
        return "SCM Checks";
    }

    @Override
    public String getUrlName() {
        return URL;
    }
}
