package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;

/** The look at one file: the places that keywords led to, what is thought of each, and how much work is left. */
final class FileScan {

    /** So many secrets in one file are told; more are a file of secrets, which one notice says as well. */
    static final int MOST_MATCHES = 100;
    /** Steps of one regular expression at one place; honest text takes some thousands. */
    static final long STEPS_A_PLACE = 200_000;
    /** Steps of all regular expressions in a file, and as many more for each byte. */
    private static final long STEPS_A_FILE = 20_000_000;

    private static final long STEPS_A_BYTE = 20;
    /** The longest secret that a pattern is given room for; a key in PEM has its own detector. */
    private static final int WINDOW = 12_000;

    // Where a match may begin before its keyword it is searched for, so the room is less.
    private static final int SEARCH_WINDOW = 300;
    private static final int CONTEXT = 8;
    private static final int MOST_CANDIDATES = 5_000;

    /** A place that seems to be a secret. */
    record Candidate(SecretRule rule, int start, int end, Check.Outcome outcome, Severity worst, int shown) {}

    private final FileFacts facts;
    private final byte[] bytes;
    private final TextPositions positions;
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<Notice> notices = new ArrayList<>();
    private long stepsLeft;
    private int judgedUpTo = -1;
    private int manifestReadUpTo = -1;
    private Assignment lastAssignment;

    FileScan(FileFacts facts, byte[] bytes) {
        this.facts = facts;
        this.bytes = bytes;
        this.positions = new TextPositions(bytes);
        this.stepsLeft = STEPS_A_FILE + STEPS_A_BYTE * bytes.length;
    }

    FileFacts facts() {
        return facts;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Looks at the place of a rule's keyword. */
    void look(SecretRule rule, int start, int end) {
        boolean madeUp = rule.isGeneric() && (facts.prose() || facts.generated());
        boolean sum = rule.detector() == SecretRule.Detector.VALUE && facts.generated();
        if (madeUp || sum || candidates.size() >= MOST_CANDIDATES) {
            return;
        }
        if (stepsLeft <= 0) {
            stepsExceeded(rule, start);
            return;
        }
        switch (rule.detector()) {
            case PATTERN -> lookForPattern(rule, start);
            case VALUE -> lookForValue(rule, start, end);
            case GENERIC -> lookForGeneric(rule, start, end);
            case URL -> UrlCredentials.look(this, rule, start, end);
            case PRIVATE_KEY -> PrivateKeys.look(this, rule, start);
            case KUBERNETES -> KubernetesSecrets.look(this, rule, start, end);
            case FILE, KEY_STORE -> {}
        }
    }

    private void lookForPattern(SecretRule rule, int start) {
        if (rule.before() == 0 && !beginsHere(start) || !rule.appliesTo(facts.path())) {
            return;
        }
        int from = Math.max(0, start - rule.before());
        int origin = Math.max(0, from - CONTEXT);
        int to = Math.min(bytes.length, start + (rule.before() == 0 ? WINDOW : SEARCH_WINDOW));
        BoundedText text = new BoundedText(bytes, origin, to, steps());
        Matcher matcher = rule.pattern().matcher(text);
        matcher.useTransparentBounds(true).useAnchoringBounds(false);
        try {
            boolean found = false;
            for (int first = from; first <= start && !found; first++) {
                found = matcher.region(first - origin, to - origin).lookingAt() && origin + matcher.end() > start;
            }
            if (found && endsThere(origin + matcher.end())) {
                int group = matcher.groupCount() > 0 && matcher.start(1) >= 0 ? 1 : 0;
                int first = origin + matcher.start(group);
                String secret = text(first, origin + matcher.end(group));
                boolean reference = group == 1 && Placeholder.isReference(secret) && !Placeholder.isHash(secret);
                if (!reference && (group == 1 || beginsHere(first))) {
                    judge(rule, first, origin + matcher.end(group), group == 0 ? 4 : 0);
                }
            }
        } catch (BoundedText.StepsExceededException | StackOverflowError e) {
            stepsExceeded(rule, start);
        } finally {
            stepsLeft -= text.taken();
        }
    }

    private void lookForValue(SecretRule rule, int start, int end) {
        if (!beginsWord(start)) {
            return;
        }
        Assignment assignment = assignment(start, end);
        if (assignment == null || !rule.appliesTo(facts.path())) {
            return;
        }
        String value = assignment.value();
        BoundedText text = new BoundedText(bytes, assignment.valueStart(), assignment.valueEnd(), steps());
        try {
            if (rule.pattern().matcher(text).matches()
                    && !Placeholder.isReference(value)
                    && !GenericSecret.namesASum(assignment.name())
                    && (Randomness.hasDigit(value) || value.length() >= 16 && Randomness.kindsOfCharacters(value) > 1)
                    && !(value.length() < 40 && Randomness.readsLikeWords(value))) {
                judge(rule, assignment.valueStart(), assignment.valueEnd(), 0);
            }
        } catch (BoundedText.StepsExceededException | StackOverflowError e) {
            stepsExceeded(rule, start);
        } finally {
            stepsLeft -= text.taken();
        }
    }

    private void lookForGeneric(SecretRule rule, int start, int end) {
        if (start < judgedUpTo) {
            return; // another part of the name that was judged already
        }
        Assignment assignment = assignment(start, end);
        if (assignment != null) {
            judgedUpTo = assignment.end();
            Check.Outcome outcome = GenericSecret.judge(assignment, facts);
            if (outcome != Check.Outcome.REFUTED) {
                add(rule, assignment.valueStart(), assignment.valueEnd(), outcome, 0);
            }
        }
    }

    // A name has several keywords, and each of them several rules: it is read once.
    private Assignment assignment(int start, int end) {
        if (lastAssignment == null || start < lastAssignment.start() || end > lastAssignment.end()) {
            lastAssignment = Assignment.around(bytes, start, end);
            spend(lastAssignment == null ? 500 : 50 + lastAssignment.valueEnd() - start);
        }
        return lastAssignment;
    }

    private void judge(SecretRule rule, int start, int end, int shown) {
        String secret = text(start, end);
        Check.Outcome outcome = rule.check().judge(secret);
        if (outcome == Check.Outcome.REFUTED
                || Placeholder.isPublished(secret)
                || outcome != Check.Outcome.PROVEN
                        && (Randomness.entropy(secret) < rule.entropy()
                                || Placeholder.is(secret.length() > 80 ? secret.substring(0, 80) : secret))) {
            return;
        }
        add(rule, start, end, outcome, shown);
    }

    void add(SecretRule rule, int start, int end, Check.Outcome outcome, int shown) {
        add(rule, start, end, outcome, rule.severity(), shown);
    }

    /** Takes a secret of at most the given severity; in a test or a manual, what may be one is worth a note. */
    void add(SecretRule rule, int start, int end, Check.Outcome outcome, Severity worst, int shown) {
        boolean rehearsed = rule.isGeneric() && (facts.rehearsal() || facts.documentation());
        if (!rehearsed || outcome != Check.Outcome.DOUBTFUL) {
            candidates.add(new Candidate(rule, start, end, outcome, rehearsed ? Severity.INFO : worst, shown));
        }
    }

    void reportFile(SecretRule rule) {
        candidates.add(new Candidate(rule, 0, 0, Check.Outcome.PLAUSIBLE, rule.severity(), 0));
    }

    String text(int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    /** {@return the matches in the order of their places; where several rules found one place, the most specific's} */
    SecretScanner.Result result() {
        candidates.sort(
                Comparator.comparingInt((Candidate c) -> precedence(c.rule())).thenComparingInt(Candidate::start));
        List<Candidate> kept = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (kept.stream().noneMatch(k -> candidate.start() < k.end() && k.start() < candidate.end())) {
                if (kept.size() == MOST_MATCHES) {
                    notices.add(Notice.warning(
                            facts.path(), "has more than " + MOST_MATCHES + " secrets; the others are not listed"));
                    break;
                }
                kept.add(candidate);
            }
        }
        kept.sort(Comparator.comparingInt(Candidate::start));
        return new SecretScanner.Result(
                kept.stream().map(c -> Report.of(c, facts, bytes, positions)).toList(), notices);
    }

    private static int precedence(SecretRule rule) {
        int later = rule.isGeneric() ? 20_000 : rule.detector() == SecretRule.Detector.VALUE ? 10_000 : 0;
        return later + rule.rank();
    }

    /** Counts work that no regular expression does, so that hostile files end as well. */
    void spend(long steps) {
        stepsLeft -= steps;
    }

    /** {@return whether that place belongs to a Kubernetes manifest that was read already} */
    boolean isManifestRead(int at) {
        return at < manifestReadUpTo;
    }

    void manifestReadUpTo(int end) {
        manifestReadUpTo = end;
    }

    private long steps() {
        return Math.max(0, Math.min(STEPS_A_PLACE, stepsLeft));
    }

    private void stepsExceeded(SecretRule rule, int at) {
        if (notices.isEmpty()) {
            notices.add(Notice.warning(
                    facts.path(),
                    "line " + positions.lineOf(at) + " takes the pattern of rule " + rule.rule().id()
                            + " too long; that place, and perhaps others of this file, were not looked at"));
        }
    }

    /** Whether a token may begin there: not in the middle of a word, but after an escape: \n, %3D, ESC[93m. */
    private boolean beginsHere(int start) {
        if (start == 0 || !isAlphanumeric(bytes[start]) || !isAlphanumeric(bytes[start - 1])) {
            return true;
        }
        byte previous = bytes[start - 1];
        if (start > 1 && bytes[start - 2] == '\\') {
            return previous == 'n' || previous == 'r' || previous == 't';
        }
        boolean coloured = previous == 'm' && start > 3 && (bytes[start - 4] == '[' || bytes[start - 3] == '[');
        return coloured
                || start > 2 && bytes[start - 3] == '%'
                || start > 5 && bytes[start - 6] == '\\' && bytes[start - 5] == 'u';
    }

    /** Whether a provider's name stands there, as in OKTA_TOKEN or myOktaToken, and not by chance, as in rookTable. */
    private boolean beginsWord(int start) {
        return start == 0
                || !isLetter(bytes[start - 1])
                || isUpper(bytes[start]) && !isUpper(bytes[start - 1])
                || start > 1 && bytes[start - 2] == '\\';
    }

    private static boolean isLetter(byte b) {
        return b >= 'a' && b <= 'z' || isUpper(b);
    }

    private static boolean isUpper(byte b) {
        return b >= 'A' && b <= 'Z';
    }

    private boolean endsThere(int end) {
        return end >= bytes.length
                || !isAlphanumeric(bytes[end - 1])
                || !isAlphanumeric(bytes[end]) && bytes[end] != '_';
    }

    static boolean isAlphanumeric(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9';
    }
}
