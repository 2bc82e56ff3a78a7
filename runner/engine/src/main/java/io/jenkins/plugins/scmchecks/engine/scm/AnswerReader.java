package io.jenkins.plugins.scmchecks.engine.scm;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Makes our records of a provider's answers. One that lacks what it has to have is a failure of the provider, which may
 * be over later.
 *
 * @param product the provider's name, for messages
 */
public record AnswerReader(String product) {

    /** Asks, and reads the answer. */
    @FunctionalInterface
    public interface Reading<T> {
        T run() throws ScmException;
    }

    /** Goes through a listing until {@code each} has enough, as {@link JsonApi#pages} does. */
    @FunctionalInterface
    public interface Listing {
        /** {@return whether it was gone through to its end} */
        boolean pages(Predicate<JsonNode> each) throws ScmException;
    }

    /** @param what the answer is about, for messages */
    public <T> T read(String what, Reading<T> reading) throws ScmException {
        try {
            return reading.run();
        } catch (MissingFieldException e) {
            throw new ScmException(
                    Reason.UNAVAILABLE, product + "'s answer about " + what + ": " + e.getMessage(), e);
        }
    }

    /**
     * Gives all items of a listing.
     *
     * @param what is listed, for messages
     * @throws ScmException when there are more pages than are asked for, too
     */
    public void all(String what, Listing listing, Consumer<JsonNode> each) throws ScmException {
        boolean all = read(what, () -> listing.pages(item -> {
            each.accept(item);
            return true;
        }));
        if (!all) {
            throw new ScmException(
                    Reason.REJECTED, product + " lists more of " + what + " than are read; name a part of them.", null);
        }
    }
}
