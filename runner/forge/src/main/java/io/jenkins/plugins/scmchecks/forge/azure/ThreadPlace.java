package io.jenkins.plugins.scmchecks.forge.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.git.FileDiff;
import io.jenkins.plugins.scmchecks.forge.git.FileDiff.Side;
import io.jenkins.plugins.scmchecks.forge.git.Tree;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.ReviewThread;
import java.nio.charset.StandardCharsets;

/**
 * Where a thread is. Azure DevOps itself takes places that do not exist, and its page then breaks; the forge refuses
 * them.
 *
 * @param sha the head of the iteration that it was written on
 */
record ThreadPlace(ReviewThread.Anchor anchor, String sha) {

    static ThreadPlace of(Iterations iterations, PullRequest pull, JsonNode body) {
        JsonNode context = body.path("threadContext");
        String path = context.path("filePath").asText("");
        check(path.startsWith("/"), "filePath begins with a slash");
        JsonNode of = body.path("pullRequestThreadContext");
        JsonNode compared = of.path("iterationContext");
        Iterations.Iteration second = iterations.find(pull, compared.path("secondComparingIteration").asInt(-1))
                .orElseThrow(() -> AzureError.invalid("secondComparingIteration is no iteration"));
        check(iterations.find(pull, compared.path("firstComparingIteration").asInt(-1)).isPresent(),
                "firstComparingIteration is an iteration");
        FileDiff file = second.files(pull).stream().filter(f -> f.path().equals(path.substring(1))).findFirst()
                .orElseThrow(() -> AzureError.invalid("The iteration does not change " + path));
        check(of.path("changeTrackingId").asInt(-1) == iterations.trackingId(pull, file.path()),
                "changeTrackingId is the file's");
        int first = line(context.path("rightFileStart"));
        int last = line(context.path("rightFileEnd"));
        check(first <= last && last <= lines(pull, second, file.path()), "the lines are in the file");
        return new ThreadPlace(
                new ReviewThread.Anchor(file.path(), Side.RIGHT, first, Side.RIGHT, last), second.head());
    }

    private static int line(JsonNode position) {
        int line = position.path("line").asInt();
        check(line > 0 && position.path("offset").asInt() > 0, "line and offset count from 1");
        return line;
    }

    private static long lines(PullRequest pull, Iterations.Iteration iteration, String path) {
        Tree tree = new Tree(pull.repo().git(), pull.repo().git().commit(iteration.head()).orElseThrow());
        return new String(tree.read(tree.entry(path).orElseThrow()), StandardCharsets.UTF_8).lines().count();
    }

    private static void check(boolean right, String rule) {
        if (!right) {
            throw AzureError.invalid("The thread context is not valid: " + rule + ".");
        }
    }

    static ObjectNode json(ReviewThread.Anchor anchor) {
        ObjectNode json = Json.object().put("filePath", "/" + anchor.path());
        String side = anchor.side() == Side.RIGHT ? "right" : "left";
        json.putObject(side + "FileStart").put("line", anchor.startLine()).put("offset", 1);
        json.putObject(side + "FileEnd").put("line", anchor.line()).put("offset", 1);
        return json;
    }
}
